import FoundationEssentials
import RelishLanguage
import RelishModel
import Support
import Testing

/// LANGUAGE.md §5: `save` writes the model as sentences which rebuild it exactly.
struct SaveTests {
  /// Seeds of generated models; the seed of a failing one is in its name.
  @Test(arguments: 1...400)
  func generatedModels(seed: Int) {
    var models = RandomModels(seed: UInt64(seed))
    let script = models.script()
    let walks = Self.walks(over: BuiltGraph(script).graph, seed: UInt64(seed))
    expectRoundTrip(BuiltGraph(([script] + walks).joined(separator: "\n")))
  }

  /// Sentences that name walks of two or three steps along relations of the graph.
  private static func walks(over graph: ModelGraph, seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    var lines: [String] = []
    for (number, start) in graph.models.enumerated() where Bool.random(using: &generator) {
      var (model, hops, isToMany) = (start, [String](), false)
      for _ in 0..<Int.random(in: 2...3, using: &generator) {
        guard let step = model.associations.randomElement(using: &generator),
          let next = graph.model(named: step.target)
        else { break }
        hops.append("`\(step.name)`")
        isToMany = isToMany || step.isToMany
        model = next
      }
      guard hops.count > 1 else { continue }
      let verb = isToMany ? "hasMany" : "hasOne"
      lines.append(
        "`\(start.name)` \(verb) `\(model.name)` as way\(number)"
          + " through \(hops.joined(separator: " "))")
    }
    return lines
  }

  @Test(arguments: ["shop", "school", "blog"])
  func examples(name: String) throws {
    let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let script = try String(contentsOfFile: "/\(path)/examples/\(name).relish", encoding: .utf8)
    let built = BuiltGraph(script)
    #expect(built.refused.isEmpty, "\(built.refused)")
    #expect(built.graph.models.count > 4)
    expectRoundTrip(built)
  }

  private func expectRoundTrip(_ built: BuiltGraph) {
    // `save` refuses what is not finished, as a `by` that names nothing.
    guard (try? built.builder.validate()) != nil else { return }
    let saved = Sentences.save(built.graph)
    let again = BuiltGraph(saved)
    let refused = again.refused.map { "\($0.line) -- \($0.diagnostic.message)" }
    let difference = difference(GraphDump.text(built.graph), GraphDump.text(again.graph))
    // What is saved of the saved is the same text.
    let isStable = Sentences.save(again.graph) == saved
    guard refused.isEmpty, difference.isEmpty, isStable else {
      let problems = (refused + difference).joined(separator: "\n")
      let taken = built.sentences.joined(separator: "\n")
      Issue.record("\n\(problems)\n--- said\n\(taken)\n--- saved\n\(saved)")
      return
    }
  }

  /// The lines that only one of the texts has, or nothing but the order where that differs.
  private func difference(_ before: String, _ after: String) -> [String] {
    guard before != after else { return [] }
    let (old, new) = (before.split(separator: "\n"), after.split(separator: "\n"))
    let lost = old.filter { !new.contains($0) }.map { "- \($0)" }
    let gained = new.filter { !old.contains($0) }.map { "+ \($0)" }
    return lost.isEmpty && gained.isEmpty ? ["other order:", before, after] : lost + gained
  }
}
