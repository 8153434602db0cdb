import CodedErrors
import HooklineCore

/// Why a request cannot be met, where no room below is to blame.
package struct AppError: CodedError, Equatable {
    /// The kinds of failure; each has a heading in `docs/reference/errors.md`.
    package enum Code: String, CaseIterable, Sendable {
        /// A request that makes no sense, such as an address that is none.
        case usage = "usage"
        /// Neither the folder nor one above it has a `hookline.yaml`.
        case noWorkspace = "manifest.no_workspace"
        /// Several destinations, and none was named.
        case unnamedDestination = "manifest.unknown_destination"
        /// No such activation, now or in the past.
        case unknownActivation = "manifest.unknown_activation"
        /// A parameter's setting without a name or a value.
        case badSetting = "manifest.bad_setting"
        /// There is no such file of users.
        case sampleNotFound = "sources.not_found"
        /// Neither a source of the workspace nor a file has that name.
        case unknownSource = "manifest.unknown_source"
        /// A database with several tables, and none was named.
        case unnamedTable = "describe.table"
        /// Values of the email field that are no addresses.
        case badAddresses = "check.bad_addresses"
        /// The ledger has segments of the name that an activation should get.
        case nameTaken = "state.name_taken"
        /// The ledger has no segment of that label.
        case unknownLabel = "state.unknown_label"
        /// Nothing of the activation is left in another audience or account.
        case noneElsewhere = "state.none_elsewhere"
        /// No destination of the workspace is in the account of a segment.
        case noDestination = "state.no_destination"
        /// A change of the ledger that was shown no longer holds.
        case stateChanged = "state.changed"
        /// Two activations would give their segments the same name.
        case sameSegmentName = "manifest.same_segment_name"
        /// An address to acknowledge is not one that Mailchimp refuses.
        case notRefused = "acknowledge.not_refused"
        /// The ledger keeps no rows of that bucket, or there is none of that name.
        case unknownBucket = "rows.unknown_bucket"
        /// The ledger has no such run.
        case unknownRun = "store.unknown_run"
        /// The audience does not exist, or this account does not see it.
        case noSuchAudience = "engine.no_such_audience"
        /// The file for a plan holds something else.
        case planWouldOverwrite = "plan.would_overwrite"
        case cannotWritePlan = "plan.cannot_write"
        /// No test was found, or none that was asked for.
        case noTests = "test.none"
        /// A snapshot that is a link, or lies behind one.
        case linkedSnapshot = "test.linked_snapshot"
        /// The results of tests cannot be written to a file.
        case cannotWriteResults = "test.cannot_write"
        /// The plot of overlapping segments cannot be written to a file.
        case cannotWritePlot = "segment.cannot_write"
        /// A file that would be made is there already.
        case scaffoldExists = "scaffold.exists"
        case cannotWriteScaffold = "scaffold.cannot_write"
        /// The files that come with the program are missing.
        case notShipped = "demo.not_found"
        /// The folder for the demo is there already.
        case demoExists = "demo.exists"
        case cannotCopyDemo = "demo.cannot_copy"
    }

    package let code: Code
    /// What was found, where, what is allowed and what to do.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var explanation: String { message }
}

/// A failure that a run reports rather than throws, where there is no report to put it in.
package struct RunFailed: CodedError {
    let failure: RunFailure

    package var code: RunFailure.Code { failure.code }
    package var explanation: String { failure.message }
    package var advice: String? { failure.advice }
}
