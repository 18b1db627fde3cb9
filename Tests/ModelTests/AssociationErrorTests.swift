import RelishLanguage
import RelishModel
import Testing

/// The last sentence of each is refused: what is wrong, what to do in brackets, and where.
private let refusals: [(sentences: String, error: String, marked: String)] = [
  (
    "User has name string; Order belongsTo User to name",
    "error[declaration.invalid]: `User name` is not unique, so no key can point to it [make it unique: `User unique by name`]",
    "name"
  ),
  (
    "User has name string; Order belongsTo User to nmae",
    "error[attribute.unknown]: `User` has no attribute `nmae` [did you mean `name`?]",
    "nmae"
  ),
  (
    "Order belongsTo User required onDelete set null",
    "error[declaration.contradiction]: a required key cannot become null [leave out `required`, or say `restrict` or `cascade`]",
    "set null"
  ),
  (
    "Order belongsTo User required onUpdate set null",
    "error[declaration.contradiction]: a required key cannot become null [leave out `required`, or say `restrict` or `cascade`]",
    "set null"
  ),
  (
    "Order belongsTo User required; User hasMany Order onDelete set null",
    "error[declaration.contradiction]: the key of `Order user` is required, so `onDelete set null` cannot hold [leave out `required`, or say `restrict` or `cascade`]",
    "set null"
  ),
  (
    "User hasMany Order onDelete set null; Order belongsTo User required",
    "error[declaration.contradiction]: the key of `Order user` is required, so `onDelete set null` cannot hold [leave out `required`, or say `restrict` or `cascade`]",
    "required"
  ),
  (
    "Order has userId integer required; Order belongsTo User onDelete set null",
    "error[declaration.contradiction]: the key of `Order user` is required, so `onDelete set null` cannot hold [leave out `required`, or say `restrict` or `cascade`]",
    "set null"
  ),
  (
    "Order belongsTo User onDelete set null; Order has userId integer required",
    "error[declaration.contradiction]: the key of `Order user` is required, so `onDelete set null` cannot hold [leave out `required`, or say `restrict` or `cascade`]",
    "userId integer required"
  ),
  (
    "Order has userId integer required; Order belongsTo User optional",
    "error[declaration.contradiction]: `Order userId` is required, and its relation `user` optional [leave `optional` out, or say the attribute anew without `required`]",
    "optional"
  ),
  (
    "Order belongsTo User optional; Order has userId integer required",
    "error[declaration.contradiction]: `Order userId` is required, and its relation `user` optional [leave `optional` out, or say the attribute anew without `required`]",
    "userId integer required"
  ),
  (
    "Order has userId string; Order belongsTo User",
    "error[type.wrong]: `Order userId` is string(255), and `User id`, which it points to, is integer [`Order has userId integer`]",
    "Order belongsTo User"
  ),
  (
    "Order belongsTo User; Order has userId string",
    "error[type.wrong]: `Order userId` is string(255), and `User id`, which it points to, is integer [`Order has userId integer`]",
    "userId string"
  ),
  (
    "Order has userId integer; Order belongsTo User; User has id uuid key",
    "error[type.wrong]: `Order userId` is integer, and `User id`, which it points to, is uuid [`Order has userId uuid`]",
    "id uuid key"
  ),
  (
    "Order belongsTo User unconstrained onDelete cascade",
    "error[declaration.contradiction]: `unconstrained` means no foreign key, so no rule can hold for it [leave out `unconstrained` or the rule]",
    "cascade"
  ),
  (
    "Order belongsTo User onDelete cascade; User hasMany Order unconstrained",
    "error[declaration.contradiction]: `Order user` is `unconstrained`, so no rule can hold for it [leave out `unconstrained` or the rule]",
    "unconstrained"
  ),
  (
    "User hasMany Order onDelete cascade; Order belongsTo User onDelete restrict",
    "error[declaration.contradiction]: the two sides of `Order user` say different things: `onDelete restrict` and `onDelete cascade` [say it on one side, or the same on both]",
    "restrict"
  ),
  (
    "User hasMany Order onUpdate cascade; Order belongsTo User onUpdate no action",
    "error[declaration.contradiction]: the two sides of `Order user` say different things: `onUpdate no action` and `onUpdate cascade` [say it on one side, or the same on both]",
    "no action"
  ),
  (
    "User hasMany Order required; Order belongsTo User optional",
    "error[declaration.contradiction]: the two sides of `Order user` say different things: `optional` and `required` [say it on one side, or the same on both]",
    "optional"
  ),
  (
    "User hasMany Order as x by buyer key a; Order belongsTo User as buyer key b",
    "error[declaration.contradiction]: the two sides of `Order buyer` say different things: `key b` and `key a` [say it on one side, or the same on both]",
    "b"
  ),
  (
    "User has a string unique, b string unique; User hasMany Order to a; Order belongsTo User to b",
    "error[declaration.contradiction]: the two sides of `Order user` say different things: `to b` and `to a` [say it on one side, or the same on both]",
    "b"
  ),
  (
    "User hasMany Order; Order belongsTo User unique",
    "error[declaration.contradiction]: `unique` and `hasMany` are said of one relation, `Order user` [`User hasOne Order` is the other side of a unique key]",
    "unique"
  ),
  (
    "Order belongsTo User unique; User hasMany Order",
    "error[declaration.contradiction]: `unique` and `hasMany` are said of one relation, `Order user` [`User hasOne Order` is the other side of a unique key]",
    "User hasMany Order"
  ),
  (
    "User hasMany Order unique",
    "error[declaration.invalid]: `unique` says at most one, and `hasMany` says many [`User hasOne Order`]",
    "unique"
  ),
  (
    "Order belongsTo Order",
    "error[declaration.invalid]: a relation of `Order` with itself needs a name [for example `Order belongsTo Order as parent`]",
    "Order"
  ),
  (
    "Order belongsToMany Order through Link",
    "error[declaration.invalid]: a relation of `Order` with itself needs a name [for example `Order belongsToMany Order as children`]",
    "Order"
  ),
  (
    "Order belongsToMany Product",
    "error[declaration.invalid]: `belongsToMany` needs a junction [`Order belongsToMany Product through OrderProduct`]",
    "Order belongsToMany Product"
  ),
  (
    "Order belongsToMany Product through Line optional",
    "error[declaration.invalid]: in a junction both keys are required [leave `optional` out]",
    "optional"
  ),
  (
    "Order belongsToMany Product through Line onDelete set null",
    "error[declaration.contradiction]: a required key cannot become null [say `restrict` or `cascade`]",
    "set null"
  ),
  (
    "Order belongsToMany Product through Line unique",
    "error[declaration.invalid]: `unique` is not for a junction's key [the pair of keys is unique by itself]",
    "unique"
  ),
  (
    "Order belongsTo User otherKey x",
    "error[declaration.invalid]: `otherKey` is for `belongsToMany` [the key of a `belongsTo` is named by `key`]",
    "x"
  ),
  (
    "User hasMany Order as bought onDelete cascade through carts orders",
    "error[declaration.invalid]: a named walk has no key, so this cannot hold for it [only `as` goes with `through` and relations]",
    "cascade"
  ),
  (
    "User hasMany Message; User hasMany Message as sent",
    "error[relation.ambiguous]: `User messages` and `User sent` would stand on the same key of `Message` [say with `by` which relation of `Message` each is the other side of, or give one a `key`]",
    "sent"
  ),
  (
    "User hasMany Message as sent; User hasMany Message as received",
    "error[relation.ambiguous]: `User sent` and `User received` would stand on the same key of `Message` [say with `by` which relation of `Message` each is the other side of, or give one a `key`]",
    "received"
  ),
  (
    "Message belongsTo User as sender; Message belongsTo User as receiver; User hasMany Message",
    "error[relation.ambiguous]: `User messages` could be the other side of `sender` or `receiver` [say which: `User hasMany Message by sender`]",
    "Message"
  ),
  (
    "Message belongsTo User as sender; User hasMany Message; Message belongsTo User as receiver",
    "error[relation.ambiguous]: `User messages` could be the other side of `sender` or `receiver` [say which: `User hasMany Message by sender`]",
    "receiver"
  ),
  (
    "Product has user string; Product belongsTo User",
    "error[name.taken]: `Product user` is an attribute, so no relation can have that name [name the relation with `as`]",
    "Product belongsTo User"
  ),
  (
    "User has products string; Product belongsTo User",
    "error[name.taken]: `User products` is an attribute, so no relation can have that name [name that side: `User hasMany Product as …`]",
    "Product belongsTo User"
  ),
  (
    "Product belongsTo User; User has products string",
    "error[name.taken]: `User products` is a relation to `Product` [name the attribute otherwise, or the relation: `User hasMany Product as …`]",
    "products"
  ),
  (
    "Product belongsTo User; Product has user string",
    "error[name.taken]: `Product user` is a relation to `User` [name the attribute or the relation otherwise]",
    "user"
  ),
  (
    "Product belongsTo User as owner; Product belongsTo Company as owner",
    "error[name.taken]: `Product` would have two relations named `owner` [name the relation with `as`]",
    "owner"
  ),
  (
    "Product belongsTo User key ownerId; Product belongsTo Company key ownerId",
    "error[name.taken]: `Product user` and `Product company` would both have the key `ownerId` [give one of them another `key`]",
    "ownerId"
  ),
  (
    "Product belongsTo User as a key x; Product belongsTo User as b key x",
    "error[name.taken]: `Product a` and `Product b` would both have the key `x` [give one of them another `key`]",
    "x"
  ),
  (
    "User hasOne Cart; Cart hasOne User",
    "error[name.taken]: `User` would have two relations named `cart` [name that side: `User belongsTo Cart as …`]",
    "Cart hasOne User"
  ),
  (
    "User hasMany Product as things; User hasMany Order as things",
    "error[name.taken]: `User` would have two relations named `things` [name the relation with `as`]",
    "things"
  ),
  (
    "User hasMany Product through orders items; User hasMany Product",
    "error[name.taken]: `User` would have two relations named `products` [name the relation with `as`]",
    "User hasMany Product"
  ),
  (
    "Seat has row string key, number integer key; Ticket belongsTo Seat key a",
    "error[declaration.invalid]: `Seat` is pointed to by `row`, `number`, and `key` names 1 [name one column for each]",
    "a"
  ),
  (
    "A belongsToMany B through J; A belongsToMany B as c through J",
    "error[declaration.contradiction]: `A bs` and `A c` have the same keys in `J` [give one of them another junction, or other columns with `key` and `otherKey`]",
    "J"
  ),
  (
    "A belongsToMany B through J key x; B belongsToMany A through J otherKey y",
    "error[declaration.contradiction]: `A bs` and its other side name different keys: `x` and `y` [one side's `key` is the other side's `otherKey`]",
    "y"
  ),
  (
    "P belongsToMany P as a through J; P belongsToMany P as b through J; P belongsToMany P as c through J",
    "error[declaration.contradiction]: `J` already joins `P` with itself in both directions [say another model after `through`]",
    "J"
  ),
  (
    "J belongsToMany X through A; A belongsToMany B through J",
    "error[declaration.invalid]: the key of `A` would be made of itself [give it a key of its own: `A has id integer key`]",
    "A belongsToMany B through J"
  ),
  (
    "CartItem belongsTo Cart optional; Cart belongsToMany Product through CartItem",
    "error[declaration.contradiction]: `CartItem cart` is a key of a junction, where both keys are required [leave `optional` out]",
    "Cart belongsToMany Product through CartItem"
  ),
  (
    "CartItem belongsTo Cart onDelete set null; Cart belongsToMany Product through CartItem",
    "error[declaration.contradiction]: the key of `CartItem cart` is required, so `onDelete set null` cannot hold [say `restrict` or `cascade`]",
    "Cart belongsToMany Product through CartItem"
  ),
  (
    "Cart belongsToMany Product through CartItem; Cart belongsToMany Product through Other",
    "error[name.taken]: `Cart` would have two relations named `products` [name the relation with `as`]",
    "Cart belongsToMany Product through Other"
  ),
  (
    "Cart belongsToMany Product through CartItem (cart integer)",
    "error[name.taken]: `CartItem cart` is an attribute, so no relation can have that name [name the attribute otherwise]",
    "Cart belongsToMany Product through CartItem (cart integer)"
  ),
  (
    "Product belongsTo User as creator by made; User hasMany Product as made by maker",
    "error[declaration.contradiction]: the two sides of `Product creator` say different things: `by made` and `by maker` [say it on one side, or the same on both]",
    "maker"
  ),
]

@Suite struct AssociationErrorTests {
  @Test(arguments: refusals)
  func refuses(_ row: (sentences: String, error: String, marked: String)) {
    let telling = Telling(row.sentences)
    #expect(telling.errors.count == 1)
    let last = telling.lines.last?.split(separator: " | ").first.map(String.init)
    #expect(last == row.error)
    #expect(telling.marked == row.marked)
  }

  /// A refused sentence changes nothing.
  @Test(arguments: refusals)
  func leavesNothing(_ row: (sentences: String, error: String, marked: String)) {
    let sentences = row.sentences.split(separator: "; ")
    let before = Telling(sentences.dropLast().joined(separator: "; "))
    let after = Telling(row.sentences)
    #expect(after.relations == before.relations)
    #expect(after.graph.models.map(\.name) == before.graph.models.map(\.name))
    for model in before.graph.models {
      #expect(after.attributes(of: model.name) == before.attributes(of: model.name))
      #expect(after.ways(from: model.name) == before.ways(from: model.name))
    }
  }

  /// A contradiction shows the other line (LANGUAGE.md §4).
  @Test func showsBothLines() {
    let telling = Telling(
      "User hasMany Order onDelete cascade\nOrder belongsTo User onDelete restrict")
    let related = telling.errors.first?.related.first?.excerpt
    #expect(related?.text == "User hasMany Order onDelete cascade")
    #expect(related?.line == 1)
  }
}
