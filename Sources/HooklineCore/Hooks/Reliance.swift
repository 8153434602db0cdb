/// What the hooks' verdict on a row relied on besides the row, the scripts, and what the workspace gives them.
package struct Reliance: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It was the first row to make something happen that happens once, such as loading a module.
    package static let beingFirst = Reliance(rawValue: 0x04)
    /// The order of a table's keys, which differs from process to process.
    package static let order = Reliance(rawValue: 0x08)
    /// The moment of the run, its ID, or its kind.
    package static let moment = Reliance(rawValue: 0x10)
    /// The day in the activation's time zone.
    package static let day = Reliance(rawValue: 0x20)
    /// Random numbers.
    package static let chance = Reliance(rawValue: 0x40)
    /// The hooks logged something, which a run without them would not.
    package static let log = Reliance(rawValue: 0x80)
    /// A script error was forgiven, which has to be counted anew.
    package static let forgiveness = Reliance(rawValue: 0x01)

    /// Why the row enters the hooks in every run: a word for the JSON of reports; nil if it need not.
    package var reasonToRepeat: String? {
        if contains(.forgiveness) { return "error" }
        if contains(.beingFirst) { return "first" }
        if contains(.moment) { return "moment" }
        if contains(.chance) { return "chance" }
        if contains(.order) { return "order" }
        return contains(.log) ? "log" : nil
    }
}
