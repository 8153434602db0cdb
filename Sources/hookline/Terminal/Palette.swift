import Foundation

/// Colors the words of a result, on a terminal only.
struct Palette: Sendable {
    /// The codes of ECMA-48, 8.3.117.
    enum Color: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// Leaves text as it is.
    static let plain = Palette(isOn: false)

    let isOn: Bool

    /// What standard output takes: colors if it is a terminal, unless a person does not want them.
    init(_ options: GlobalOptions) {
        isOn = !options.noColor && Self.areWelcome(ProcessInfo.processInfo.environment) && isatty(STDOUT_FILENO) == 1
    }

    /// Whether the environment has nothing against colors: no `NO_COLOR` (no-color.org), and a terminal that knows them.
    static func areWelcome(_ environment: [String: String]) -> Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    init(isOn: Bool) {
        self.isOn = isOn
    }

    /// The text in a color. It must be harmless already: nothing in it is escaped afterwards.
    func paint(_ text: String, _ color: Color?) -> String {
        guard isOn, let color, !text.isEmpty else { return text }
        return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
    }
}
