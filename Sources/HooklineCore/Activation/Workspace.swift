/// A folder with `hookline.yaml`: sources, destinations, shared models and segments, and where the ledger is.
package struct Workspace: Equatable, Sendable {
    /// The folder, an absolute path.
    package var root: String
    /// The ledger's file, an absolute path.
    package var ledgerPath: String
    package var sources: [String: SourceConfiguration]
    package var destinations: [String: Destination]
    /// The names of the activations in `activations/`, sorted.
    package var activationNames: [String]

    package init(
        root: String, ledgerPath: String, sources: [String: SourceConfiguration] = [:], destinations: [String: Destination] = [:],
        activationNames: [String] = []
    ) {
        self.root = root
        self.ledgerPath = ledgerPath
        self.sources = sources
        self.destinations = destinations
        self.activationNames = activationNames
    }
}
