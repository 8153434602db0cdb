import Archive
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklinePackages
import HooklineSources
import HooklineStore
import MailchimpSimulator

// The rooms know their own codes; here they learn to tell them to a report.

extension SourceError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { "\(location): \(message)" }
}

extension HookError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { message }
}

extension StoreError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { "\(location): \(message)" }
}

extension SimulatorError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { "\(location): \(message)" }
}

extension PackageError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { message }
}

extension ArchiveError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { message }
}
