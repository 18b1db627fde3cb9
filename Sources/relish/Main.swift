import ArgumentParser
import CLibedit
import RelishDrivers
import RelishLanguage
import RelishShell

@main
struct Relish: ParsableCommand {
  @Option(name: [.customShort("c"), .customLong("command")]) var commands: [String] = []

  mutating func run() throws {}
}
