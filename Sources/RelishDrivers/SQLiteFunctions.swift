import CSQLite

/// Functions of relish's own connection: SQLite's `lower` and `upper` know the letters of ASCII only
/// (https://www.sqlite.org/lang_corefunc.html#lower).
///
/// They have names of their own, as an index on `lower(name)` must go on meaning what it meant when
/// other programs filled it.
enum SQLiteFunctions {
  static func register(on handle: OpaquePointer) {
    register("relish_lower", on: handle) { context, _, arguments in
      SQLiteFunctions.answer(context, arguments) { $0.lowercased() }
    }
    register("relish_upper", on: handle) { context, _, arguments in
      SQLiteFunctions.answer(context, arguments) { $0.uppercased() }
    }
    _ = relish_sqlite_register_sums(handle)
  }

  private typealias Function =
    @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

  private static func register(_ name: String, on handle: OpaquePointer, _ body: Function) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(handle, name, 1, flags, nil, body, nil, nil, nil)
  }

  /// The changed text; null for null.
  private static func answer(
    _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?,
    _ change: (String) -> String
  ) {
    guard let argument = arguments?.pointee, let bytes = sqlite3_value_text(argument) else {
      sqlite3_result_null(context)
      return
    }
    let count = Int(sqlite3_value_bytes(argument))
    var text = change(
      String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { characters in
        sqlite3_result_text64(
          context, characters.baseAddress, UInt64(characters.count), relish_sqlite_transient(),
          UInt8(SQLITE_UTF8))
      }
    }
  }
}
