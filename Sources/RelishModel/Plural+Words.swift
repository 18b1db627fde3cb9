// The nouns that no rule covers. Everything here is in small letters; `Plural` restores the case.

/// Which words go their own way between singular and plural.
enum PluralWords {
  /// Singular and plural of nouns that change within the word, or whose ending misleads.
  static let irregular: [(singular: String, plural: String)] = [
    // Old English and French
    ("foot", "feet"), ("tooth", "teeth"), ("goose", "geese"), ("mouse", "mice"), ("louse", "lice"),
    ("dormouse", "dormice"), ("woodlouse", "woodlice"), ("ox", "oxen"), ("man", "men"),
    ("die", "dice"),
    ("penny", "pennies"), ("quiz", "quizzes"), ("whiz", "whizzes"), ("fez", "fezzes"),
    ("topaz", "topazes"), ("plateau", "plateaux"), ("bureau", "bureaux"), ("gateau", "gateaux"),
    ("passerby", "passersby"), ("money", "money"), ("posse", "posses"),
    // -f, -fe
    ("leaf", "leaves"), ("loaf", "loaves"), ("sheaf", "sheaves"), ("thief", "thieves"),
    ("calf", "calves"), ("wharf", "wharves"), ("hoof", "hooves"), ("scarf", "scarves"),
    ("dwarf", "dwarves"), ("life", "lives"), ("elf", "elves"), ("wolf", "wolves"),
    ("werewolf", "werewolves"), ("afterlife", "afterlives"), ("cloverleaf", "cloverleaves"),
    // -us
    ("cactus", "cacti"), ("radius", "radii"), ("alumnus", "alumni"), ("stimulus", "stimuli"),
    ("nucleus", "nuclei"), ("fungus", "fungi"), ("syllabus", "syllabi"), ("bacillus", "bacilli"),
    ("locus", "loci"), ("genus", "genera"), ("corpus", "corpora"), ("opus", "opera"),
    // -um, -on, -a
    ("datum", "data"), ("medium", "media"), ("bacterium", "bacteria"), ("stratum", "strata"),
    ("curriculum", "curricula"), ("addendum", "addenda"), ("erratum", "errata"), ("ovum", "ova"),
    ("criterion", "criteria"), ("phenomenon", "phenomena"), ("automaton", "automata"),
    ("alga", "algae"), ("larva", "larvae"), ("vertebra", "vertebrae"), ("alumna", "alumnae"),
    ("schema", "schemas"), ("stigma", "stigmata"),
    // -ex, -ix
    ("matrix", "matrices"), ("vertex", "vertices"), ("vortex", "vortices"), ("codex", "codices"),
    ("appendix", "appendices"),
    // -is; the general rule knows -ysis and -thesis
    ("axis", "axes"), ("crisis", "crises"), ("diagnosis", "diagnoses"), ("prognosis", "prognoses"),
    ("oasis", "oases"), ("emphasis", "emphases"), ("synopsis", "synopses"),
    ("ellipsis", "ellipses"), ("neurosis", "neuroses"), ("psychosis", "psychoses"),
    ("nemesis", "nemeses"), ("genesis", "geneses"), ("testis", "testes"), ("basis", "bases"),
    ("metamorphosis", "metamorphoses"), ("symbiosis", "symbioses"), ("thrombosis", "thromboses"),
  ]

  /// Plurals that have a second, less usual form: read, never written.
  static let alsoPlural: [String: String] = [
    "indices": "index", "persons": "person", "foci": "focus", "octopi": "octopus",
    "formulae": "formula", "antennae": "antenna", "appendixes": "appendix", "schemata": "schema",
    "cactuses": "cactus", "vertexes": "vertex", "matrixes": "matrix", "bureaus": "bureau",
    "plateaus": "plateau", "syllabuses": "syllabus", "dwarfs": "dwarf", "hoofs": "hoof",
    "scarfs": "scarf", "fishes": "fish", "volcanos": "volcano", "mangos": "mango",
    "cargos": "cargo", "zeros": "zero", "criterions": "criterion", "curriculums": "curriculum",
    // Of the two singulars of one plural, the one that people name tables by.
    "bases": "base",
  ]

  /// Endings that inflect alike in compounds written as one word: `salesperson`, `bookshelf`.
  static let irregularEndings: [(singular: String, plural: String)] = [
    ("person", "people"), ("child", "children"), ("shelf", "shelves"), ("wife", "wives"),
    ("knife", "knives"), ("half", "halves"), ("self", "selves"), ("woman", "women"),
  ]

  /// The same in singular and plural.
  static let unchanging: Set<String> = [
    "sheep", "deer", "reindeer", "moose", "series", "species", "news", "salmon", "trout", "swine",
    "bison", "squid", "offspring", "staff", "equipment", "information", "rice", "metadata",
    "means", "headquarters", "jeans", "pants", "trousers", "scissors", "shorts", "pyjamas",
    "police", "cattle", "luggage", "baggage", "furniture", "feedback", "software", "hardware",
    "firmware", "middleware", "malware", "knowledge", "homework", "traffic", "weather", "advice",
    "evidence", "music", "garbage", "inertia", "barracks", "crossroads", "gallows", "chassis",
    "corps", "debris", "rendezvous", "kudos", "chaos", "physics", "mathematics", "economics",
    "politics", "athletics", "gymnastics", "analytics", "logistics", "electronics", "genetics",
    "linguistics", "diabetes", "rabies", "measles", "bluetooth", "gps", "sms", "dns", "css", "aws",
    "audio", "sushi", "spaghetti", "graffiti", "billiards", "mumps", "thanks", "multimedia",
  ]
  static let unchangingEndings = ["fish", "craft"]

  /// -man that is no man, -men that is no plural.
  static let notMan: Set<String> = [
    "human", "german", "roman", "norman", "shaman", "talisman", "caiman", "ottoman", "superhuman",
  ]
  static let notMen: Set<String> = [
    "specimen", "regimen", "acumen", "omen", "abdomen", "semen", "ramen", "stamen", "bitumen",
    "yemen", "hymen", "amen", "examen", "lumen", "rumen",
  ]

  /// -o with -es.
  static let oes: Set<String> = [
    "hero", "superhero", "antihero", "potato", "tomato", "echo", "veto", "torpedo", "embargo",
    "mosquito", "volcano", "buffalo", "domino", "cargo", "tornado", "mango", "zero", "negro",
    "motto", "tuxedo", "halo", "archipelago", "go", "no", "dingo",
  ]

  /// -ch said as k, with -s.
  static let hardCh: Set<String> = [
    "stomach", "monarch", "patriarch", "matriarch", "epoch", "eunuch", "loch", "tech", "czech",
    "fintech", "biotech", "oligarch",
  ]

  /// Singulars in -s that do not end in -ss, -us or -is.
  static let singularInS: Set<String> = [
    "gas", "alias", "bias", "canvas", "atlas", "pancreas", "christmas", "lens", "cosmos", "pathos",
    "ethos", "rhinoceros", "asbestos", "yes", "biogas", "pampas", "thermos", "ananas", "madras",
    "mars", "as", "os", "ms", "texas", "kansas",
  ]

  /// Nouns in -u and -i, whose plurals look like singulars in -us and -is.
  static let inUOrI: Set<String> = [
    "menu", "submenu", "guru", "emu", "gnu", "haiku", "sku", "cpu", "gpu", "tofu", "tutu", "bayou",
    "caribou", "thou", "flu", "zebu", "milieu", "adieu", "ecu", "tiramisu", "iglu", "ski", "taxi",
    "kiwi", "safari", "alibi", "emoji", "wiki", "bikini", "api", "uri", "ui", "gui", "poi", "yeti",
    "zucchini", "kpi", "pi", "phi", "chi", "psi", "rabbi", "khaki", "jacuzzi", "tsunami", "origami",
    "salami", "martini", "panini", "hi", "semi", "mini", "maxi", "roti", "samurai", "bonsai",
    "cadi", "combi", "wadi", "okapi", "pepperoni", "confetti", "paparazzi", "deli", "obi",
  ]

  /// -use that keeps its e: `causes` is `cause`, while `statuses` is `status`.
  static let use: Set<String> = [
    "use", "reuse", "misuse", "abuse", "fuse", "muse", "ruse", "excuse", "recluse", "hypotenuse",
    "refuse", "recuse", "profuse", "defuse", "diffuse",
  ]

  /// Nouns in -che, whose plurals look like those of nouns in -ch.
  static let che: Set<String> = [
    "cache", "ache", "headache", "toothache", "niche", "avalanche", "creche", "quiche", "brioche",
    "moustache", "mustache", "psyche", "pastiche", "cliche", "heartache", "backache", "porsche",
    "douche", "gouache", "panache", "tranche", "apache", "attache", "cartouche",
  ]

  /// Nouns in -ie, whose plurals look like those of nouns in -y.
  static let ie: Set<String> = [
    "cookie", "movie", "zombie", "selfie", "calorie", "tie", "pie", "lie", "brownie", "genie",
    "rookie", "smoothie", "birdie", "hoodie", "prairie", "collie", "hippie", "budgie", "goalie",
    "groupie", "indie", "junkie", "lingerie", "magpie", "menagerie", "newbie", "pixie", "quickie",
    "sortie", "sweetie", "techie", "veggie", "wheelie", "yuppie", "patisserie", "rotisserie",
    "brasserie", "boogie", "bogie", "auntie", "beanie", "bookie", "foodie", "roadie", "oldie",
    "freebie", "doggie", "necktie", "zombie", "eerie", "walkie", "talkie", "cutie",
    "onesie", "barbie", "cowrie", "camaraderie", "reverie", "specie", "townie", "untie", "valkyrie",
  ]

  /// -is with -es: not Greek.
  static let isWithEs: Set<String> = [
    "iris", "tennis", "ibis", "pelvis", "trellis", "metropolis", "clitoris", "penis", "pubis",
    "bis", "portcullis", "megalopolis", "necropolis", "tigris", "cannabis", "mantis", "dais",
  ]

  static let pluralOf: [String: String] = Dictionary(
    irregular.map { ($0.singular, $0.plural) }, uniquingKeysWith: { first, _ in first })
  static let singularOf: [String: String] = Dictionary(
    irregular.map { ($0.plural, $0.singular) } + alsoPlural.map { ($0.key, $0.value) },
    uniquingKeysWith: { _, last in last })
}
