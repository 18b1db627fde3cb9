/// The version that `relish -V` and the banner tell.
package enum Version {
  package static let text = "0.1.0"
}
