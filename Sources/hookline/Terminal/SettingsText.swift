import HooklineApp

/// The settings of an activation and where they come from, for a terminal.
struct SettingsText {
    let settings: [SettingInForce]

    var text: String {
        var table = TextTable(header: ["setting", "value", "from"])
        for setting in settings { table.add(setting.key, setting.value ?? "–", setting.from.text) }
        return table.text(indent: "  ")
    }
}

extension SettingInForce.Origin {
    fileprivate var text: String {
        switch self {
        case .activation: "the activation"
        case .binding: "hookline.yaml (bind)"
        case .segment: "the segment of the workspace"
        case .destination: "the destination's defaults"
        case .builtIn: "built in"
        }
    }
}
