/// What an activation is read for: what that does not need may be missing.
package enum ActivationPurpose: Sendable {
    /// To run: everything must be there.
    case run
    /// To read its source and send nothing: references of the destination may stand for nothing now, and the workspace may bind
    /// names that only another version has.
    case reading
    /// To work on samples: beside the destination's references, the source's file may be missing, and this build need not read its kind.
    case offline
}
