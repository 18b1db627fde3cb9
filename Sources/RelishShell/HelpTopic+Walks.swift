// Pages about asking (LANGUAGE.md §7).
extension HelpTopic {
  static let walks: [HelpTopic] = [
    HelpTopic(
      .walks, "walk walks pick their its", "rows, along relations",
      usage: "MODEL [PICK] [CLAUSE …] [[their] RELATION [PICK] [CLAUSE …] …] [ATTRIBUTE]",
      example: """
        User "Max" products title
        User where name = "Max" their products show title, price
        Product 1 user carts products
        User top 2 by count products their orders
        """,
      remarks: """
        A pick is a primary key or the text of the model's label. A row is in the answer once,
        however many ways lead to it. Clauses: where, show, with, group, sort, top, limit, page.
        They are about the noun before them; show, with and group stand at the last one. `path`
        finds a way, `explain` says how it is gone, and `sql` writes it as a statement.
        """),
    HelpTopic(
      .walks, "where contains starts ends between ignoring", "which rows",
      usage: "where CONDITION",
      example: """
        Product where price between 5 and 20 and not title starts with "T"
        Product where user.name = "Max" or category is null
        Product where title contains "OO" ignoring case
        Product where count orderItems > 1 and some orderItems (quantity > 1)
        Product group user where count > 1
        """,
      remarks: """
        = != < <= > >=, is [not], in (…), between … and …, contains, starts with, ends with, each
        with `ignoring case` if wanted; and, or, not, brackets. A dot follows a relation to one row.
        Related rows are tested by some, no and every, or counted. Several `where` are joined by
        `and`; behind `group` it tests the groups.
        """),
    HelpTopic(
      .walks, "some no every", "conditions on related rows",
      usage: "some | no | every RELATION [(CONDITION)]",
      example: """
        User where no orders show name
        User where some products (price > 20) show name
        Product where some orderItems and every orderItem (quantity < 3) show title
        """,
      remarks: """
        `every` over nothing is true, and a note says so. In the brackets `outer.` is the noun
        outside of them: `help outer`.
        """),
    HelpTopic(
      .walks, "outer", "the noun outside the brackets",
      usage: "outer.ATTRIBUTE | outer.RELATION",
      example: """
        Product where some orderItems (unitPrice < outer.price) show title
        User where some orders (some orderItems (product.user = outer.user)) show name
        """,
      remarks: "One bracket out: here the product, and the order whose item it is."),
    HelpTopic(
      .walks, "show", "which columns",
      usage: "show EXPRESSION [as NAME], …",
      example: """
        Product show title, user.name, price * 2 as double
        User show name, count products as n
        Product show count, avg price
        """,
      remarks: """
        A dot follows a relation to one row; `with` nests those to many. Nothing but aggregates
        over the rows themselves answers one row for all. `show` at the start of a line looks at
        models: `help models`.
        """),
    HelpTopic(
      .walks, "with nest", "related rows under each row",
      usage: "with RELATION [([EXPRESSION [as NAME], …] [CLAUSE …])], …",
      example: """
        Cart show id with products (title, quantity)
        Category show name with products (title, price top 3 by price)
        User show name with orders (placedAt with orderItems (quantity)),
          products (title)
        """,
      remarks: """
        Rows without related ones stay in the answer: `where` in the brackets chooses among the
        nested rows. Limits are for each row above. Attributes of a junction may be named.
        """),
    HelpTopic(
      .walks, "group", "one row for rows of equal value",
      usage: "group EXPRESSION, … [where CONDITION] [show …]",
      example: """
        Product group user show user.name, count, max price
        Order group status where count > 1
        OrderItem group order.user show user.name,
          sum (quantity * unitPrice) as spent sort spent desc
        Order group year(placedAt), month(placedAt)
        """,
      remarks: """
        `show` names what the rows are grouped by, and aggregates; without it the answer is both,
        and how many rows there are. A `where` before `group` chooses rows, one behind it groups.
        """),
    HelpTopic(
      .walks, "aggregates aggregate sum avg min max", "many values as one",
      usage: """
        count [PATH [(where CONDITION)]]
        sum | avg | min | max PATH [(EXPRESSION [where CONDITION])]
        sum | avg | min | max (EXPRESSION)
        """,
      example: """
        User show name, count products, sum products.price as worth
        Product show title,
          sum orderItems (quantity * unitPrice where quantity > 1) as revenue
        Order show id, min orderItems.unitPrice, avg orderItems (quantity)
        Product group user show user.name, avg price
        """,
      remarks: """
        With a relation: over the rows that belong to each row, each of them once. Without: over
        the rows of a group, or over all of them. count and sum of nothing are 0, the others null.
        """),
    HelpTopic(
      .walks,
      "functions function lower upper length trim round abs coalesce concat substring year "
        + "month day today now", "values worked out",
      usage: """
        lower(TEXT)  upper(TEXT)  trim(TEXT)  length(TEXT)  concat(VALUE, …)
        substring(TEXT, FROM [, LENGTH])
        round(NUMBER [, PLACES])  abs(NUMBER)  coalesce(VALUE, …)
        year(DAY)  month(DAY)  day(DAY)  date(DATETIME)  today()  now()
        """,
      example: """
        User show upper(name) as name, substring(email, 1, 3) as start
        User where length(trim(name)) < 4 show lower(name) as name
        Product show title, round(price * 1.19, 1) as gross,
          coalesce(description, "-") as words
        Order where year(placedAt) = 2026 and placedAt <= today()
        User show concat(name, " <", email, ">") as address
        """,
      remarks: """
        coalesce is the first value that is not null. concat takes null as nothing, `+` does not.
        Characters count from 1. Times are UTC.
        """),
    HelpTopic(
      .walks, "sort asc desc", "in which order",
      usage: "sort EXPRESSION [asc | desc], …",
      example: """
        Product sort price desc, title
        User show name, count products as n sort n desc
        """,
      remarks: """
        Names given by `as` can be used. Nulls come first, with `desc` last. Equal rows come in the
        order of their keys.
        """),
    HelpTopic(
      .walks, "top", "the greatest few",
      usage: "top COUNT by EXPRESSION",
      example: """
        Product top 2 by price show title, price
        Product show title,
          sum orderItems (quantity * unitPrice) as revenue top 3 by revenue
        """,
      remarks: """
        Greatest first, nulls last. A `sort` or `limit` beside it is about those that it took.
        """),
    HelpTopic(
      .walks, "limit page offset size", "how many rows",
      usage: """
        limit COUNT [offset COUNT]
        page NUMBER [size COUNT]
        """,
      example: """
        Product sort price limit 3
        Product sort title page 2 size 2
        User "Max" products limit 1 their orderItems
        """,
      remarks: """
        Of the noun before them. A page has 20 rows unless it says otherwise. Equal rows keep their
        place from page to page.
        """),
    HelpTopic(
      .walks, "tree", "a relation followed to its end",
      usage: "tree RELATION",
      example: """
        Category "Clothing" tree children name
        Category "Shirts" tree parent name
        Category "Clothing" tree children their products title
        """,
      remarks: """
        One time or more, so the rows that it starts from are not in the answer unless a circle
        leads back to them. The relation must lead from a model to itself.
        """),
    HelpTopic(
      .walks, "count", "how many",
      usage: """
        count WALK
        count [RELATION [(where CONDITION)]]
        """,
      example: """
        count Product where price > 10
        User where count products > 1 show name
        User show name, count orders (where status = "open") as open
        Order group status show status, count
        """,
      remarks: "Before a walk it answers how many rows that has; within one: `help aggregates`."),
    HelpTopic(
      .walks, "exists", "whether there are any",
      usage: "exists WALK",
      example: "exists User \"Max\" products"),
    HelpTopic(
      .walks, "sql", "the statement behind a walk",
      usage: "sql WALK",
      example: """
        sql User "Max" products title
        sql Category show name with products (title)
        """,
      remarks: """
        It runs as it stands in the database's own shell. `explain` says how the database goes
        about it.
        """),
    HelpTopic(
      .walks, "explain", "how a walk is answered",
      usage: "explain WALK",
      example: """
        explain User "Max" products title
        explain Product where user.name = "Max" sort price limit 3
        """,
      remarks: """
        Each table with the name that the plan gives it, its key, rows and index; the database's own
        plan; and the indexes that would help, as sentences that can be typed.
        """),
  ]
}
