import CodedErrors

/// Script errors that `drop` and `keep` forgive, up to a limit.
struct ForgivenErrors {
    /// How many messages are kept.
    static let samplesKept = 5

    let allowed: Int
    private(set) var count = 0
    private(set) var samples: [String] = []

    init(allowed: Int) {
        self.allowed = allowed
    }

    /// Counts an error.
    ///
    /// - Throws: `HookError.Code.tooManyErrors`, with the error's own message, when the limit is exceeded.
    mutating func add(_ error: HookError, package: String) throws(HookError) {
        count += 1
        if samples.count < Self.samplesKept { samples.append(error.description) }
        guard count > allowed else { return }
        let limit = "\(package): more than \(allowed) users hit a script error (max_script_errors); the last one:"
        throw HookError(.tooManyErrors, "\(limit)\n\(error.message)", file: error.file, line: error.line)
    }
}
