/// How messages speak of a label.
package enum LabelText {
    /// `label 'FR'`, a long one cut short; without its text when that may be an address.
    package static func shown(_ label: String?) -> String {
        guard let label else { return "the segment itself" }
        return label.contains("@") ? "a label that looks like an address" : "label '\(label.count > 60 ? label.prefix(60) + "…" : label)'"
    }
}
