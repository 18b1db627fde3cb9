import RelishLanguage
import RelishModel

extension Interpreter {
  func path(from: Name, to: Name, at range: SourceRange) throws(Failure) {
    throw Failure(.notYet, "path", at: range)
  }
}
