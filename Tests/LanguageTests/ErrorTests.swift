import Testing

@testable import RelishLanguage

/// A sentence with the wrong part between `«` and `»`, and what is said about it.
struct WrongSentence: CustomTestStringConvertible, Sendable {
  let text: String
  let code: Diagnostic.Code
  let message: String
  let hint: String?
  init(_ text: String, _ code: Diagnostic.Code, _ message: String, hint: String? = nil) {
    (self.text, self.code, self.message, self.hint) = (text, code, message, hint)
  }
  var testDescription: String { text }
}

@Suite("Errors")
struct ErrorTests {
  static func check(_ wrong: WrongSentence) {
    let parts = wrong.text.split(whereSeparator: { "«»".contains($0) })
    let opens = Array(wrong.text.utf8).firstRange(of: Array("«".utf8))?.lowerBound ?? 0
    let plain = wrong.text.filter { !"«»".contains($0) }
    let closes = Array(wrong.text.utf8).firstRange(of: Array("»".utf8))?.lowerBound ?? 0
    let expected = SourceRange(opens, closes - "«".utf8.count)
    #expect(parts.count >= 1)
    var reader = StatementReader(name: "", text: plain)
    let error: Diagnostic
    switch reader.next() {
    case .failed(let diagnostic, _): error = diagnostic
    case .incomplete: error = reader.incompletion
    case .end:
      Issue.record("no statement")
      return
    case .statement:
      do throws(Diagnostic) {
        Issue.record("no error: \(TreeDump.dump(try reader.parse()))")
        return
      } catch {
        Self.compare(error, wrong, expected)
        return
      }
    }
    compare(error, wrong, expected)
  }

  static func compare(_ error: Diagnostic, _ wrong: WrongSentence, _ range: SourceRange) {
    #expect(error.code == wrong.code)
    #expect(error.message == wrong.message)
    #expect(error.range == range)
    #expect(error.hint == wrong.hint)
  }

  @Test(
    "in sentences about models",
    arguments: [
      WrongSentence(
        "Product has title «strng», price double", .unknownType, "there is no type `strng`",
        hint: "did you mean `string`?"),
      WrongSentence(
        "A has n «int»", .unknownType, "there is no type `int`", hint: "did you mean `integer`?"),
      WrongSentence(
        "A has n string «requird»", .unexpected,
        "expected the end of the statement, found `requird`", hint: "did you mean `required`?"),
      WrongSentence(
        "A has n string «m» string", .unexpected, "expected `,` or a modifier, found `m`",
        hint: "attributes are separated by `,`"),
      WrongSentence(
        "A has n string unique «unique»", .duplicateOption, "`unique` stands here twice"),
      WrongSentence("A has n enum(\"a\", «\"a\"»)", .duplicateOption, "`\"a\"` stands here twice"),
      WrongSentence(
        "A «hass» n string, m text", .unexpected, "expected `has`, found `hass`",
        hint: "did you mean `has`?"),
      WrongSentence(
        "«product» has title string", .unknownCommand,
        "`product` is no model: a model's name begins with a capital letter",
        hint: "did you mean `Product`?"),
      WrongSentence("A indexed «title»", .unexpected, "expected `by`, found `title`"),
      WrongSentence(
        "A has t text«(»3)", .unexpected, "expected a modifier, found `(`",
        hint: "`text` takes nothing in brackets"),
      WrongSentence(
        "A belongsTo B onDelete «casade»", .unknownRule, "there is no rule `casade`",
        hint: "did you mean `cascade`?"),
      WrongSentence(
        "A belongsTo B onDelete «nul»", .unknownRule, "there is no rule `nul`",
        hint: "the rules are: cascade, restrict, set null, set default, no action"),
      WrongSentence(
        "A belongsTo B onDelete set «nothing»", .unexpected,
        "expected `null` or `default`, found `nothing`"),
      WrongSentence(
        "A belongsTo B «cascade»", .unexpected, "expected an option, found `cascade`",
        hint: "did you mean `onDelete cascade`?"),
      WrongSentence(
        "A belongsTo B «on» delete cascade", .unexpected, "expected an option, found `on`",
        hint: "did you mean `onDelete`?"),
      WrongSentence("A belongsTo B as x «as» y", .duplicateOption, "`as` stands here twice"),
      WrongSentence(
        "A belongsTo B «through» c", .invalidDeclaration, "a `belongsTo` goes through nothing",
        hint: "`hasMany B through …` names a walk, `belongsToMany` makes a junction"),
      WrongSentence(
        "A hasMany B through «C»", .invalidDeclaration,
        "`through C` is a junction, which `belongsToMany` takes",
        hint: "`belongsToMany B through C`"),
      WrongSentence(
        "A belongsToMany B through «c»", .unexpected, "expected a model, found `c`",
        hint: "a model's name begins with a capital letter: `C`"),
      WrongSentence("A belongsTo«»", .unexpected, "expected a model after `belongsTo`"),
      WrongSentence(
        "model A table \"x\" «table» \"y\"", .duplicateOption, "`table` stands here twice"),
      WrongSentence(
        "model A without «timestmps»", .unexpected,
        "expected `timestamps`, `key` or `rowid`, found `timestmps`",
        hint: "did you mean `timestamps`?"),
      WrongSentence(
        "rename A «too» B", .unexpected, "expected `to`, found `too`", hint: "did you mean `to`?"),
      WrongSentence(
        "drop «table» a", .unexpected, "expected a model, found `table`",
        hint: "`drop Tag` drops the model, and the next sync its table"),
    ])
  func models(_ wrong: WrongSentence) { Self.check(wrong) }

  @Test(
    "in walks and writes",
    arguments: [
      WrongSentence(
        "User «wher» name = \"x\"", .unexpected, "expected `where`, found `wher`",
        hint: "did you mean `where`?"),
      WrongSentence(
        "User where name «contain» \"x\" and b", .unexpected,
        "expected `contains`, found `contain`", hint: "did you mean `contains`?"),
      WrongSentence("User where a =«» ", .unexpected, "expected a value after `=`"),
      WrongSentence(
        "User where a = «=» 1", .unexpected, "expected a value, found `=`",
        hint: "\"is equal\" is written `=`"),
      WrongSentence(
        "User where «a = 1» = 2", .unexpected, "expected a value, found a condition",
        hint: "comparisons are joined by `and` or `or`"),
      WrongSentence(
        "User where «sort» = 2", .unexpected, "expected a value, found `sort`",
        hint: "an attribute called `sort` is written in backticks: `` `sort` ``"),
      WrongSentence(
        "User where a in «3»", .unexpected, "expected `(`, found `3`",
        hint: "the values stand in `( )`, as in `in (1, 2)`"),
      WrongSentence(
        "User where a not «=» 3", .unexpected,
        "expected `in`, `between`, `contains`, `starts with` or `ends with`, found `=`"),
      WrongSentence(
        "User show «*»", .unexpected, "expected a value to show, found `*`",
        hint: "without `show` all attributes are shown"),
      WrongSentence("User page «0»", .badNumber, "expected a page number of at least 1, found `0`"),
      WrongSentence(
        "User limit «99999999999999999999»", .badNumber,
        "expected how many rows, and this is too great"),
      WrongSentence(
        "User page «9223372036854775807» size 3", .badNumber, "there cannot be so many pages"),
      WrongSentence(
        "User limit 3 «page» 2", .duplicateOption, "`limit` and `page` do not go together"),
      WrongSentence(
        "User limit 3 «limit» 2", .duplicateOption, "`limit` stands twice behind one noun"),
      WrongSentence("User with«»", .unexpected, "expected a relation after `with`"),
      WrongSentence(
        "User with products«.»items", .unexpected, "expected `(`, found `.`",
        hint: "nests stand in each other's brackets: `with products (with items)`"),
      WrongSentence(
        "User with «count» products", .unexpected, "expected a relation, found `count`",
        hint: "`show …, count RELATION …` works out a value of each row"),
      WrongSentence(
        "User top 3 «a»", .unexpected, "expected `by`, found `a`",
        hint: "as in `top 3 by price`; `limit 3` takes any"),
      WrongSentence(
        "User top 3 by a «asc»", .unexpected, "expected the next clause, found `asc`",
        hint: "`top` takes the greatest; `sort … limit 3` takes the least"),
      WrongSentence(
        "User with «tree» children", .unexpected, "expected a relation, found `tree`",
        hint: "`tree` stands in the walk, before `with`"),
      WrongSentence(
        "User show count(«*»)", .unexpected, "expected a value, found `*`",
        hint: "`count` alone counts the rows"),
      WrongSentence(
        "User show sum orders (total «whre» paid)", .unexpected,
        "expected `where` or `)`, found `whre`",
        hint: "a condition stands behind `where`: `sum orders (… where …)`"),
      WrongSentence("User where «1e99999»", .badNumber, "a number may have 1000 digits"),
      WrongSentence(
        "set Product where price > 1 «price» = 2", .unexpected,
        "expected `:` before what to set, found `price`",
        hint: "as in `… where price > 100: price = 99`"),
      WrongSentence(
        "create User \"Max\"«»", .unexpected, "expected a relation of `User` after `\"Max\"`",
        hint: "`create User name = …` makes a row of its own"),
      WrongSentence(
        "create User name = «(»a = 1)", .unexpected,
        "expected a value or a row that is there, found a new row",
        hint: "new rows stand in `[ ]`; a single one is made first: `let x = create …`"),
      WrongSentence(
        "create A (x = 1 «y» = 2)", .unexpected, "expected `,`, found `y`",
        hint: "assignments are separated by `,`"),
      WrongSentence(
        "delete «from» users", .unexpected, "expected a model, found `from`",
        hint: "as in `delete User where name = \"Max\"`"),
      WrongSentence("add A 1 Cart 2 bs«»", .unexpected, "expected `to` after `bs`"),
      WrongSentence(
        "let «$x» = 1", .unexpected, "expected a name, found `$x`",
        hint: "`let` takes it without `$`: `let x = …`"),
    ])
  func walks(_ wrong: WrongSentence) { Self.check(wrong) }

  @Test(
    "in commands and words",
    arguments: [
      WrongSentence(
        "«CREATE» User name = \"x\"", .unexpected,
        "`CREATE` is read as a model here, and what follows does not fit",
        hint: "a command is written in small letters: `create`"),
      WrongSentence(
        "«SELECT» * FROM users", .unexpected,
        "`SELECT` is read as a model here, and what follows does not fit",
        hint: "rows are asked for by a walk, as in `User where name = \"Max\" show email`"),
      WrongSentence(
        "Plan «hass» title string, a text", .unexpected, "expected `has`, found `hass`",
        hint: "did you mean `has`?"),
      WrongSentence(
        "«snyc» force", .unknownCommand, "there is no command `snyc`", hint: "did you mean `sync`?"),
      WrongSentence(
        "«select» * from users", .unknownCommand, "there is no command `select`",
        hint: "rows are asked for by a walk, as in `User where name = \"Max\" show email`"),
      WrongSentence(
        "sync «froce»", .unexpected, "expected the end of the statement, found `froce`",
        hint: "did you mean `force`?"),
      WrongSentence(
        "explain «count» User", .unexpected, "expected a walk, found `count`",
        hint: "`explain` is followed by a walk alone: `explain User`"),
      WrongSentence(
        "path User«»", .unexpected, "expected `to` after `User`",
        hint: "as in `path User to Category`"),
      WrongSentence(
        "save \"x\" «with data»", .notYet, "`with data` comes with a later version of relish"),
      WrongSentence(
        "show «tables»", .unexpected, "expected `models`, `relations` or a model, found `tables`",
        hint: "did you mean `models`?"),
      WrongSentence(
        "run «other»", .unexpected, "expected a file's name as a text, found `other`",
        hint: "it stands in quotes: \"other\""),
      WrongSentence(
        "set «product» price = 3", .unexpected,
        "`product` is no model: a model's name begins with a capital letter",
        hint: "did you mean `Product`?"),
      WrongSentence(
        "expect count User 3«»", .unexpected, "expected a comparison after `3`",
        hint: "as in `expect count User = 3`"),
      WrongSentence(
        "«\"Max\"»", .unexpected, "expected a statement, found `\"Max\"`",
        hint: "a statement begins with a model (`User`) or a command (`show models`)"),
      WrongSentence(
        "A where a «<>» 3", .badCharacter, "`<>` is not a sign of the language", hint: "write `!=`"),
      WrongSentence(
        "A where a = «“»x”", .badCharacter, "`“` is not a sign of the language",
        hint: "write a straight quote: \""),
      WrongSentence(
        "A where a = «\"»x", .unclosedText, "the text that begins here is not closed on its line",
        hint: "close it with `\"`; a line break inside a text is written `\\n`"),
      WrongSentence(
        "create A «(»x = 1", .incomplete, "this bracket is not closed: expected `)` before the end"),
      WrongSentence(
        "create A (x = 1«;» sync", .unexpected, "expected `)` before `;`",
        hint: "the bracket at ( is not closed; a statement ends outside of brackets"),
    ])
  func words(_ wrong: WrongSentence) { Self.check(wrong) }

  @Test("a bracket that was left open on an earlier line is shown")
  func openBracket() {
    var reader = StatementReader(name: "f", text: "A where (a = 1\nB where (b = 1))\n")
    guard case .statement = reader.next() else {
      Issue.record("no statement")
      return
    }
    do throws(Diagnostic) {
      _ = try reader.parse()
      Issue.record("no error")
    } catch {
      #expect(error.related.first?.excerpt.line == 1)
      #expect(error.related.first?.excerpt.column == 9)
    }
  }

  @Test("near words")
  func near() {
    #expect(Keyword.nearestVerb(to: "belongTo") == "belongsTo")
    #expect(Keyword.nearestVerb(to: "products") == nil)
    #expect(Keyword.nearestWalkWord(to: "contain") == "contains")
  }
}
