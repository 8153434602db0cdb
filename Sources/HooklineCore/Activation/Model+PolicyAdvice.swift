extension Model {
    /// Which setting lets a run go on in spite of a bad value, as a person writes it, and where.
    package var policyAdvice: String {
        let setting = "on_bad_value: 'null'"
        let placed =
            boundBy.map { "\(setting), in hookline.yaml: activations: { \($0): { bind: { … } } }" } ?? "model: { \(setting) }"
        return hasConsent ? placed : "\(placed) (or drop, which leaves the row out)"
    }
}
