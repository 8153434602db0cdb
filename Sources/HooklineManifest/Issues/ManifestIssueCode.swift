import HooklineCore

/// Every kind of mistake in a manifest; the raw value is the code that people see.
package enum ManifestIssueCode: String, CaseIterable, Sendable {
    // The file itself.
    case unreadableFile = "manifest.unreadable_file"
    case tooBig = "manifest.too_big"
    case notUTF8 = "manifest.not_utf8"
    case empty = "manifest.empty"
    case syntax = "manifest.syntax"
    case unsupportedYAML = "manifest.unsupported_yaml"
    case tooDeep = "manifest.too_deep"

    // Keys and their values.
    case unknownKey = "manifest.unknown_key"
    case missingKey = "manifest.missing_key"
    case duplicateKey = "manifest.duplicate_key"
    case conflictingKeys = "manifest.conflicting_keys"
    case wrongType = "manifest.wrong_type"
    case wrongValue = "manifest.wrong_value"
    case unsupportedVersion = "manifest.unsupported_version"
    case badName = "manifest.bad_name"
    case nameMismatch = "manifest.name_mismatch"
    case badVersion = "manifest.bad_version"
    case badSchedule = "manifest.bad_schedule"
    case badTimezone = "manifest.bad_timezone"

    // Rules.
    case unknownOperator = "manifest.unknown_operator"
    case wrongOperand = "manifest.wrong_operand"
    case doubledBackslash = "manifest.doubled_backslash"

    // Names of things defined elsewhere.
    case unknownActivation = "manifest.unknown_activation"
    case unknownDestination = "manifest.unknown_destination"
    case unknownModel = "manifest.unknown_model"
    case unknownParameter = "manifest.unknown_parameter"
    case unknownSegment = "manifest.unknown_segment"
    case unknownSource = "manifest.unknown_source"
    case noSuchFile = "manifest.no_such_file"
    case outsidePackage = "manifest.outside_package"

    // Parameters.
    case badParameter = "manifest.bad_parameter"
    case missingParameter = "manifest.missing_parameter"

    // References and secrets.
    case badReference = "manifest.bad_reference"
    case shellVariable = "manifest.shell_variable"
    case unresolvedEnvironment = "manifest.unresolved_env"
    case unreadableSecret = "manifest.unreadable_secret"
    case literalSecret = "manifest.literal_secret"
    case baseURL = "manifest.base_url"

    // What this build does not do yet.
    case noEffect = "manifest.no_effect"
    case stateNotInBuild = "manifest.state_not_in_build"
}

extension Issue {
    init(_ code: ManifestIssueCode, _ message: String, at position: SourcePosition?, severity: Severity = .error) {
        self.init(code.rawValue, message, at: position, severity: severity)
    }
}
