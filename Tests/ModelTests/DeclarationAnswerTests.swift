import RelishLanguage
import RelishModel
import Testing

/// Sentences about models and attributes, and everything that is answered.
private let answered: [(sentences: String, lines: [String])] = [
  (
    "Product has title string required, price double default 0 check price >= 0",
    ["products: title string(255) required, price double default 0 check price >= 0"]
  ),
  // `has` states an attribute whole, and tells what changed (LANGUAGE.md §9).
  (
    "Product has title string required, price double; Product has title string(80) unique; Product has price double",
    [
      "products: title string(255) required, price double",
      "products: title string(80) unique (was string(255) required)",
      "products: price double (as before)",
    ]
  ),
  (
    "Product has a integer column \"no\" note \"old\" unique required default 3; Product has A text",
    [
      "products: a integer required unique default 3 column \"no\" note \"old\"",
      "products: a text (was integer required unique default 3 column \"no\" note \"old\")",
    ]
  ),
  // What follows from a change is told too.
  (
    "Order belongsTo User; User has code uuid key",
    [
      "orders.userId → users.id, optional, on delete set null, on update cascade (Order user · User orders)",
      "note: made model `Order`", "note: made model `User`", "users: code uuid key",
      "orders.userCode → users.code, optional, on delete set null, on update cascade (Order user · User orders)",
    ]
  ),
  // Names that are near.
  (
    "User has name string; Product belongsTo Usr; Usre has age integer; Page1 has a text; Page2 has a text",
    [
      "users: name string(255)",
      "products.usrId → usrs.id, optional, on delete set null, on update cascade (Product usr · Usr products)",
      "note: made model `Product`", "note: made model `Usr` [did you mean `User`?]",
      "usres: age integer", "note: made model `Usre` [did you mean `User`?]",
      "page1s: a text", "page2s: a text",
    ]
  ),
  ("model Tag table \"t\" without timestamps", ["new model `Tag`, table t"]),
  (
    "model Tag; model Tag plural \"tagList\"",
    ["new model `Tag`, table tags", "started anew: `Tag`, table tagList"]
  ),
  (
    "Product has a text, b text; Product indexed by b, a; Product unique by a; Product indexed by b, a; Product labeled by b",
    [
      "products: a text, b text", "products: indexed by b, a", "products: unique by a",
      "products: indexed by b, a (as before)", "Product is labeled by b",
    ]
  ),
  (
    "Product has a text, b text check b != a; Product indexed by b, a; Product renames a to c; Product has b text; Product drops c",
    [
      "products: a text, b text check b != a", "products: indexed by b, a",
      "products: a is now c", "products: b text (was text check b != c)",
      "products: dropped c", "products: dropped its index by b, c",
    ]
  ),
  (
    "Product belongsTo User as creator; Product drops creator; rename Product to Item; drop Item",
    [
      "products.creatorId → users.id, optional, on delete set null, on update cascade (Product creator · User products)",
      "note: made model `Product`", "note: made model `User`",
      "Product: dropped the relation creator",
      "renamed model `Product` to `Item`, table products to items", "dropped model `Item`",
    ]
  ),
  (
    "Review belongsTo Product; drop Product",
    [
      "reviews.productId → products.id, optional, on delete set null, on update cascade (Review product · Product reviews)",
      "note: made model `Review`", "note: made model `Product`",
      "dropped model `Product` and, with it, `Review product`",
    ]
  ),
  (
    "Badge belongsTo User onDelete set default",
    [
      "badges.userId → users.id, optional, on delete set default, on update cascade (Badge user · User badges)",
      "note: made model `Badge`", "note: made model `User`",
      "note: `Badge userId` has no default, so `set default` sets null [`Badge has userId integer default …`]",
    ]
  ),
]

/// The last sentence of each is refused.
private let refusals: [(sentences: String, error: String, marked: String)] = [
  ("P has a text, A text", "error[syntax.twice]: `A` is said twice in one sentence", "A"),
  (
    "P has a text, b text column \"A\"", "error[name.taken]: `P a` has the column `a` already",
    "\"A\""
  ),
  (
    "P has a integer default \"x\"",
    "error[value.bad]: `a` takes a whole number, not the text \"x\"", "\"x\""
  ),
  (
    "P has a string(2) default \"abc\"",
    "error[value.bad]: `a` takes at most 2 characters, and this text has 3", "\"abc\""
  ),
  (
    "P has a enum(\"x\", \"y\") default \"z\"",
    "error[value.bad]: `a` takes one of \"x\", \"y\", and \"z\" is none [did you mean \"x\"?]",
    "\"z\""
  ),
  (
    "P has a integer default now()", "error[type.wrong]: `a` is integer, which `now()` is not",
    "now()"
  ),
  ("P has a date default now()", "error[type.wrong]: `a` is date, which `now()` is not", "now()"),
  (
    "P has a integer default b + 1",
    "error[declaration.invalid]: a default is a value, `now()` or `today()`",
    "a integer default b + 1"
  ),
  (
    "P has a integer required default null",
    "error[declaration.contradiction]: `a` is required, so its default cannot be null", "null"
  ),
  (
    "P has a integer check size > 0",
    "error[attribute.unknown]: `P` has no attribute `size` [its attributes are: a]", "size"
  ),
  (
    "P has a integer check user.age > 0",
    "error[declaration.invalid]: a check speaks of the model's own attributes only", "user.age"
  ),
  ("P has a integer; P indexed by a, a", "error[syntax.twice]: `a` is said twice", "a"),
  (
    "P has name text; P labeled by nam",
    "error[attribute.unknown]: `P` has no attribute `nam` [did you mean `name`?]", "nam"
  ),
  (
    "P has name text; P renames id to code",
    "error[attribute.unknown]: `P id` comes by itself and cannot be renamed", "id"
  ),
  ("P has a text, b text; P renames a to b", "error[name.taken]: `P` has an attribute `b`", "b"),
  (
    "P has a text, b text check a != \"\"; P drops a",
    "error[declaration.invalid]: the check of `P b` speaks of `a` [state `b` anew without the check first]",
    "a"
  ),
  (
    "P belongsTo User; P drops userId",
    "error[attribute.unknown]: `P userId` comes by itself and cannot be dropped", "userId"
  ),
  (
    "P belongsTo User; P renames user to owner",
    "error[attribute.unknown]: `P user` is a relation to `User`, not renamed here [say the association's sentence anew]",
    "user"
  ),
  (
    "P has a text; Q has a text; rename P to Q", "error[name.taken]: there is a model `Q` already",
    "Q"
  ),
  (
    "P has a text; rename PP to Q",
    "error[model.unknown]: no model is named `PP` [did you mean `P`?]", "PP"
  ),
  (
    "Tag has a text; model Label table \"tags\"",
    "error[name.taken]: the table of `Label` would be `tags`, which `Tag` has [did you mean `Tag`? `model Label table \"…\"` names another]",
    "\"tags\""
  ),
  (
    "Person has a text; People has b text",
    "error[name.taken]: the table of `People` would be `people`, which `Person` has [did you mean `Person`? `model People table \"…\"` names another]",
    "People"
  ),
]

@Suite struct DeclarationAnswerTests {
  @Test(arguments: answered)
  func tellsWhatIs(_ row: (sentences: String, lines: [String])) {
    #expect(Telling(row.sentences).lines == row.lines)
  }

  @Test(arguments: refusals)
  func refuses(_ row: (sentences: String, error: String, marked: String)) {
    let telling = Telling(row.sentences)
    #expect(telling.errors.count == 1)
    #expect(telling.lines.last?.split(separator: " | ").first.map(String.init) == row.error)
    #expect(telling.marked == row.marked)
  }

  /// `set strict on`: a name that is not known is an error, and `model` the way out.
  @Test(arguments: [
    ("User has name string", 1), ("model User; User has name string", 0),
    ("model User; Product belongsTo User", 1), ("model Product; Product belongsTo Usr", 1),
    ("model A; model B; A belongsToMany B through C", 1),
  ])
  func isStrict(sentences: String, errors: Int) {
    let telling = Telling(sentences, settings: GraphSettings(isStrict: true))
    #expect(telling.errors.map(\.code) == Array(repeating: .unknownModel, count: errors))
  }

  /// What only `validate` finds: sentences may stand in any order until the model is used.
  @Test(
    arguments: [
      (
        "User hasMany Product as made by maker",
        "`Product` has no relation `maker`, which `by` names"
      ),
      ("User hasMany Product as made by maker; Product belongsTo User as maker", nil),
      ("Product belongsTo User as maker by made; User hasMany Product as made", nil),
      (
        "Product belongsTo User as maker by made", "`User` has no relation `made`, which `by` names"
      ),
      ("User hasMany Tag through posts tags", "`User` has no relation `posts`"),
      (
        "User hasMany Tag through posts tags; Post belongsTo User; Post belongsToMany Tag through PostTag",
        nil
      ),
      ("User hasMany Post as all through posts; Post belongsTo User", nil),
      (
        "User hasMany Tag as x through posts; Post belongsTo User",
        "the walk `User x` leads to `Post`, not to `Tag`"
      ),
      (
        "User hasOne Post as first through posts; Post belongsTo User",
        "the walk `User first` may lead to several rows"
      ),
      (
        "User hasMany User as a through b; User hasMany User as b through a",
        "the walk `User a` goes over itself"
      ),
      (
        "User hasMany Post as mine through posts; Post belongsTo User; Blog belongsTo User as boss; Blog hasMany Post through boss mine",
        nil
      ),
      (
        "model Slot key day, hour; Slot has day date",
        "`Slot` has no attribute `hour`, which is to be its key"
      ),
      ("model Slot key user, day; Slot has day date; Slot belongsTo User", nil),
      ("model Slot key userId, day; Slot has day date; Slot belongsTo User", nil),
    ] as [(String, String?)])
  func validates(sentences: String, problem: String?) {
    var telling = Telling(sentences)
    #expect(telling.errors.isEmpty)
    telling.validate()
    #expect(telling.errors.first?.message == problem)
  }
}
