import Glibc
import RelishDrivers
import RelishLanguage

/// A change that is not of rows, with what it takes to undo it.
protocol UndoableChange: AnyObject {
  /// Takes it back, all of it or, with an error, nothing; answers what is different now, a line each.
  func undo(in session: Session, at range: SourceRange) throws(Failure) -> [String]
  func redo(in session: Session, at range: SourceRange) throws(Failure) -> [String]
}

/// The changes of a session, one after another, for `undo`, `redo` and `history changes`.
///
/// Steps lie in a log behind the rows that they changed, each with the place of the one before it; so
/// a hundred thousand of them need no memory. What is undone stays where it is until something new is
/// done; then no step leads to it any more.
final class ChangeHistory {
  let log: ChangeLog
  /// The end of the last step that is done; 0 before the first.
  @exclusivity(unchecked) private(set) var position = 0
  /// Ends of the steps that are undone, the next to do again last.
  @exclusivity(unchecked) private(set) var undone: [Int] = []
  /// `undo` does not go before this: a transaction keeps to itself until it ends.
  private var floor = 0
  private var transactions: [Mark] = []
  /// What steps that are not of rows know, by their ends.
  private var changes: [Int: any UndoableChange] = [:]
  /// Why the steps before the first one could not be kept.
  private(set) var lost: String?

  /// A moment to go back to.
  struct Mark {
    fileprivate var position: Int
    fileprivate var undone: [Int]
    fileprivate var floor: Int
    fileprivate var end: Int
  }

  init(log: ChangeLog = ChangeLog()) { self.log = log }

  // MARK: Recording

  /// Adds a step: the rows in the log since `start`, or `change`.
  func record(
    rowsFrom start: Int, statement: UnsafeBufferPointer<UInt8>, answer: String,
    change: (any UndoableChange)? = nil
  ) {
    let rowsEnd = log.end
    guard rowsEnd > start || change != nil || log.failure != nil else { return }
    let text = UnsafeBufferPointer(rebasing: statement.prefix(HistoryStep.longestText))
    log.append(text)
    log.append(answer.utf8)
    finish(start, rowsEnd, text.count, answer.utf8.count, change)
  }

  /// Adds a step for one row whose answer ends with its key.
  func record(
    rowsFrom start: Int, statement: UnsafeBufferPointer<UInt8>, answer: [UInt8], key: Int64
  ) {
    let rowsEnd = log.end
    let text = UnsafeBufferPointer(rebasing: statement.prefix(HistoryStep.longestText))
    log.append(text)
    answer.withUnsafeBufferPointer { log.append($0) }
    let before = log.end
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var place = digits.count - 1
      digits[place] = UInt8(ascii: ")")
      var rest = key.magnitude
      repeat {
        place -= 1
        digits[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
        rest /= 10
      } while rest > 0
      if key < 0 {
        place -= 1
        digits[place] = UInt8(ascii: "-")
      }
      log.append(UnsafeBufferPointer(rebasing: digits[place...]))
    }
    finish(start, rowsEnd, text.count, answer.count + (log.end - before), nil)
  }

  private func finish(
    _ start: Int, _ rowsEnd: Int, _ textCount: Int, _ answerCount: Int,
    _ change: (any UndoableChange)?
  ) {
    log.append((start, rowsEnd, position, time(nil), textCount, answerCount))
    if let failure = log.failure { return lose(failure) }
    if !undone.isEmpty {
      if transactions.isEmpty { for end in undone { changes[end] = nil } }
      undone = []
    }
    position = log.end
    if let change { changes[position] = change }
  }

  /// Nothing before now can be undone.
  func lose(_ reason: String) {
    end()
    lost = reason
    for place in transactions.indices {
      transactions[place] = Mark(position: 0, undone: [], floor: 0, end: 0)
    }
  }

  /// Forgets all steps.
  func end() {
    log.empty()
    position = 0
    undone = []
    floor = 0
    changes = [:]
    lost = nil
  }

  // MARK: Steps

  /// The step that `undo` would take back.
  var last: HistoryStep? { position > floor ? step(endingAt: position) : nil }

  /// The step that `redo` would do again.
  var next: HistoryStep? { undone.last.flatMap { step(endingAt: $0) } }

  /// There are steps, but they are of before the open transaction.
  var isAtBeginOfTransaction: Bool { position > 0 && position == floor }

  func step(endingAt end: Int) -> HistoryStep? {
    HistoryStep(endingAt: end, log, changes[end])
  }

  func didUndo(_ step: HistoryStep) {
    undone.append(step.end)
    position = step.previous
  }

  func didRedo(_ step: HistoryStep) {
    _ = undone.popLast()
    position = step.end
  }

  // MARK: Transactions

  var mark: Mark { Mark(position: position, undone: undone, floor: floor, end: log.end) }

  /// Goes back to a moment; the database and the models have gone back there already.
  func go(to mark: Mark) {
    log.cut(to: mark.end)
    (position, undone, floor) = (mark.position, mark.undone, mark.floor)
  }

  func beginTransaction() {
    transactions.append(mark)
    floor = position
    undone = []
  }

  func commitTransaction() {
    guard let mark = transactions.popLast() else { return }
    if undone.isEmpty, position == mark.position { undone = mark.undone }
    floor = mark.floor
  }

  /// The rows of all steps since `start`, oldest first.
  func rows(since start: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var end = position
    while end > start, let step = step(endingAt: end) {
      if !step.rows.isEmpty { ranges.append(step.rows) }
      end = step.previous
    }
    return ranges.reversed()
  }

  /// Takes all steps since the beginning out; models have been taken back too.
  func dropTransaction() {
    guard let mark = transactions.popLast() else { return }
    go(to: mark)
  }

  /// Takes the steps since the beginning out; sentences about models are not undone by a rollback, so
  /// their steps stay.
  func rollbackTransaction() {
    guard let mark = transactions.popLast() else { return }
    var kept: [HistoryStep] = []
    var end = position
    while end > mark.position, let step = step(endingAt: end) {
      if step.change is ModelStep { kept.append(step) }
      end = step.previous
    }
    go(to: mark)
    for step in kept.reversed() {
      let text = Array(step.statement.utf8)
      text.withUnsafeBufferPointer {
        record(rowsFrom: log.end, statement: $0, answer: step.answer, change: step.change)
      }
    }
  }
}
