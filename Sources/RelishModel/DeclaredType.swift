package import RelishLanguage

extension AttributeType {
  /// The type of a column declared so, in the usual spellings of any database; SQLite keeps what was
  /// written. A spelling that says nothing exact, as NUMERIC without a scale, stays as it is.
  package init(declared spelling: String) {
    let (name, sizes) = Self.parts(of: spelling)
    switch (name, sizes.count) {
    case ("VARCHAR", 1), ("NVARCHAR", 1), ("VARCHAR2", 1), ("NVARCHAR2", 1), ("CHAR", 1),
      ("NCHAR", 1), ("CHARACTER", 1), ("CHARACTER VARYING", 1), ("VARYING CHARACTER", 1),
      ("NATIVE CHARACTER", 1), ("STRING", 1):
      self = .string(length: sizes[0])
    case ("TEXT", _), ("CLOB", _), ("NTEXT", _), ("TINYTEXT", _), ("MEDIUMTEXT", _),
      ("LONGTEXT", _), ("CITEXT", _), ("VARCHAR", 0), ("NVARCHAR", 0), ("VARCHAR2", 0),
      ("CHARACTER VARYING", 0), ("STRING", 0):
      self = .text
    case ("TINYINT", 1) where sizes[0] == 1: self = .boolean
    case ("INT", _), ("INTEGER", _), ("SMALLINT", _), ("TINYINT", _), ("MEDIUMINT", _),
      ("INT2", _), ("INT4", _), ("UNSIGNED INT", _), ("INT UNSIGNED", _),
      ("INTEGER UNSIGNED", _), ("SERIAL", _):
      self = .integer
    case ("BIGINT", _), ("INT8", _), ("BIG INT", _), ("UNSIGNED BIG INT", _),
      ("BIGINT UNSIGNED", _), ("BIGSERIAL", _):
      self = .bigint
    case ("DECIMAL", 1...2), ("NUMERIC", 1...2), ("DEC", 1...2), ("NUMBER", 1...2):
      self = .decimal(precision: sizes[0], scale: sizes.count == 2 ? sizes[1] : 0)
    case ("FLOAT", _), ("FLOAT4", _): self = .float
    case ("DOUBLE", _), ("DOUBLE PRECISION", _), ("REAL", _), ("FLOAT8", _): self = .double
    case ("BOOLEAN", _), ("BOOL", _), ("BIT", 0): self = .boolean
    case ("BIT", 1) where sizes[0] == 1: self = .boolean
    case ("DATE", _): self = .date
    case ("TIME", _), ("TIME WITHOUT TIME ZONE", _): self = .time
    case ("DATETIME", _), ("TIMESTAMP", _), ("TIMESTAMPTZ", _), ("DATETIME2", _),
      ("TIMESTAMP WITHOUT TIME ZONE", _), ("TIMESTAMP WITH TIME ZONE", _):
      self = .datetime
    case ("UUID", _), ("GUID", _), ("UNIQUEIDENTIFIER", _): self = .uuid
    case ("JSON", _), ("JSONB", _): self = .json
    case ("BLOB", _), ("BINARY", _), ("VARBINARY", _), ("BYTEA", _), ("IMAGE", _),
      ("TINYBLOB", _), ("MEDIUMBLOB", _), ("LONGBLOB", _):
      self = .blob
    default: self = .other(spelling)
    }
  }

  /// `varchar ( 20 ) ` → VARCHAR, [20]; `unsigned big int` → UNSIGNED BIG INT, [].
  /// Sizes that are no numbers from 0 to 65,535 make the name one that nobody knows.
  private static func parts(of spelling: String) -> (name: String, sizes: [Int]) {
    var words: [String] = []
    var sizes: [Int] = []
    let isSeparator = { (character: Character) in " (),\t\n\r".contains(character) }
    for part in spelling.uppercased().split(whereSeparator: isSeparator) {
      guard part.allSatisfy(\.isNumber) else {
        words.append(String(part))
        continue
      }
      guard let size = Int(part), size <= 65_535 else { return ("", []) }
      sizes.append(size)
    }
    return (words.joined(separator: " "), sizes)
  }

  /// The column type of LANGUAGE.md §9 "Database", which means this type when it is read.
  package var usualSpelling: String {
    switch self {
    case .string(let length): "VARCHAR(\(length))"
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .bigint: "BIGINT"
    case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
    case .float: "FLOAT"
    case .double: "DOUBLE"
    case .boolean: "BOOLEAN"
    case .date: "DATE"
    case .time: "TIME"
    case .datetime: "DATETIME"
    case .uuid: "UUID"
    case .json: "JSON"
    case .blob: "BLOB"
    case .enumeration(let words): "VARCHAR(\(words.reduce(1) { max($0, $1.unicodeScalars.count) }))"
    case .other(let spelling): spelling
    }
  }
}
