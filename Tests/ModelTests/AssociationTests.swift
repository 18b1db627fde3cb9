import Testing

/// Sentences and the facts that they are answered with; notes are not looked at here.
private let facts: [(sentences: String, facts: [String])] = [
  (
    "Product belongsTo User onDelete cascade; User hasMany Product",
    [
      "products.userId → users.id, optional, on delete cascade, on update cascade (Product user · User products)",
      "products.userId → users.id, optional, on delete cascade, on update cascade (Product user · User products)",
    ]
  ),
  // The order of the two sides makes no difference (SEQUELIZE.md §3).
  (
    "User hasMany Product; Product belongsTo User onDelete cascade required",
    [
      "products.userId → users.id, optional, on delete set null, on update cascade (Product user · User products)",
      "products.userId → users.id, required, on delete cascade, on update cascade (Product user · User products)",
    ]
  ),
  (
    "User hasMany Product required; Product belongsTo User onUpdate restrict",
    [
      "products.userId → users.id, required, on delete restrict, on update cascade (Product user · User products)",
      "products.userId → users.id, required, on delete restrict, on update restrict (Product user · User products)",
    ]
  ),
  // The same side again changes it; what is not said again stays.
  (
    "Product belongsTo User onDelete cascade; Product belongsTo User required; Product belongsTo User onDelete restrict optional",
    [
      "products.userId → users.id, optional, on delete cascade, on update cascade (Product user · User products)",
      "products.userId → users.id, required, on delete cascade, on update cascade (Product user · User products)",
      "products.userId → users.id, optional, on delete restrict, on update cascade (Product user · User products)",
    ]
  ),
  (
    "User hasMany Cart; User hasOne Cart; User hasMany Cart",
    [
      "carts.userId → users.id, optional, on delete set null, on update cascade (Cart user · User carts)",
      "carts.userId → users.id, optional, unique, on delete set null, on update cascade (Cart user · User cart)",
      "carts.userId → users.id, optional, on delete set null, on update cascade (Cart user · User carts)",
    ]
  ),
  (
    "Product belongsTo User unconstrained; Product belongsTo User onDelete cascade; Product belongsTo User unconstrained",
    [
      "products.userId → users.id, optional, no foreign key (Product user · User products)",
      "products.userId → users.id, optional, on delete cascade, on update cascade (Product user · User products)",
      "products.userId → users.id, optional, no foreign key (Product user · User products)",
    ]
  ),
  // One option on each side.
  (
    "Product belongsTo User as creator; User hasMany Product as made onDelete restrict; Product belongsTo User as creator onUpdate no action",
    [
      "products.creatorId → users.id, optional, on delete set null, on update cascade (Product creator · User products)",
      "products.creatorId → users.id, optional, on delete restrict, on update cascade (Product creator · User made)",
      "products.creatorId → users.id, optional, on delete restrict, on update no action (Product creator · User made)",
    ]
  ),
  (
    "Product belongsTo User key ownerId; User hasMany Product onDelete cascade",
    [
      "products.ownerId → users.id, optional, on delete set null, on update cascade (Product user · User products)",
      "products.ownerId → users.id, optional, on delete cascade, on update cascade (Product user · User products)",
    ]
  ),
  (
    "User hasMany Product key ownerId; Product belongsTo User as owner required",
    [
      "products.ownerId → users.id, optional, on delete set null, on update cascade (Product owner · User products)",
      "products.ownerId → users.id, required, on delete restrict, on update cascade (Product owner · User products)",
    ]
  ),
  // Two relations on two keys, said by `hasMany` alone.
  (
    "User hasMany Message as sent key senderId; User hasMany Message as received key receiverId",
    [
      "messages.senderId → users.id, optional, on delete set null, on update cascade (Message sender · User sent)",
      "messages.receiverId → users.id, optional, on delete set null, on update cascade (Message receiver · User received)",
    ]
  ),
  // `to` and `as` on a hasMany change nothing about the key's name.
  (
    "User has email string(80) unique; User hasMany Product as stock to email",
    [
      "users: email string(80) unique",
      "products.userId → users.email, optional, on delete set null, on update cascade (Product user · User stock)",
    ]
  ),
  // Several relations between one pair.
  (
    "Document belongsTo User as creator; Document belongsTo User; Document belongsTo User as editor; User hasMany Document as edited by editor",
    [
      "documents.creatorId → users.id, optional, on delete set null, on update cascade (Document creator · User documents)",
      "documents.userId → users.id, optional, on delete set null, on update cascade (Document user · User documents)",
      "documents.editorId → users.id, optional, on delete set null, on update cascade (Document editor · User editorDocuments)",
      "documents.editorId → users.id, optional, on delete set null, on update cascade (Document editor · User edited)",
    ]
  ),
  // Self relations, and circles.
  (
    "Category belongsTo Category as parent; Category hasMany Category as children by parent",
    [
      "categories.parentId → categories.id, optional, on delete set null, on update cascade (Category parent · Category categories)",
      "categories.parentId → categories.id, optional, on delete set null, on update cascade (Category parent · Category children)",
    ]
  ),
  (
    "User belongsTo Team; Team belongsTo User as captain unique",
    [
      "users.teamId → teams.id, optional, on delete set null, on update cascade (User team · Team users)",
      "teams.captainId → users.id, optional, unique, on delete set null, on update cascade (Team captain · User captainTeam)",
    ]
  ),
  // Keys of other kinds.
  (
    "User has code string(5) key; Product belongsTo User",
    [
      "users: code string(5) key",
      "products.userCode → users.code, optional, on delete set null, on update cascade (Product user · User products)",
    ]
  ),
  (
    "Seat has row string(1) key, number integer key; Ticket belongsTo Seat; Ticket belongsTo Seat as spare key spareRow, spareNo",
    [
      "seats: row string(1) key, number integer key",
      "tickets(seatRow, seatNumber) → seats(row, number), optional, on delete set null, on update cascade (Ticket seat · Seat tickets)",
      "tickets(spareRow, spareNo) → seats(row, number), optional, on delete set null, on update cascade (Ticket spare · Seat spareTickets)",
    ]
  ),
  (
    "Profile has userId integer key, bio text; Profile belongsTo User onDelete cascade",
    [
      "profiles: userId integer key, bio text",
      "profiles.userId → users.id, required, unique, on delete cascade, on update cascade (Profile user · User profile)",
    ]
  ),
  (
    "Product has USERID integer required; Product belongsTo User",
    [
      "products: USERID integer required",
      "products.USERID → users.id, required, on delete restrict, on update cascade (Product user · User products)",
    ]
  ),
  // n–m relations.
  (
    "Student belongsToMany Course through Enrollment onDelete restrict; Course belongsToMany Student as attendees through Enrollment",
    [
      "enrollments.studentId → students.id, required, on delete restrict, on update cascade (Enrollment student · Student enrollments)",
      "enrollments.courseId → courses.id, required, on delete cascade, on update cascade (Enrollment course · Course enrollments)",
      "Student courses · Course students, through Enrollment",
      "enrollments.courseId → courses.id, required, on delete cascade, on update cascade (Enrollment course · Course enrollments)",
      "enrollments.studentId → students.id, required, on delete restrict, on update cascade (Enrollment student · Student enrollments)",
      "Course attendees · Student courses, through Enrollment",
    ]
  ),
  (
    "Student belongsToMany Course through Enrollment key pupil otherKey subject unconstrained",
    [
      "enrollments.pupil → students.id, required, no foreign key (Enrollment student · Student enrollments)",
      "enrollments.subject → courses.id, required, on delete cascade, on update cascade (Enrollment course · Course enrollments)",
      "Student courses · Course students, through Enrollment",
    ]
  ),
  (
    "CartItem belongsTo Cart onDelete restrict; Cart belongsToMany Product through CartItem (quantity integer default 1)",
    [
      "cartItems.cartId → carts.id, optional, on delete restrict, on update cascade (CartItem cart · Cart cartItems)",
      "cartItems.cartId → carts.id, required, on delete restrict, on update cascade (CartItem cart · Cart cartItems)",
      "cartItems.productId → products.id, required, on delete cascade, on update cascade (CartItem product · Product cartItems)",
      "Cart products · Product carts, through CartItem",
    ]
  ),
  (
    "Person belongsToMany Person as friends through Friendship",
    [
      "friendships.personId → people.id, required, on delete cascade, on update cascade (Friendship person · Person friendships)",
      "friendships.friendId → people.id, required, on delete cascade, on update cascade (Friendship friend · Person friendFriendships)",
      "Person friends, through Friendship",
    ]
  ),
  // Both sides of a self n–m, without keys: one column each (SEQUELIZE.md §6 makes one of both).
  (
    "Task belongsToMany Task as blockers through Block; Task belongsToMany Task as blocked through Block",
    [
      "blocks.taskId → tasks.id, required, on delete cascade, on update cascade (Block task · Task blocks)",
      "blocks.blockerId → tasks.id, required, on delete cascade, on update cascade (Block blocker · Task blockerBlocks)",
      "Task blockers, through Block",
      "blocks.blockedId → tasks.id, required, on delete cascade, on update cascade (Block blocked · Task blockedBlocks)",
      "blocks.blockerId → tasks.id, required, on delete cascade, on update cascade (Block blocker · Task blockerBlocks)",
      "Task blocked · Task blockers, through Block",
    ]
  ),
  (
    "Student belongsToMany Course through Enrollment; Student belongsToMany Course as favourites through Favourite",
    [
      "enrollments.studentId → students.id, required, on delete cascade, on update cascade (Enrollment student · Student enrollments)",
      "enrollments.courseId → courses.id, required, on delete cascade, on update cascade (Enrollment course · Course enrollments)",
      "Student courses · Course students, through Enrollment",
      "favourites.studentId → students.id, required, on delete cascade, on update cascade (Favourite student · Student studentFavourites)",
      "favourites.courseId → courses.id, required, on delete cascade, on update cascade (Favourite course · Course favourites)",
      "Student favourites · Course favouriteStudents, through Favourite",
    ]
  ),
  (
    "User hasMany Product as bought through orders orderItems product",
    ["User bought = orders → orderItems → product (a walk to Product, no column)"]
  ),
  (
    "User hasMany Product as made by maker; Product belongsTo User as maker",
    [
      "User made waits for `Product maker`",
      "products.makerId → users.id, optional, on delete set null, on update cascade (Product maker · User made)",
    ]
  ),
]

@Suite struct AssociationTests {
  @Test(arguments: facts)
  func answersTheFact(_ row: (sentences: String, facts: [String])) {
    let telling = Telling(row.sentences)
    #expect(telling.lines.filter { !$0.hasPrefix("note: ") } == row.facts)
  }
}
