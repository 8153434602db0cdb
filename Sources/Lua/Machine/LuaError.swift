/// Why Lua could not do what it was asked to do.
package struct LuaError: Error, Equatable, Sendable {
    /// The kinds of failure.
    package enum Code: String, CaseIterable, Sendable {
        /// The text does not compile.
        case syntax = "lua.syntax"
        /// The script raised an error or did something Lua forbids.
        case runtime = "lua.runtime"
        /// A function returned something it must not return, or the script has the wrong shape.
        case contract = "lua.contract"
        /// A returned text is not UTF-8.
        case encoding = "lua.encoding"
        /// One call used up its instructions.
        case instructions = "lua.instructions"
        /// One batch used up its processor time.
        case processorTime = "lua.processor_time"
        /// The machine's memory is full.
        case memory = "lua.memory"
        /// One call used up its pattern steps.
        case patternSteps = "lua.pattern_steps"
        /// The scripts' process ended on its own.
        case crashed = "lua.crashed"
        /// The scripts' process cannot be started.
        case noWorker = "lua.no_worker"
        /// The waiting task was canceled, and the scripts' process was ended.
        case interrupted = "lua.interrupted"
        /// The host passed something malformed: a mistake in the host, not in the script.
        case misuse = "lua.misuse"
    }

    package var code: Code
    /// The file in which it failed; nil when the failure belongs to none.
    package var file: String?
    /// From 1.
    package var line: Int?
    /// The row of the batch, from 0; nil outside a batch.
    package var row: Int?
    /// The step of that row, from 0; nil outside a batch.
    package var step: Int?
    /// At most 2,048 bytes, possibly written by the script.
    package var message: String

    package init(_ code: Code, file: String? = nil, line: Int? = nil, row: Int? = nil, step: Int? = nil, message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.row = row
        self.step = step
        self.message = message
    }

    /// Whether the script hit a limit.
    package var isLimit: Bool {
        switch code {
        case .instructions, .processorTime, .memory, .patternSteps: true
        case .syntax, .runtime, .contract, .encoding, .crashed, .noWorker, .interrupted, .misuse: false
        }
    }

    /// Whether the machine must not be used any more, or a second attempt might end differently.
    ///
    /// Memory and time depend on what else runs or ran; instructions and pattern steps are the same on every machine.
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
