// swift-tools-version: 6.2
import PackageDescription

// One direction: each target may use only the targets to its left.
// RelishLanguage → RelishModel → RelishSQL → RelishDrivers → RelishShell → relish
let package = Package(
  name: "relish",
  products: [.executable(name: "relish", targets: ["relish"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "CLibedit", exclude: ["link"], linkerSettings: [.linkedLibrary("edit")]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "RelishLanguage"),
    .target(name: "RelishModel", dependencies: ["RelishLanguage"]),
    .target(name: "RelishSQL", dependencies: ["RelishLanguage", "RelishModel"]),
    .target(
      name: "RelishDrivers",
      dependencies: ["RelishLanguage", "RelishModel", "RelishSQL", "CSQLite"]),
    .target(
      name: "RelishShell",
      dependencies: ["RelishLanguage", "RelishModel", "RelishSQL", "RelishDrivers"]),
    .executableTarget(
      name: "relish",
      dependencies: [
        "RelishLanguage", "RelishShell", "RelishDrivers", "CLibedit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // Without relocations, and with its own copy of what the static Swift library needs of libstdc++
      // and libgcc (`link` makes -lstdc++ the archive), the static binary starts a third sooner.
      // Functions that usual runs call lie side by side (`order`, made by Tests/link-order; what it names
      // and is not there does no harm): of the others, the most of the binary, no page is ever read.
      linkerSettings: [
        .unsafeFlags(
          [
            "-L\(Context.packageDirectory)/Sources/CLibedit/link",
            "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc",
            "-use-ld=lld", "-Xlinker", "--no-warn-symbol-ordering", "-Xlinker",
            "--symbol-ordering-file=\(Context.packageDirectory)/Sources/CLibedit/link/order",
          ], .when(platforms: [.linux], configuration: .release))
      ]),
    .target(name: "Support", dependencies: ["RelishLanguage"], path: "Tests/Support"),
    .testTarget(name: "LanguageTests", dependencies: ["RelishLanguage", "Support"]),
    .testTarget(name: "ModelTests", dependencies: ["RelishLanguage", "RelishModel", "Support"]),
    .testTarget(
      name: "SQLTests",
      dependencies: ["RelishLanguage", "RelishModel", "RelishSQL", "RelishDrivers", "Support"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "DriverTests",
      dependencies: [
        "RelishLanguage", "RelishModel", "RelishSQL", "RelishDrivers", "CSQLite", "Support",
      ]),
    .testTarget(
      name: "ShellTests",
      dependencies: [
        "RelishLanguage", "RelishModel", "RelishSQL", "RelishDrivers", "RelishShell", "Support",
        "relish",
      ],
      exclude: ["Goldens"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CLibedit" {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
