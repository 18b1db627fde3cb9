import RelishModel
import Testing

/// LANGUAGE.md §3: plurals follow English.
struct PluralTests {
  @Test(arguments: PluralTests.nouns)
  func bothWays(singular: String, plural: String) {
    #expect(Plural.plural(of: singular) == plural)
    #expect(Plural.singular(of: plural) == singular)
  }

  /// A name that has the number asked for already stays: `model Users` names the table `users`.
  @Test(arguments: PluralTests.nouns)
  func alreadyThere(singular: String, plural: String) {
    #expect(Plural.plural(of: plural) == plural)
    #expect(Plural.singular(of: singular) == singular)
    #expect(Plural.matches(singular, plural))
    #expect(Plural.matches(plural, singular))
  }

  @Test func theTableIsLarge() { #expect(Self.nouns.count >= 150) }

  @Test(arguments: [
    ("indices", "index"), ("persons", "person"), ("foci", "focus"), ("fishes", "fish"),
    ("cactuses", "cactus"), ("schemata", "schema"), ("bases", "base"),
  ])
  func secondPlurals(plural: String, singular: String) {
    #expect(Plural.singular(of: plural) == singular)
  }

  @Test(arguments: [
    ("product", "user"), ("product", "Product"), ("users", "use"), ("bus", "bu"),
    ("lens", "len"), ("gas", "ga"),
  ])
  func otherWords(left: String, right: String) { #expect(!Plural.matches(left, right)) }

  @Test func basisAndBaseShareAPlural() {
    #expect(Plural.plural(of: "Basis") == "Bases")
    #expect(Plural.matches("basis", "bases"))
    #expect(Plural.matches("base", "bases"))
  }

  @Test(arguments: ["", "_", "1", "$$", "é", "日本語", "GPS", "OS"])
  func oddNamesAreNoTrouble(name: String) {
    #expect(Plural.singular(of: Plural.plural(of: name)) == Plural.singular(of: name))
  }

  /// Those that the tool before got wrong (SEQUELIZE.md §7) come first.
  static let nouns: [(String, String)] = [
    ("Fish", "Fish"), ("Hero", "Heroes"), ("Leaf", "Leaves"), ("Cafe", "Cafes"), ("Safe", "Safes"),
    ("Buzz", "Buzzes"), ("Echo", "Echoes"), ("Moose", "Moose"), ("Staff", "Staff"),
    ("Phenomenon", "Phenomena"), ("Foot", "Feet"), ("Tooth", "Teeth"), ("Goose", "Geese"),
    ("Genus", "Genera"), ("Cactus", "Cacti"), ("Focus", "Focuses"), ("Radius", "Radii"),
    ("Lens", "Lenses"), ("Bias", "Biases"), ("Gas", "Gases"), ("Corpus", "Corpora"),
    ("Plus", "Pluses"), ("UserNews", "UserNews"), ("analysis", "analyses"), ("cookie", "cookies"),
    ("cache", "caches"), ("leaf", "leaves"),
    ("Person", "People"), ("Child", "Children"), ("Category", "Categories"), ("Box", "Boxes"),
    ("Bus", "Buses"), ("Status", "Statuses"), ("Quiz", "Quizzes"), ("Mouse", "Mice"),
    ("Datum", "Data"), ("Criterion", "Criteria"), ("Analysis", "Analyses"), ("News", "News"),
    ("Series", "Series"), ("UserPerson", "UserPeople"),
    ("PurchaseOrderChild", "PurchaseOrderChildren"), ("Alias", "Aliases"), ("Knife", "Knives"),
    // Compounds, abbreviations, case
    ("OrderItem", "OrderItems"), ("CartItem", "CartItems"), ("order_item", "order_items"),
    ("sales_category", "sales_categories"), ("APIKey", "APIKeys"), ("API", "APIs"),
    ("UserID", "UserIDs"), ("SKU", "SKUs"), ("CPU", "CPUs"), ("GPS", "GPS"), ("DNS", "DNS"),
    ("ORDER_ITEM", "ORDER_ITEMS"), ("SALES_PERSON", "SALES_PEOPLE"), ("Order Line", "Order Lines"),
    ("Address2", "Address2s"), ("Café", "Cafés"), ("Straße", "Straßes"), ("_user", "_users"),
    ("Salesperson", "Salespeople"), ("Bookshelf", "Bookshelves"), ("Housewife", "Housewives"),
    ("Grandchild", "Grandchildren"), ("Policewoman", "Policewomen"), ("Fireman", "Firemen"),
    ("Jellyfish", "Jellyfish"), ("Spacecraft", "Spacecraft"),
    // -s, -x, -z, -ch, -sh
    ("Class", "Classes"), ("Address", "Addresses"), ("Business", "Businesses"),
    ("Process", "Processes"), ("Access", "Accesses"), ("Glass", "Glasses"), ("Campus", "Campuses"),
    ("Census", "Censuses"), ("Virus", "Viruses"), ("Bonus", "Bonuses"), ("Canvas", "Canvases"),
    ("Atlas", "Atlases"), ("Iris", "Irises"), ("Tax", "Taxes"), ("Index", "Indexes"),
    ("Prefix", "Prefixes"), ("Fax", "Faxes"), ("Waltz", "Waltzes"), ("Branch", "Branches"),
    ("Batch", "Batches"), ("Match", "Matches"), ("Church", "Churches"), ("Search", "Searches"),
    ("Stomach", "Stomachs"), ("Epoch", "Epochs"), ("Dish", "Dishes"), ("Wish", "Wishes"),
    ("Brush", "Brushes"),
    // -e before s
    ("House", "Houses"), ("Warehouse", "Warehouses"), ("Case", "Cases"), ("Phase", "Phases"),
    ("Database", "Databases"), ("Purchase", "Purchases"), ("Release", "Releases"),
    ("Course", "Courses"), ("Nurse", "Nurses"), ("Cause", "Causes"), ("Clause", "Clauses"),
    ("Use", "Uses"), ("Excuse", "Excuses"), ("Promise", "Promises"), ("Exercise", "Exercises"),
    ("License", "Licenses"), ("Response", "Responses"), ("Expense", "Expenses"),
    ("Purpose", "Purposes"), ("Size", "Sizes"), ("Prize", "Prizes"), ("Image", "Images"),
    ("Page", "Pages"), ("Language", "Languages"), ("Message", "Messages"), ("Invoice", "Invoices"),
    ("Price", "Prices"), ("Device", "Devices"), ("Place", "Places"), ("Archive", "Archives"),
    ("Wave", "Waves"), ("Curve", "Curves"), ("Olive", "Olives"), ("Incentive", "Incentives"),
    ("Value", "Values"), ("Queue", "Queues"), ("Shoe", "Shoes"), ("Canoe", "Canoes"),
    ("Niche", "Niches"), ("Movie", "Movies"), ("Hoodie", "Hoodies"), ("Tie", "Ties"),
    ("Zombie", "Zombies"), ("Employee", "Employees"), ("Fee", "Fees"),
    // -y
    ("City", "Cities"), ("Country", "Countries"), ("Company", "Companies"), ("Key", "Keys"),
    ("Day", "Days"), ("Survey", "Surveys"), ("Boy", "Boys"), ("Query", "Queries"),
    ("Inventory", "Inventories"), ("Reply", "Replies"), ("Soliloquy", "Soliloquies"),
    ("Story", "Stories"), ("Activity", "Activities"),
    // -f, -fe
    ("Shelf", "Shelves"), ("Wife", "Wives"), ("Life", "Lives"), ("Half", "Halves"),
    ("Wolf", "Wolves"), ("Thief", "Thieves"), ("Loaf", "Loaves"), ("Roof", "Roofs"),
    ("Chief", "Chiefs"), ("Proof", "Proofs"), ("Tariff", "Tariffs"), ("Giraffe", "Giraffes"),
    // -o
    ("Potato", "Potatoes"), ("Tomato", "Tomatoes"), ("Photo", "Photos"), ("Video", "Videos"),
    ("Piano", "Pianos"), ("Logo", "Logos"), ("Memo", "Memos"), ("Studio", "Studios"),
    ("Radio", "Radios"), ("Todo", "Todos"), ("Veto", "Vetoes"), ("Cargo", "Cargoes"),
    // Latin and Greek
    ("Alumnus", "Alumni"), ("Syllabus", "Syllabi"), ("Nucleus", "Nuclei"),
    ("Stimulus", "Stimuli"), ("Fungus", "Fungi"), ("Medium", "Media"), ("Bacterium", "Bacteria"),
    ("Curriculum", "Curricula"), ("Museum", "Museums"), ("Album", "Albums"), ("Forum", "Forums"),
    ("Matrix", "Matrices"), ("Vertex", "Vertices"), ("Appendix", "Appendices"),
    ("Crisis", "Crises"), ("Thesis", "Theses"), ("Hypothesis", "Hypotheses"), ("Axis", "Axes"),
    ("Diagnosis", "Diagnoses"), ("Basic", "Basics"), ("Synopsis", "Synopses"),
    ("Schema", "Schemas"), ("Formula", "Formulas"), ("Camera", "Cameras"), ("Idea", "Ideas"),
    ("Area", "Areas"), ("Quota", "Quotas"), ("Visa", "Visas"), ("Pizza", "Pizzas"),
    // -man, -men, -i, -u
    ("Man", "Men"), ("Woman", "Women"), ("Human", "Humans"), ("German", "Germans"),
    ("Specimen", "Specimens"), ("Menu", "Menus"), ("Guru", "Gurus"), ("Taxi", "Taxis"),
    ("Ski", "Skis"), ("Alibi", "Alibis"), ("Wiki", "Wikis"), ("Emoji", "Emojis"),
    // Unchanging and irregular
    ("Sheep", "Sheep"), ("Deer", "Deer"), ("Species", "Species"), ("Aircraft", "Aircraft"),
    ("Equipment", "Equipment"), ("Information", "Information"), ("Software", "Software"),
    ("Feedback", "Feedback"), ("Metadata", "Metadata"), ("Headquarters", "Headquarters"),
    ("Ox", "Oxen"), ("Die", "Dice"), ("Penny", "Pennies"),
    // Plain
    ("User", "Users"), ("Product", "Products"), ("Cart", "Carts"), ("Order", "Orders"),
    ("Tag", "Tags"), ("Comment", "Comments"), ("Post", "Posts"), ("Track", "Tracks"),
    ("Artist", "Artists"), ("Genre", "Genres"), ("Playlist", "Playlists"), ("Topic", "Topics"),
    ("Metric", "Metrics"), ("Event", "Events"), ("Ticket", "Tickets"), ("Seat", "Seats"),
  ]
}
