/// Dates and times as ISO 8601 text (LANGUAGE.md §2, §9 Walks); the Gregorian calendar, UTC.
package enum CivilTime {
  /// `2026-01-31`, or nil when it is no day of the calendar.
  package static func date(_ text: String) -> String? {
    var reader = Reader(text)
    guard let day = reader.day(), reader.isAtEnd else { return nil }
    return describe(day)
  }

  /// `18:30`, `18:30:05` or `18:30:05.250` as `18:30:00`, …
  package static func time(_ text: String) -> String? {
    var reader = Reader(text)
    guard let time = reader.clock(), reader.isAtEnd else { return nil }
    return describe(time)
  }

  /// A date and time as `YYYY-MM-DD HH:MM:SS[.SSS]` in UTC.
  ///
  /// A date alone is its midnight; without an offset the time is UTC; `Z` and `+02:00` are understood.
  package static func datetime(_ text: String) -> String? {
    var reader = Reader(text)
    guard var day = reader.day() else { return nil }
    if reader.isAtEnd { return describe(day) + " 00:00:00" }
    guard reader.skip("T") || reader.skip("t") || reader.skip(" "), var time = reader.clock()
    else { return nil }
    if !reader.isAtEnd, !(reader.skip("Z") || reader.skip("z")) {
      guard let offset = reader.offsetMinutes() else { return nil }
      var minutes = time.hour * 60 + time.minute - offset
      var days = daysSinceEpoch(day)
      while minutes < 0 { (minutes, days) = (minutes + 1_440, days - 1) }
      while minutes >= 1_440 { (minutes, days) = (minutes - 1_440, days + 1) }
      (time.hour, time.minute) = (minutes / 60, minutes % 60)
      day = civil(daysSinceEpoch: days)
      guard (0...9_999).contains(day.year) else { return nil }
    }
    guard reader.isAtEnd else { return nil }
    return describe(day) + " " + describe(time)
  }

  /// A moment as the database keeps it, from seconds since 1970-01-01 UTC.
  package static func datetime(seconds: Int, milliseconds: Int) -> String {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - days * 86_400
    let time = Clock(
      hour: rest / 3_600, minute: rest / 60 % 60, second: rest % 60,
      fraction: padded(milliseconds, 3))
    return describe(civil(daysSinceEpoch: days)) + " " + describe(time)
  }

  struct Day {
    var year: Int
    var month: Int
    var day: Int
  }

  struct Clock {
    var hour: Int
    var minute: Int
    var second: Int
    /// Digits after the point as written, at most three.
    var fraction: String
  }

  /// Days of the proleptic Gregorian calendar since 1970-01-01.
  static func daysSinceEpoch(_ date: Day) -> Int {
    let year = date.month <= 2 ? date.year - 1 : date.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let shifted = (date.month + 9) % 12
    let dayOfYear = (153 * shifted + 2) / 5 + date.day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func civil(daysSinceEpoch days: Int) -> Day {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return Day(
      year: yearOfEra + era * 400 + (month < 10 ? 0 : 1), month: month < 10 ? month + 3 : month - 9,
      day: dayOfYear - (153 * month + 2) / 5 + 1)
  }

  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func describe(_ day: Day) -> String {
    "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
  }

  private static func describe(_ time: Clock) -> String {
    let text = "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    return time.fraction.isEmpty ? text : text + "." + time.fraction
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// Reads the parts of an ISO 8601 text from left to right.
  private struct Reader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8.prefix(64)) + (text.utf8.count > 64 ? [0] : []) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
      position += 1
      return true
    }

    mutating func number(digits: Int) -> Int? {
      guard position + digits <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[position..<position + digits] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      position += digits
      return value
    }

    mutating func day() -> Day? {
      guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
        let day = number(digits: 2), (1...12).contains(month), day >= 1,
        day <= daysIn(month: month, year: year)
      else { return nil }
      return Day(year: year, month: month, day: day)
    }

    mutating func clock() -> Clock? {
      guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2),
        hour < 24, minute < 60
      else { return nil }
      var time = Clock(hour: hour, minute: minute, second: 0, fraction: "")
      guard skip(":") else { return time }
      guard let second = number(digits: 2), second < 60 else { return nil }
      time.second = second
      guard skip(".") else { return time }
      while let digit = number(digits: 1) { time.fraction += String(digit) }
      guard !time.fraction.isEmpty else { return nil }
      time.fraction = String(time.fraction.prefix(3))
      return time
    }

    mutating func offsetMinutes() -> Int? {
      let isNegative = skip("-")
      guard isNegative || skip("+"), let hour = number(digits: 2), hour < 24 else { return nil }
      _ = skip(":")
      let minute = isAtEnd ? 0 : number(digits: 2)
      guard let minute, minute < 60 else { return nil }
      return (isNegative ? -1 : 1) * (hour * 60 + minute)
    }
  }
}
