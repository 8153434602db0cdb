/// A folder with a `hookline.yaml`, which defines sources, destinations and the location of the ledger.
package struct Workspace: Equatable, Sendable {
    /// The path of the folder, absolute.
    package var root: String
    /// The path of the ledger, absolute.
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
