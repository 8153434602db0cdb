/// What an activation is read for. What the purpose does not need may be missing.
package enum ActivationPurpose: Sendable {
    /// To run: everything must be there.
    case run
    /// To read its source and send nothing: references of the destination may be unresolved, and the workspace may bind names that only
    /// another version of the package has.
    case reading
    /// To work on samples: as for reading, and the source's file may be missing or of a kind that this build can't read.
    case offline
}
