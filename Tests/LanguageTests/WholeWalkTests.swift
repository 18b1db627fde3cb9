import Testing

@testable import RelishLanguage

/// Nests, groups, tops, trees and aggregates as the parser reads them.
@Suite("Whole walks")
struct WholeWalkTests {
  @Test(
    "the thirteen walks of the language have these trees",
    arguments: [
      Sentence(
        "Cart show id with products (title, quantity)",
        "walk Cart show[id'id'] with[products show[title'title', quantity'quantity']]"),
      Sentence(
        "Product show title, sum orderItems (quantity * unitPrice) as revenue top 5 by revenue",
        "walk Product top[5 by revenue] show[title'title', "
          + "sum[orderItems: (quantity * unitPrice)] as revenue'sum orderItems (quantity * unitPrice)']"
      ),
      Sentence(
        "Category show name with products (title, price top 3 by price)",
        "walk Category show[name'name'] with[products top[3 by price] "
          + "show[title'title', price'price']]"),
      Sentence(
        "User where city = \"Berlin\" show name, count products, count orders, "
          + "sum orders.total as spent, max orders.placedAt as last",
        "walk User {city = \"Berlin\"} show[name'name', count[products]'count products', "
          + "count[orders]'count orders', sum[orders.total] as spent'sum orders.total', "
          + "max[orders.placedAt] as last'max orders.placedAt']"),
      Sentence(
        "Category \"Clothing\" tree children their products title",
        "walk Category #\"Clothing\" > tree children > products > title"),
      Sentence(
        "OrderItem where product.user.name = \"Max\" and order.placedAt >= \"2026-01-01\" "
          + "group order.user show user.name, sum (quantity * unitPrice) as spent sort spent desc",
        "walk OrderItem {and(product.user.name = \"Max\", order.placedAt >= \"2026-01-01\")} "
          + "group[order.user] show[user.name'user.name', "
          + "sum[: (quantity * unitPrice)] as spent'sum (quantity * unitPrice)'] sort[spent desc]"),
    ])
  func contract(_ sentence: Sentence) { #expect(events(sentence.text) == [sentence.tree]) }

  @Test(
    "nests",
    arguments: [
      Sentence("User with products", "walk User with[products]"),
      Sentence("User with products ()", "walk User with[products]"),
      Sentence("User with products, orders", "walk User with[products, orders]"),
      Sentence(
        "User with products (title), orders (id)",
        "walk User with[products show[title'title'], orders show[id'id']]"),
      Sentence(
        "User with products (title as t, price + 1)",
        "walk User with[products show[title as t'title', (price + 1)'price + 1']]"),
      Sentence(
        "User with products (where price > 3 sort title limit 2 offset 1)",
        "walk User with[products {price > 3} sort[title] limit[2+1]]"),
      Sentence(
        "User with orders (id with orderItems (quantity with product (title)))",
        "walk User with[orders show[id'id'] with[orderItems show[quantity'quantity'] "
          + "with[product show[title'title']]]]"),
      Sentence(
        "User with orders (with orderItems (quantity), user), cart",
        "walk User with[orders with[orderItems show[quantity'quantity'], user], cart]"),
      Sentence(
        "User with products (\n title,\n price\n)\nsync",
        "walk User with[products show[title'title', price'price']]"),
      Sentence(
        "User where a with products (b) show c",
        "walk User {?a} show[c'c'] with[products show[b'b']]"),
      Sentence(
        "User with products (where user = outer.user page 2 size 5)",
        "walk User with[products {user = outer.user} limit[5+5]]"),
      Sentence("User with `with` (`show`)", "walk User with[with show[`show`'`show`']]"),
      Sentence(
        "User with products (count orderItems, max orderItems (quantity where quantity > 1) as m)",
        "walk User with[products show[count[orderItems]'count orderItems', "
          + "max[orderItems: quantity where quantity > 1] as m'max orderItems (quantity where "
          + "quantity > 1)']]"),
    ])
  func nests(_ sentence: Sentence) { #expect(events(sentence.text).first == sentence.tree) }

  @Test(
    "groups, tops and trees",
    arguments: [
      Sentence("Order group status", "walk Order group[status]"),
      Sentence("Order group by status, user", "walk Order group[status, user]"),
      Sentence(
        "Order where a group year(placedAt) where count > 3 and b where c",
        "walk Order {?a} group[year(placedAt)] {{and(count[] > 3, ?b)}} {{?c}}"),
      Sentence(
        "Order group user show user.name, count top 3 by count",
        "walk Order group[user] top[3 by count[]] show[user.name'user.name', count[]'count']"),
      Sentence(
        "User top 2 by count orders their orders",
        "walk User top[2 by count[orders]] > orders"),
      Sentence(
        "User top 5 by a sort b desc limit 2", "walk User top[5 by a] sort[b desc] limit[2+0]"),
      Sentence("User top", "walk User > top"),
      Sentence("User group", "syntax.unexpected: expected a value after `group`"),
      Sentence("Category tree children", "walk Category > tree children"),
      Sentence("Category their tree parent 3 name", "walk Category > tree parent #3 > name"),
      Sentence(
        "Category tree children where a tree parent",
        "walk Category > tree children {?a} > tree parent"
      ),
      Sentence("Category tree", "walk Category > tree"),
      Sentence("Category tree tree", "walk Category > tree tree"),
      Sentence("Category tree where a", "walk Category > tree {?a}"),
    ])
  func clauses(_ sentence: Sentence) { #expect(events(sentence.text) == [sentence.tree]) }

  @Test(
    "aggregates",
    arguments: [
      Sentence("count", "count[]"), Sentence("count orders", "count[orders]"),
      Sentence("count orders.items", "count[orders.items]"),
      Sentence("count orders (where a)", "count[orders where ?a]"),
      Sentence("sum orders (a * 2 where b > 1 or c)", "sum[orders: (a * 2) where or(b > 1, ?c)]"),
      Sentence("sum (a + b)", "sum[: (a + b)]"), Sentence("SUM price", "sum[price]"),
      Sentence("avg (a where b)", "avg[: a where ?b]"),
      Sentence("count (where a)", "count[ where ?a]"),
      Sentence("min orders.total", "min[orders.total]"),
      Sentence("max (min orders (total))", "max[: min[orders: total]]"),
      Sentence("count orders + sum orders.total * 2", "(count[orders] + (sum[orders.total] * 2))"),
      Sentence("-sum price", "neg(sum[price])"),
      Sentence("count.x", "count.x"), Sentence("max.price", "max.price"),
      Sentence("`sum`", "`sum`"),
      Sentence("outer.count", "outer.count"),
      Sentence("round(avg orders (total), 2)", "round(avg[orders: total], 2)"),
      Sentence("count outer.orders", "count[outer.orders]"), Sentence("date(x)", "date(x)"),
    ])
  func aggregates(_ sentence: Sentence) {
    #expect(
      events("A show " + sentence.text) == ["walk A show[\(sentence.tree)'\(sentence.text)']"])
    #expect(events("A where (" + sentence.text + ") > 1") == ["walk A {\(sentence.tree) > 1}"])
  }

  @Test(
    "prefixes and path",
    arguments: [
      Sentence("explain User products", "explain walk User > products"),
      Sentence("count Order group status", "count walk Order group[status]"),
      Sentence("sql User with products", "sql walk User with[products]"),
      Sentence("exists Category tree children", "exists walk Category > tree children"),
    ])
  func prefixes(_ sentence: Sentence) {
    #expect(events(sentence.text) == [sentence.tree])
  }

  @Test("`path User to Category` names two models")
  func path() {
    #expect(events("path User to Category").first?.contains("User") == true)
    #expect(events("path User Category") == ["syntax.unexpected: expected `to`, found `Category`"])
    #expect(events("path user to Category").first?.hasPrefix("syntax.") == true)
  }

  @Test(
    "mistakes are told where they are",
    arguments: [
      WrongSentence(
        "User with «tree» children", .unexpected, "expected a relation, found `tree`",
        hint: "`tree` stands in the walk, before `with`"),
      WrongSentence(
        "User with products (title «show price»)", .duplicateOption,
        "what is shown of a nest stands first in its brackets", hint: "leave out `show`"),
      WrongSentence(
        "User with products (title) «with» orders", .duplicateOption,
        "`with` stands twice behind one noun"),
      WrongSentence(
        "User group a «group» b", .duplicateOption, "`group` stands twice behind one noun"),
      WrongSentence(
        "User top 3 by a «top» 2 by b", .duplicateOption, "`top` stands twice behind one noun"),
      WrongSentence(
        "User top 3 «of» a", .unexpected, "expected `by`, found `of`",
        hint: "as in `top 3 by price`; `limit 3` takes any"),
      WrongSentence(
        "User top 3«»", .unexpected, "expected `by` after `3`",
        hint: "as in `top 3 by price`; `limit 3` takes any"),
      WrongSentence(
        "User show sum «,» b", .unexpected, "expected a value, found `,`",
        hint: "as in `sum price` or `sum (price * stock)`"),
      WrongSentence(
        "User show count orders (total «>» 3)", .unexpected, "expected `where` or `)`, found `>`",
        hint: "a condition stands behind `where`: `count orders (where …)`"),
      WrongSentence(
        "User show sum orders «(»total where", .incomplete,
        "this bracket is not closed: expected `)` before the end"),
      WrongSentence(
        "User with products (title, price«;»", .unexpected, "expected `)` before `;`",
        hint: "the bracket at ( is not closed; a statement ends outside of brackets"),
      WrongSentence(
        "User with products (title, «)»", .unexpected, "expected a value, found `)`"),
      WrongSentence(
        "User «wiht» products (title)", .unexpected, "expected `with`, found `wiht`",
        hint: "did you mean `with`?"),
      WrongSentence(
        "User «gruop» a, b", .unexpected, "expected `group`, found `gruop`",
        hint: "did you mean `group`?"),
    ])
  func mistakes(_ wrong: WrongSentence) { ErrorTests.check(wrong) }
}
