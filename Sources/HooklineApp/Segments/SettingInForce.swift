import HooklineCore
import HooklineManifest

/// A setting of an activation as a run takes it, and where it comes from.
package struct SettingInForce: Encodable, Equatable, Sendable {
    /// Where a setting comes from.
    package enum Origin: String, Encodable, Sendable {
        /// The activation's own manifest.
        case activation
        /// `bind:` of the workspace.
        case binding
        /// The segment of the workspace that it takes.
        case segment
        /// `defaults:` of the destination.
        case destination
        /// Nobody says anything else.
        case builtIn = "built_in"
    }

    /// As a manifest names it.
    package let key: String
    /// For people; nil for nothing.
    package let value: String?
    package let from: Origin

    package init(key: String, value: String?, from: Origin) {
        (self.key, self.value, self.from) = (key, value, from)
    }

    /// The settings that may come from several places.
    ///
    /// - Parameters:
    ///   - activation: with everything filled in.
    ///   - written: the keys of its manifest, those of `safeguards` included.
    ///   - sharedSegment: the segment of the workspace that it takes; nil for one of its own.
    ///   - binding: the keys of its `bind:`.
    /// - Returns: always the same keys, in the same order.
    package static func all(of activation: Activation, written: Set<String>, sharedSegment: String?, binding: Set<String>) -> [Self] {
        let defaults = activation.destination.defaults
        func setting(_ key: String, _ value: String?, isDefault: Bool) -> Self {
            SettingInForce(key: key, value: value, from: written.contains(key) ? .activation : isDefault ? .destination : .builtIn)
        }
        func bound(_ key: String, _ value: String, shared: Bool) -> Self {
            SettingInForce(key: key, value: value, from: binding.contains(key) ? .binding : shared ? .segment : .activation)
        }
        let isShared = sharedSegment != nil
        let (own, theirs) = (activation.safeguards, defaults.safeguards)
        return [
            bound("segment", activation.segmentName, shared: isShared),
            bound("source", activation.source.name, shared: isShared),
            bound("destination", activation.destination.name, shared: false),
            setting("mapping", activation.emailField, isDefault: defaults.email != nil),
            setting("consent", activation.consent.map { $0.fields.sorted().joined(separator: ", ") }, isDefault: defaults.consent != nil),
            SettingInForce(
                key: "schedule", value: activation.schedule?.text,
                from: !written.isDisjoint(with: Schedule.keys)
                    ? .activation : defaults.schedule != nil ? .destination : .builtIn),
            setting("timezone", activation.timezone, isDefault: defaults.timezone != nil),
            setting("max_removed", own.maxRemoved?.description ?? "50%", isDefault: theirs?.maxRemoved != nil),
            setting("max_added", own.maxAdded?.description, isDefault: theirs?.maxAdded != nil),
            setting("max_shrunk", own.maxShrunk?.description ?? "50%", isDefault: theirs?.maxShrunk != nil),
            setting("min_size", own.minSize.map(String.init) ?? "0", isDefault: theirs?.minSize != nil),
            setting(
                "allow_empty_source", own.allowEmptySource.map(String.init) ?? "false",
                isDefault: theirs?.allowEmptySource != nil),
            setting("on_script_error", own.onScriptError?.rawValue ?? "fail", isDefault: theirs?.onScriptError != nil),
            setting(
                "max_script_errors", own.maxScriptErrors.map(String.init) ?? "100", isDefault: theirs?.maxScriptErrors != nil),
        ]
    }
}
