import RelishDrivers
import RelishLanguage
import RelishModel
import RelishSQL

/// The INSERT of one shape of `create`, prepared once and run with the literals of each line.
///
/// Scripts that fill a database say the same sentence with other values a hundred thousand times.
/// A line of a known shape is not parsed: its literals are checked and bound where they stand in the
/// source. On any doubt (a value that does not fit, a constraint) the line is left to the parser and
/// the row writer, which say what is wrong; so a template can only succeed.
struct InsertTemplate {
  /// What makes two lines the same shape: the kinds of all tokens, and the bytes of those that are no
  /// literals.
  struct Shape: Equatable {
    var kinds: [Token.Kind]
    var words: [UInt8]
  }

  /// A literal of the line and the parameter that it becomes.
  struct Slot {
    var token: Int
    var isNegative: Bool
    var parameter: Int
    var type: AttributeType
  }

  let shape: Shape
  let epoch: Int
  let statement: any PreparedStatement
  let slots: [Slot]
  /// Parameters that take the time of the statement.
  let clockParameters: [Int]
  /// `created 1 Product (id `; what follows is the key.
  let answer: String
  let answerBytes: [UInt8]
}

/// The templates of a session, the last used first.
final class InsertTemplates {
  private static let capacity = 32
  private var templates: [InsertTemplate] = []

  func removeAll() { templates.removeAll() }

  /// Runs the reader's statement when its shape is known; false leaves everything as it was.
  func run(_ reader: StatementReader, in session: Session) -> Bool {
    guard !templates.isEmpty else { return false }
    return reader.withStatement { bytes, tokens in
      guard let position = templates.firstIndex(where: { $0.matches(tokens, bytes) }) else {
        return false
      }
      let template = templates[position]
      guard template.epoch == session.epoch else {
        templates.removeAll { $0.epoch != session.epoch }
        return false
      }
      if position > 0 { templates.swapAt(0, position) }
      return template.run(tokens, bytes, in: session)
    }
  }

  func remember(_ template: InsertTemplate) {
    if templates.count >= Self.capacity { templates.removeLast() }
    templates.insert(template, at: 0)
  }
}

extension InsertTemplate {
  fileprivate func matches(_ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard tokens.count == shape.kinds.count else { return false }
    return shape.words.withUnsafeBufferPointer { words in
      var offset = 0
      for (position, token) in tokens.enumerated() {
        guard token.kind == shape.kinds[position] else { return false }
        if token.kind.isLiteral { continue }
        let count = Int(token.end - token.start)
        guard offset + count <= words.count, Int(token.end) <= bytes.count else { return false }
        for step in 0..<count
        where words[offset + step] != bytes[Int(token.start) + step] { return false }
        offset += count
      }
      return offset == words.count
    }
  }

  fileprivate func run(
    _ tokens: [Token], _ bytes: UnsafeBufferPointer<UInt8>, in session: Session
  ) -> Bool {
    do {
      for slot in slots {
        let token = tokens[slot.token]
        let literal = UnsafeBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)])
        guard try bind(literal, token.kind, to: slot) else { return false }
      }
      let start = session.history.log.end
      let key = try session.clock.withDatetime { now throws(DriverError) in
        for parameter in clockParameters { try statement.bind(text: now, at: parameter) }
        return try statement.run().lastInsertID
      }
      if let first = tokens.first, let last = tokens.last {
        let statement = bytes[Int(first.start)..<Int(last.end)]
        session.history.record(
          rowsFrom: start, statement: UnsafeBufferPointer(rebasing: statement), answer: answerBytes,
          key: key)
      }
      guard !session.settings.isQuiet else { return true }
      let sink = session.streams.messages()
      sink.write(answer)
      sink.write(integer: key)
      sink.write(")\n")
      return true
    } catch {
      // Said again by the row writer, which knows the model's words for it.
      return false
    }
  }

  /// Binds one literal; false when it is not certain that it fits.
  private func bind(
    _ literal: UnsafeBufferPointer<UInt8>, _ kind: Token.Kind, to slot: Slot
  ) throws(DriverError) -> Bool {
    switch (kind, slot.type) {
    case (.text, .string), (.text, .text):
      let text = UnsafeBufferPointer(rebasing: literal.dropFirst().dropLast())
      if case .string(let length) = slot.type, text.count > length { return false }
      guard text.isASCII || String(validating: text, as: UTF8.self) != nil else { return false }
      try statement.bind(text: text, at: slot.parameter)
    case (.integer, .integer), (.integer, .bigint):
      guard let number = FastNumber(literal, isNegative: slot.isNegative) else { return false }
      try statement.bind(integer: number.mantissa, at: slot.parameter)
    case (.integer, .double), (.integer, .float), (.decimal, .double), (.decimal, .float):
      guard let number = FastNumber(literal, isNegative: slot.isNegative)?.double else {
        return false
      }
      try statement.bind(double: number, at: slot.parameter)
    case (.integer, .decimal(let precision, let scale)),
      (.decimal, .decimal(let precision, let scale)):
      guard let number = FastNumber(literal, isNegative: slot.isNegative),
        number.scale <= scale, number.digits - number.scale <= precision - scale,
        let double = number.double
      else { return false }
      if number.scale == 0 {
        try statement.bind(integer: number.mantissa, at: slot.parameter)
      } else {
        try statement.bind(double: double, at: slot.parameter)
      }
    case (.text, _):
      let text = UnsafeBufferPointer(rebasing: literal.dropFirst().dropLast())
      let given = Literal.text(String(decoding: text, as: UTF8.self))
      guard let value = try? ValueCheck.convert(given, to: slot.type) else { return false }
      try statement.bind(value, at: slot.parameter)
    default:
      return false
    }
    return true
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var isASCII: Bool {
    var bits: UInt8 = 0
    for byte in self { bits |= byte }
    return bits < 0x80
  }
}

/// A number of at most 15 digits, whose double is exact: mantissa and power of ten both are.
struct FastNumber {
  private(set) var mantissa: Int64 = 0
  /// Digits in all, and after the point.
  private(set) var digits = 0
  private(set) var scale = 0

  /// nil for exponents, longer numbers and what is no number.
  init?(_ text: UnsafeBufferPointer<UInt8>, isNegative: Bool) {
    var hasPoint = false
    guard text.count <= 16 else { return nil }
    for byte in text {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      mantissa = mantissa &* 10 &+ Int64(byte &- 0x30)
      if mantissa != 0 || hasPoint { digits += 1 }
      if hasPoint { scale += 1 }
    }
    guard digits <= 15 else { return nil }
    if isNegative { mantissa = -mantissa }
  }

  private static let powersOfTen: [Double] = (0...15).reduce(into: [1]) { powers, _ in
    powers.append((powers.last ?? 1) * 10)
  }

  var double: Double? {
    guard scale < Self.powersOfTen.count else { return nil }
    return Double(mantissa) / Self.powersOfTen[scale]
  }
}
