import RelishLanguage
import RelishModel
import RelishSQL
import Testing

@Suite struct SQLiteDialectTests {
  private let dialect = SQLiteDialect()

  @Test(arguments: [
    ("users", "users"), ("_x9", "_x9"), ("größe", "größe"), ("name", "name"),
    ("order", "\"order\""), ("Select", "\"Select\""), ("true", "\"true\""), ("", "\"\""),
    ("2nd", "\"2nd\""), ("a b", "\"a b\""), ("a-b", "\"a-b\""), ("a$", "\"a$\""),
    ("say \"x\"", "\"say \"\"x\"\"\""), ("a.b", "\"a.b\""), ("it's", "\"it's\""),
  ])
  func namesAreQuotedOnlyWhereTheyMust(name: String, expected: String) {
    #expect(dialect.identifier(name) == expected)
  }

  @Test(arguments: [
    (Value.null, "NULL"), (.boolean(true), "1"), (.boolean(false), "0"), (.integer(-7), "-7"),
    (.decimal(Decimal(isNegative: false, digits: "950", scale: 2)), "9.50"),
    (.double(0.1), "0.1"), (.double(.infinity), "9e999"), (.double(-.infinity), "-9e999"),
    (.double(.nan), "NULL"), (.text("it's"), "'it''s'"), (.text(""), "''"),
    (.text("a\0b"), "('a'||char(0)||'b')"), (.text("a\"\n\\"), "'a\"\n\\'"),
    (.blob([0, 171, 255]), "x'00abff'"), (.blob([]), "x''"),
  ])
  func literals(value: Value, expected: String) {
    #expect(dialect.literal(value) == expected)
  }

  @Test(arguments: [
    (AttributeType.string(length: 80), "VARCHAR(80)"), (.text, "TEXT"), (.integer, "INTEGER"),
    (.bigint, "BIGINT"), (.decimal(precision: 10, scale: 2), "DECIMAL(10,2)"), (.float, "FLOAT"),
    (.double, "DOUBLE"), (.boolean, "BOOLEAN"), (.date, "DATE"), (.time, "TIME"),
    (.datetime, "DATETIME"), (.uuid, "UUID"), (.json, "JSON"), (.blob, "BLOB"),
    (.enumeration(["a", "größer"]), "VARCHAR(6)"), (.other("MONEY"), "MONEY"),
  ])
  func types(type: AttributeType, expected: String) {
    #expect(dialect.typeName(type) == expected)
  }

  @Test(arguments: [
    ("price>=0", "price >= 0"), ("( (a)>(b) )", "(a) > (b)"), ("((a > b))", "a > b"),
    ("a>-1 and b - 1 <= -  2", "a > -1 AND b - 1 <= -2"),
    ("[a b] in('x' , \"y\")", "\"a b\" IN ('x', y)"), ("length( a )", "length(a)"),
    ("a /* why */ <> -- no\n b", "a <> b"), ("a||'it''s'", "a || 'it''s'"),
    (
      "t.a is NOT null",
      "t.a IS NOT NULL"
    ), ("X'AB' = a", "x'ab' = a"), ("1e-5 < .5", "1e-5 < .5"), ("", ""),
    ("a = 'never closed", "a = 'never closed'"), ("((((", "(((("),
  ])
  func equalConditionsHaveEqualTexts(text: String, expected: String) {
    let canonical = SQLTokenizer.tokens(of: text).canonicalText(dialect)
    #expect(canonical == expected)
    #expect(SQLTokenizer.tokens(of: canonical).canonicalText(dialect) == canonical)
  }
}
