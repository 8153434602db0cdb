/// What a new package starts from: its rule, parameters and hooks, and a sample with tests that pass at once.
///
/// All read the columns of the file that `hookline init` makes, so that each runs in a new workspace as it is.
package struct PackageStart: Sendable {
    /// One sentence, for the manifest and the README.
    let description: String
    /// The manifest's `parameters:`, whole.
    let parameters: String
    /// The types of the model's columns, as a flow mapping.
    let columns: String
    /// The first rule of `where:`.
    let rule: String
    /// More lines of the manifest, each with its line break; empty for none.
    var more = ""
    /// The script, after the comment "-- Hooks of NAME. ".
    let hooks: String
    /// CSV with a header.
    let sample: String
    /// The cases, as YAML.
    let tests: String
    /// Files of `lookups/`.
    var lookups: [(file: String, text: String)] = []

    /// The starting points by name, in the order of help.
    package enum Name: String, CaseIterable, Sendable {
        case basic, breakdown, suppression, winback

        var start: PackageStart {
            switch self {
            case .basic: .basic
            case .breakdown: .breakdown
            case .suppression: .suppression
            case .winback: .winback
            }
        }
    }
}
