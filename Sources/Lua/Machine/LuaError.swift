/// Why Lua could not do what it was asked to.
package struct LuaError: Error, Equatable, Sendable {
    /// The kinds of failure.
    package enum Code: String, CaseIterable, Sendable {
        /// The text does not compile.
        case syntax = "lua.syntax"
        /// The script raised an error, or did what Lua forbids.
        case runtime = "lua.runtime"
        /// A function returned what it may not, or the script has the wrong shape.
        case contract = "lua.contract"
        /// Text that is not UTF-8 came back.
        case encoding = "lua.encoding"
        /// One call used up its instructions.
        case instructions = "lua.instructions"
        /// One batch used up its processor time.
        case processorTime = "lua.processor_time"
        /// The machine's memory is full.
        case memory = "lua.memory"
        /// One call used up its pattern steps.
        case patternSteps = "lua.pattern_steps"
        /// The process of the scripts ended without having been asked to.
        case crashed = "lua.crashed"
        /// The process of the scripts cannot be started.
        case noWorker = "lua.no_worker"
        /// The task that waited was cancelled, and the process of the scripts was ended.
        case interrupted = "lua.interrupted"
        /// The host handed over something malformed: a mistake in the host, not in the script.
        case misuse = "lua.misuse"
    }

    package var code: Code
    /// The chunk's name; nil when the failure belongs to none.
    package var file: String?
    /// From 1.
    package var line: Int?
    /// The row of the batch, from 0; nil outside a batch.
    package var row: Int?
    /// Which of the row's steps, from 0; nil outside a batch.
    package var step: Int?
    /// At most 2,048 bytes; the script may have written it.
    package var message: String

    package init(_ code: Code, file: String? = nil, line: Int? = nil, row: Int? = nil, step: Int? = nil, message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.row = row
        self.step = step
        self.message = message
    }

    /// Whether the script ran into a limit.
    package var isLimit: Bool {
        switch code {
        case .instructions, .processorTime, .memory, .patternSteps: true
        case .syntax, .runtime, .contract, .encoding, .crashed, .noWorker, .interrupted, .misuse: false
        }
    }

    /// Whether the machine must not be used any more, or a second try would end elsewhere.
    ///
    /// Memory and time depend on what ran before and beside; instructions and pattern steps are the same on every machine.
    package var isFatal: Bool {
        switch code {
        case .memory, .processorTime, .crashed, .noWorker, .interrupted, .misuse: true
        case .syntax, .runtime, .contract, .encoding, .instructions, .patternSteps: false
        }
    }
}

extension LuaError: CustomStringConvertible {
    /// `file:line: message`.
    package var description: String {
        guard let file else { return message }
        return line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}
