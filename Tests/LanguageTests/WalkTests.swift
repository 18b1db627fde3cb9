import Testing

@testable import RelishLanguage

@Suite("Walks")
struct WalkTests {
  @Test(
    "a walk has this tree",
    arguments: [
      Sentence("User", "walk User"),
      Sentence("User \"Max\" products title", "walk User #\"Max\" > products > title"),
      Sentence("User 3 products", "walk User #3 > products"),
      Sentence("User $max all products", "walk User #$max > products"),
      Sentence("User all", "walk User > all"),
      Sentence("User their all products its tags", "walk User > products > tags"),
      Sentence(
        "User where name = \"Max\" their products show title",
        "walk User {name = \"Max\"} > products show[title'title']"),
      Sentence(
        "User where active products where price > 3",
        "walk User {?active} > products {price > 3}"),
      Sentence(
        "User where count products > 3 show name, count products as n",
        "walk User {count[products] > 3} show[name'name', count[products] as n'count products']"),
      Sentence("User where no orders show name", "walk User {no[orders]} show[name'name']"),
      Sentence(
        "User where email ends with \"@x.org\" their orders sort placedAt desc page 2 size 20",
        "walk User {email endsWith \"@x.org\"} > orders sort[placedAt desc] limit[20+20]"),
      Sentence(
        "User sort by name asc, age desc limit 5 offset 10",
        "walk User sort[name, age desc] limit[5+10]"),
      Sentence("User page 1", "walk User limit[20+0]"),
      Sentence(
        "Product where some reviews and every review (stars >= 4) show title",
        "walk Product {and(some[reviews], every[review: stars >= 4])} show[title'title']"),
      Sentence(
        "Product show price * 2 + 1 as p",
        "walk Product show[((price * 2) + 1) as p'price * 2 + 1']"),
      Sentence("Product show lower( title )", "walk Product show[lower(title)'lower( title )']"),
      Sentence("User limit", "walk User > limit"),
      Sentence("User page limit top", "walk User > page > limit > top"),
      Sentence("User `where`", "walk User > where"),
      Sentence("count User where age > 3", "count walk User {age > 3}"),
      Sentence("exists User", "exists walk User"),
      Sentence("sql User \"Max\"", "sql walk User #\"Max\""),
      Sentence("User where a where b", "walk User {?a} {?b}"),
      Sentence(
        "User where count orders (where total > 3 and user = outer.user) > 2",
        "walk User {count[orders where and(total > 3, user = outer.user)] > 2}"),
      Sentence(
        "Product show user.name, price.top",
        "walk Product show[user.name'user.name', price.top'price.top']"),
    ])
  func walk(_ sentence: Sentence) {
    #expect(events(sentence.text) == [sentence.tree])
  }

  @Test(
    "a condition has this tree",
    arguments: [
      Sentence("a = 1 or b = 2 and c = 3", "or(a = 1, and(b = 2, c = 3))"),
      Sentence("(a = 1 or b = 2) and c = 3", "and(or(a = 1, b = 2), c = 3)"),
      Sentence("not a and b", "and(not(?a), ?b)"),
      Sentence("not not (a or b)", "not(not(or(?a, ?b)))"),
      Sentence("((a)) = (1 + 2) * 3", "a = ((1 + 2) * 3)"),
      Sentence("((a = 1))", "a = 1"),
      Sentence("a - b - c < -d", "((a - b) - c) < neg(d)"),
      Sentence("a - -5 = -(5)", "(a - -5) = neg(5)"),
      Sentence("a is null and b is not null and c is not 3", "and(a is null, b is! null, c is! 3)"),
      Sentence("a in (1, 2+3) or b not in (\"x\")", "or(a in [1, (2 + 3)], b in! [\"x\"])"),
      Sentence(
        "a between 1 and 2 and b not between 3 and 4", "and(a between 1..2, b between! 3..4)"),
      Sentence("a contains \"x\" ignoring case", "a contains~ \"x\""),
      Sentence(
        "a not starts with \"x\" and b = \"y\" ignoring case",
        "and(a startsWith! \"x\", b =~ \"y\")"),
      Sentence("user.name = $who", "user.name = $who"),
      Sentence("placedAt >= today() and x", "and(placedAt >= today(), ?x)"),
      Sentence("a = true or b != false", "or(a = true, b != false)"),
      Sentence("no = 3 and every > 1", "and(no = 3, every > 1)"),
      Sentence("no reviews.author (name = \"x\")", "no[reviews.author: name = \"x\"]"),
      Sentence("a = 9223372036854775808", "a = 9223372036854775808"),
      Sentence("a = -9223372036854775808 and b = 1e3", "and(a = -9223372036854775808, b = 1000e0)"),
      Sentence("a = 1.50 and b = .5 and c = 1.5e-3", "and(a = 1.50, b = 0.5, c = 0.0015)"),
      Sentence("a = x'00fF'", "a = x'00ff'"),
      Sentence("`group` = 3 and x.group = 4", "and(`group` = 3, x.group = 4)"),
      Sentence("top > 3 and limit < 4", "and(top > 3, limit < 4)"),
      Sentence(#"a = 'it''s' or a = "\"\\\n\u{41}""#, #"or(a = "it's", a = "\"\\\nA")"#),
    ])
  func condition(_ sentence: Sentence) {
    #expect(events("A where " + sentence.text) == ["walk A {\(sentence.tree)}"])
  }
}
