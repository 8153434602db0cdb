import ArgumentParser
import HooklineApp
import HooklineCore

/// What the commands about segments take.
struct SegmentFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The destination whose default settings count for a segment of the workspace; by default, those of its activation, or of the only destination.",
            valueName: "name"))
    var destination: String?

    @OptionGroup var parameters: ParameterFlags

    /// - Throws: `manifest.bad_setting` for a `--set` without a name or a value.
    func request(_ names: [String]) throws(AppError) -> SegmentRequest {
        var request = SegmentRequest(names)
        request.destination = destination
        request.parameters = try parameters.choices()
        return request
    }
}
