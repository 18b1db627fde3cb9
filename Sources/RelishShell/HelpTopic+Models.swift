// Pages about sentences that make models (LANGUAGE.md §3, §4).
extension HelpTopic {
  static let models: [HelpTopic] = [
    HelpTopic(
      .models, "has attribute", "the attributes of a model",
      usage: "MODEL has NAME TYPE [MODIFIER …], …",
      example: """
        Product has title string required, price decimal(10,2) default 0,
          description text
        """,
      remarks: """
        A model that is not known yet is made. `help types` and `help modifiers` tell what may
        follow a name. Said again, an attribute is what the last sentence says.
        """),
    HelpTopic(
      .models,
      "types type string text integer bigint decimal float double boolean date time "
        + "datetime uuid json blob enum", "the types of attributes",
      usage: """
        string[(LENGTH)]  text  integer  bigint  decimal[(DIGITS, PLACES)]  float
        double  boolean  date  time  datetime  uuid  json  blob  enum("VALUE", …)
        """,
      example: """
        Event has title string(80), day date, price decimal(8,2),
          kind enum("talk", "walk"), extra json
        """,
      remarks: """
        Dates are "2026-01-31", datetimes "2026-01-31T12:00:00Z" and kept in UTC. A string has
        255 characters unless it says otherwise. Decimals are exact.
        """),
    HelpTopic(
      .models, "modifiers required optional default unique key column note",
      "what else is said of an attribute",
      usage: """
        required | optional    unique    key    default VALUE    check CONDITION
        column "NAME"    note "TEXT"
        """,
      example: """
        Coupon has code string key, percent integer check percent between 1 and 100,
          reason text required note "for staff only"
        """,
      remarks: """
        They stand in any order, each once. `key` makes the primary key; without one a model has
        `id integer`. `default now()` and `default today()` are filled in when a row is made.
        """),
    HelpTopic(
      .models, "model", "start a model anew",
      usage: """
        model MODEL [table "NAME"] [plural "NAME"] [key NAME, … [named "NAME"]]
          [strict] [without timestamps] [without key] [without rowid]
        """,
      example: """
        model Staff plural "staff" without timestamps
        Staff has name string
        """,
      remarks: """
        What was said of it before is forgotten. `without rowid` and `strict` are SQLite's; a
        model `without key` has not even an `id`.
        """),
    HelpTopic(
      .models, "indexed unique-pair index", "indexes, and unique keys of several attributes",
      usage: """
        MODEL indexed by NAME, … [unique] [named "NAME"]
        MODEL unique by NAME, … [named "NAME"]
        MODEL indexed by sql "(EXPRESSION, …) [WHERE …]" [unique] named "NAME"
        """,
      example: """
        Product indexed by title
        Product unique by title, price
        User indexed by sql "(lower(email))" unique named "users_email_lower"
        """,
      remarks: """
        `unique by` is a constraint of the table, `indexed by … unique` an index of its own.
        """),
    HelpTopic(
      .models, "labeled label", "the attribute that a text picks rows by",
      usage: "MODEL labeled by NAME",
      example: "User labeled by email",
      remarks: "Else it is `name`, `title`, `label`, or the first unique string."),
    HelpTopic(
      .models, "renames rename", "other names for attributes and models",
      usage: """
        MODEL renames NAME to NAME
        rename MODEL to MODEL
        """,
      example: """
        Product renames description to details
        rename Category to Section
        """),
    HelpTopic(
      .models, "drops drop", "take attributes or a model out",
      usage: """
        MODEL drops NAME, …
        drop MODEL
        """,
      example: """
        Product drops description
        Tag has name string
        drop Tag
        """,
      remarks: "The database keeps the table until the next sync."),
  ]

  static let associations: [HelpTopic] = [
    HelpTopic(
      .associations, "belongsTo", "the model has a key to another",
      usage: """
        MODEL belongsTo MODEL [as NAME] [required] [unique] [onDelete RULE]
          [onUpdate RULE] [key COLUMN] [to COLUMN] [by RELATION] [unconstrained]
          [unindexed] [deferrable] [named "CONSTRAINT"]
        """,
      example: """
        Product belongsTo User onDelete cascade
        Product belongsTo User as creator
        """,
      remarks: """
        `Product belongsTo User` makes the column `userId`, the relation `Product user` and, unless
        declared otherwise, `User products`. `help onDelete` tells about the rules.
        """),
    HelpTopic(
      .associations, "hasMany", "the other side of belongsTo: many rows",
      usage: """
        MODEL hasMany MODEL [as NAME] [by RELATION] [onDelete RULE] …
        MODEL hasMany MODEL as NAME through RELATION …
        """,
      example: """
        User hasMany Product
        User hasMany Product as purchases through orders orderItems product
        """,
      remarks: """
        Both sides are one relation and one column. `through` with relations is a named walk and
        adds no column.
        """),
    HelpTopic(
      .associations, "hasOne", "the other side of belongsTo: one row at most",
      usage: "MODEL hasOne MODEL [as NAME] [by RELATION] [onDelete RULE] …",
      example: "User hasOne Cart",
      remarks: "The key column is unique."),
    HelpTopic(
      .associations, "belongsToMany through", "many to many, through a junction",
      usage: """
        MODEL belongsToMany MODEL through MODEL [(ATTRIBUTES)] [as NAME]
          [onDelete RULE] [key COLUMN] [otherKey COLUMN] …
        """,
      example: "Cart belongsToMany Product through CartItem (quantity integer default 1)",
      remarks: """
        The junction is a model like any other: `Cart 1 cartItems`. Its key is the pair, and its
        rows go with either side unless a rule says otherwise.
        """),
    HelpTopic(
      .associations, "onDelete onUpdate rules rule cascade restrict",
      "what happens to rows that point to a deleted one",
      usage: "onDelete cascade | restrict | set null | set default | no action",
      example: "Order belongsTo User required onDelete restrict",
      remarks: """
        cascade: they go too. restrict: the row cannot be deleted. set null: they point nowhere.
        Without a rule an optional key is set null, a required one restricts, a junction's
        cascades; a changed key is followed.
        """),
    HelpTopic(
      .associations, "as by", "names for relations, and which belong together",
      usage: """
        MODEL belongsTo MODEL as NAME
        MODEL hasMany MODEL as NAME by RELATION
        """,
      example: """
        Product belongsTo User as editor
        User hasMany Product as editedProducts by editor
        """,
      remarks: "Two relations between the same models need `as` on all but one."),
  ]
}
