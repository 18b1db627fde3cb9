import Foundation
import Testing

@testable import RelishLanguage

@Suite("Decimals")
struct DecimalTests {
  @Test(
    "a number as written",
    arguments: [
      ("0", "0"), ("-0", "0"), ("007", "7"), ("12.50", "12.50"), ("-12.50", "-12.50"),
      (".5", "0.5"), ("0.00", "0.00"), ("0.050", "0.050"), ("1e3", "1000"), ("1.5e3", "1500"),
      ("1.5e-3", "0.0015"), ("12.345e1", "123.45"), ("0e5", "0"), ("0e-2", "0.00"),
      ("123456789012345678901234567890.1", "123456789012345678901234567890.1"),
    ])
  func parsed(text: String, written: String) {
    #expect(Number(text)?.description == written)
  }

  @Test(
    "what is no number",
    arguments: [
      "", "-", ".", "1e", "1e+", "e5", "1.2.3", "1a", "--1", "1-", "1e5.0", "1e999999999",
      "1e-999999999", "1e99999999999999999999999", String(repeating: "9", count: 1001),
    ])
  func refused(text: String) {
    #expect(Number(text) == nil)
  }

  @Test(
    "rounding halves away from zero",
    arguments: [
      ("1.25", 1, "1.3"), ("-1.25", 1, "-1.3"), ("1.24", 1, "1.2"), ("9.99", 1, "10.0"),
      ("0.04", 1, "0.0"), ("-0.04", 1, "0.0"), ("0.05", 1, "0.1"), ("0.005", 1, "0.0"),
      ("0.5", 0, "1"), ("0.4", 0, "0"), ("5", 2, "5.00"), ("0", 2, "0.00"), ("99.5", 0, "100"),
    ])
  func rounded(text: String, scale: Int, result: String) throws {
    let decimal = try #require(Number(text))
    #expect(decimal.rounded(toScale: scale).description == result)
  }

  @Test("order by value")
  func order() throws {
    let ascending = ["-10", "-9.99", "-0.5", "0", "0.05", "0.5", "1.5", "1.51", "2", "10", "1e3"]
      .compactMap { Number($0) }
    #expect(ascending.count == 11)
    for (index, left) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() {
        #expect((left < right) == (index < other))
      }
    }
    let (short, long) = (Number("1.5"), Number("1.50"))
    #expect(try #require(short).equals(try #require(long)))
  }

  @Test("the nearest binary number")
  func double() throws {
    var random = SplitMix(seed: 7)
    for _ in 0..<2_000 {
      let digits = String(random.next() >> UInt64.random(in: 0...50, using: &random))
      let point = Int.random(in: 0...digits.count, using: &random)
      let text =
        "\(digits.prefix(point)).\(digits.dropFirst(point))e\(Int.random(in: -40...40, using: &random))"
      let decimal = try #require(Number(text), "\(text)")
      #expect(decimal.doubleValue == Foundation.strtod(text, nil), "\(text)")
      #expect(decimal.negated.negated == decimal)
    }
    #expect(try #require(Number("1e400")).doubleValue == .infinity)
    #expect(try #require(Number("1e-400")).doubleValue == 0)
  }
}

/// A small generator whose numbers are the same on every run (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
