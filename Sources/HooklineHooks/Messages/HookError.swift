import CodedErrors

/// Why a package's scripts failed.
package struct HookError: CodedError, Equatable {
    /// The kinds of failure; each has a heading in `docs/reference/errors.md`.
    package enum Code: String, CaseIterable, Sendable {
        /// The text does not compile or is too large.
        case syntax = "hook.syntax"
        /// The script does not return a table of hooks, or an entry of the table is not a function.
        case shape = "hook.shape"
        /// The script's table has an entry that is not a hook.
        case unknownHook = "hook.unknown_hook"
        /// Two scripts of the package have a hook that only one may have.
        case twice = "hook.twice"
        /// The script raised an error or did something Lua forbids.
        case runtime = "hook.runtime"
        /// A `setup` hook raised an error: it refuses the activation's parameters, or is wrong itself.
        case setup = "hook.setup"
        /// A hook returned something it must not return.
        case badReturn = "hook.bad_return"
        /// A hook returned text that is not UTF-8.
        case badText = "hook.bad_text"
        /// The name hook returned something that cannot be a segment's name.
        case badName = "hook.bad_name"
        /// One call used up its instructions.
        case instructions = "hook.instructions"
        /// One call used up its pattern steps.
        case patternSteps = "hook.pattern_steps"
        /// One batch used up its processor time.
        case processorTime = "hook.processor_time"
        /// The scripts' memory is full.
        case memory = "hook.memory"
        /// More users failed than `max_script_errors` forgives.
        case tooManyErrors = "hook.too_many_errors"
        /// The scripts' process ended on its own.
        case crashed = "hook.crashed"
        /// The scripts' process cannot be started.
        case noWorker = "hook.no_worker"
        /// The system refuses the system call filter: an error with `--require-jail`, a warning without.
        case unfiltered = "hook.unfiltered"
        /// A mistake in Hookline itself.
        case fault = "hook.fault"
    }

    package var code: Code
    /// The whole message: package, hook, location, row, excerpt.
    package var message: String
    /// The script's file, relative to the package.
    package var file: String?
    /// From 1.
    package var line: Int?
    /// The message without package, location and excerpt, for those who show them in their own way; nil when it is all there is.
    package var text: String?
    /// Whether it came up while scripts were loaded: a mistake in them, whatever the users.
    package var isOfLoading = false

    package init(_ code: Code, _ message: String, file: String? = nil, line: Int? = nil) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
    }

    package var explanation: String { message }
}
