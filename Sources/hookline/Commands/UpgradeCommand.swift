import ArgumentParser
import HooklineApp
import HooklinePackages

/// `hookline upgrade NAME [SOURCE]`.
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade", abstract: "Replace an installed package by another version, after showing what differs.",
        discussion: Examples.text(
            "upgrade vip-customers", "upgrade vip-customers vip-customers-2.0.0.hookpack",
            after: "Shows how manifest and scripts differ and, if the source can be read, who would enter and leave."))

    @Argument(help: "The installed package.", completion: Completion.activation)
    var name: String

    @Argument(help: "Where the other version is; by default, where the installed one came from.")
    var source: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Accept a version whose tests fail here.")
    var untested = false

    @Flag(help: "Accept a version that is not newer than the installed one.")
    var allowDowngrade = false

    @Flag(help: "Accept that somebody else signed it, or nobody did.")
    var allowSignerChange = false

    @Option(help: ArgumentHelp("Compare at most this many rows, for at most 30 s.", valueName: "n"))
    var limit = 100_000

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.reporting {
            var request = UpgradeRequest(name, limit: limit)
            request.source = source
            request.allowsDowngrade = allowDowngrade
            request.allowsSignerChange = allowSignerChange
            request.compares = options.tellsMore
            request.allowsFailingTests = untested
            request.isConfirmed = yes || options.json
            switch try await options.app.upgrade(request) {
            case .declined: throw options.declined()
            case .upToDate(let version):
                if options.json { return try show(from: version, to: version) }
                if !options.quiet { StandardOutput.print("\(name) \(version) is up to date") }
            case .upgraded(let old, let new, let isDowngrade):
                if options.json { return try show(from: old, to: new) }
                if !options.quiet { StandardOutput.print("\(isDowngrade ? "downgraded" : "upgraded") \(name) from \(old) to \(new)") }
                options.tellWhatIsMissing(name)
            }
        }
    }

    private func show(from old: String, to new: String) throws {
        try JSONOutput.print(["package": name, "from": old, "to": new])
    }
}
