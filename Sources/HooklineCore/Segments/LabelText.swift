/// The text of a label in messages.
package enum LabelText {
    /// `label 'FR'`, with a long text shortened, and without a text that may be an address.
    package static func shown(_ label: String?) -> String {
        guard let label else { return "the segment itself" }
        return label.contains("@") ? "a label that looks like an address" : "label '\(label.count > 60 ? label.prefix(60) + "…" : label)'"
    }
}
