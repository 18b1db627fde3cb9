import Testing

@testable import RelishLanguage

@Suite("Declarations")
struct DeclarationTests {
  @Test(
    "a sentence about a model has this tree",
    arguments: [
      Sentence(
        "Product has title string required, price decimal(10,2) default 0 check price >= 0",
        "Product has title:string255 required, price:decimal10.2 default=0 check{price >= 0|price >= 0}"
      ),
      Sentence("Product has title string(80)", "Product has title:string80"),
      Sentence("Product HAS Price Big_Int", "Product has Price:bigint"),
      Sentence(
        "User has email string unique required column \"e_mail\" note \"the login\"",
        "User has email:string255 required unique column=e_mail note=the login"),
      Sentence(
        "Order has status enum(\"open\", 'paid') default \"open\", placedAt datetime default now()",
        "Order has status:enum(open|paid) default=\"open\", placedAt:datetime default=now()"),
      Sentence(
        "Code has key string key, note text, unique boolean",
        "Code has key:string255 key, note:text, unique:boolean"),
      Sentence(
        "A has n integer check n > 0 and n < 9 required default -1",
        "A has n:integer required default=-1 check{and(n > 0, n < 9)|n > 0 and n < 9}"),
      Sentence("A has `my name` string", "A has my name:string255"),
      Sentence("`order item` has n integer", "order item has n:integer"),
      Sentence("A has a decimal, b decimal(5)", "A has a:decimal10.2, b:decimal5.0"),
      Sentence("Product indexed by title, price", "index Product(title,price)"),
      Sentence("User unique by name, email", "unique User(name,email)"),
      Sentence("User labeled by email", "label User email"),
      Sentence("Product renames title to name", "Product renames title→name"),
      Sentence("Product drops imageUrl, title", "Product drops imageUrl,title"),
      Sentence("model Tag", "model Tag"),
      Sentence(
        "model Tag without timestamps key a, b plural \"tagz\" table \"t\"",
        "model Tag table=t plural=tagz key=a,b without"),
      Sentence("rename Product to Item", "rename Product→Item"),
      Sentence("drop Tag", "drop Tag"),
      Sentence(
        "Product has title string, # the name\n  price double",
        "Product has title:string255, price:double"),
      Sentence("Product \\\n has title string", "Product has title:string255"),
      Sentence("Ärzte has größe float", "Ärzte has größe:float"),
    ])
  func declaration(_ sentence: Sentence) {
    #expect(events(sentence.text) == [sentence.tree])
  }

  @Test(
    "an association has this tree",
    arguments: [
      Sentence(
        "Product belongsTo User onDelete cascade", "Product belongsTo User onDelete=cascade"),
      Sentence("User hasMany Product", "User hasMany Product"),
      Sentence("User has_one Cart", "User hasOne Cart"),
      Sentence(
        "Product belongsTo User as creator required onDelete restrict onUpdate cascade",
        "Product belongsTo User as=creator required onDelete=restrict onUpdate=cascade"),
      Sentence(
        "A belongsTo B on_delete set null on_update no action",
        "A belongsTo B onDelete=set null onUpdate=no action"),
      Sentence(
        "A belongsTo B onDelete setDefault onUpdate no_action optional unique",
        "A belongsTo B optional unique onDelete=set default onUpdate=no action"),
      Sentence("A belongsTo B onDelete set_null", "A belongsTo B onDelete=set null"),
      Sentence(
        "User hasMany Product as createdProducts by creator",
        "User hasMany Product as=createdProducts by=creator"),
      Sentence(
        "Cart belongsToMany Product through CartItem (quantity integer default 1)",
        "Cart belongsToMany Product junction CartItem(quantity:integer default=1)"),
      Sentence(
        "A belongsToMany A through P as friends key a otherKey b unconstrained",
        "A belongsToMany A as=friends key=a otherKey=b unconstrained junction P()"),
      Sentence(
        "User hasMany Product as bought through orders orderItems product",
        "User hasMany Product as=bought walk orders,orderItems,product"),
      Sentence("A belongsTo B key x, y to code", "A belongsTo B key=x,y to=code"),
      Sentence(
        "A belongsTo B as as by by key key to to", "A belongsTo B as=as by=by key=key to=to"),
    ])
  func association(_ sentence: Sentence) {
    #expect(events(sentence.text) == [sentence.tree])
  }
}
