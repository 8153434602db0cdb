/// What shows that a source has not changed, without reading its rows: `probe:` of a model.
package enum SourceProbe: Equatable, Sendable {
    /// The content of the source's own files.
    case files
    /// All that a query of the source returns.
    case query(String)
}

/// What a run learned from a probe, in its report.
package struct ProbeRecord: Codable, Equatable, Sendable {
    /// A digest of what the probe found; nil if the source changed at that moment.
    package var value: String?
    /// A digest of everything else that a run follows from: files, settings, parameters, the day, this version of Hookline.
    package var basis: String
    /// When the run began that last read the rows, in Unix seconds.
    package var since: Int64
    /// Why this run read the rows although there is a probe; nil if it did not.
    package var reason: String?

    package init(value: String?, basis: String, since: Int64, reason: String? = nil) {
        self.value = value
        self.basis = basis
        self.since = since
        self.reason = reason
    }
}
