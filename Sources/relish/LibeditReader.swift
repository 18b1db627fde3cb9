import CLibedit
import Glibc
import RelishDrivers
import RelishShell

/// Lines from a terminal: editing, history and Tab by libedit.
final class LibeditReader: LineReader {
  private var edit: OpaquePointer?
  private let completion: (String, Int) -> Completion
  private let history: HistoryFile?
  /// The lines of the statement at hand before the one being edited.
  private var earlier = ""
  private var lastRemembered: String?

  /// `completion`: what may stand at a byte offset of a text. nil when there is no memory.
  init?(history: HistoryFile?, completion: @escaping (String, Int) -> Completion) {
    self.completion = completion
    self.history = history
    let context = Unmanaged.passUnretained(self).toOpaque()
    edit = relish_edit_open(
      { context, line, cursor in
        guard let context, let line else { return }
        Unmanaged<LibeditReader>.fromOpaque(context).takeUnretainedValue()
          .complete(String(cString: line), cursor)
      }, context, { InterruptTarget.interrupt() })
    guard edit != nil else { return nil }
    for statement in history?.load() ?? [] { relish_edit_remember(edit, statement) }
  }

  deinit { if let edit { relish_edit_close(edit) } }

  func readLine(prompt: String, after earlier: String) -> LineEvent {
    self.earlier = earlier.isEmpty ? "" : earlier + "\n"
    var line: UnsafePointer<CChar>?
    var length = 0
    switch relish_edit_read(edit, prompt, &line, &length) {
    case RELISH_EDIT_LINE:
      guard let line else { return .end }
      let bytes = UnsafeRawBufferPointer(start: line, count: length)
      return .line(String(decoding: bytes, as: UTF8.self))
    case RELISH_EDIT_INTERRUPTED: return .interrupted
    default: return .end
    }
  }

  func remember(_ statement: String) {
    guard HistoryFile.keeps(statement), statement != lastRemembered else { return }
    lastRemembered = statement
    relish_edit_remember(edit, statement)
    history?.append(statement)
  }

  /// Tab: puts in what all candidates begin with, and lists them when there are several.
  private func complete(_ line: String, _ cursor: Int) {
    let text = earlier + line
    let offset = earlier.utf8.count + cursor
    let completion = completion(text, offset)
    guard let insertion = completion.insertion, completion.replaceStart <= offset else { return }
    if completion.candidates.count > 1 {
      relish_edit_show(edit, completion.columns(width: Int(relish_edit_columns(edit))))
    }
    let typed = String(
      decoding: text.utf8.prefix(offset).dropFirst(completion.replaceStart), as: UTF8.self)
    guard insertion.utf8.count >= typed.utf8.count || completion.candidates.count == 1 else {
      return
    }
    relish_edit_replace(edit, Int32(clamping: typed.unicodeScalars.count), insertion)
  }
}
