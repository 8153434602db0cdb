import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import Mailchimp

/// Finds activations that would give their segments one name: Mailchimp has each name once in an audience, whatever its case.
struct SegmentNameClashes {
    let app: App
    let workspace: LoadedWorkspace
    /// Parameters that the request sets, for the activations that it names.
    let settings: [ParameterSetting]

    private struct Claim {
        let activation: Activation
        /// Where the segment lives: what tells audiences apart.
        let audience: String
        let isChosen: Bool
    }

    /// The clashes of the chosen activations, with each other and with the rest of the workspace.
    func issues(of chosen: [String]) -> [Issue] {
        let claims = (chosen + workspace.workspace.activationNames.filter { !chosen.contains($0) }).enumerated().compactMap { index, name in
            claim(name, isChosen: index < chosen.count)
        }
        var issues: [Issue] = []
        for (index, claim) in claims.enumerated() where claim.isChosen {
            for other in claims[..<index] + claims[(index + 1)...] where other.audience == claim.audience {
                if other.activation.folder == claim.activation.folder { continue }
                issues += [clash(claim, other)].compactMap(\.self)
            }
        }
        return issues
    }

    private func claim(_ name: String, isChosen: Bool) -> Claim? {
        guard let activation = (try? app.activation(name, isChosen ? settings : [], in: workspace))?.partial else { return nil }
        let destination = activation.destination
        return Claim(activation: activation, audience: "\(destination.baseURL ?? "") \(destination.audience)", isChosen: isChosen)
    }

    /// The hooks of an activation's scripts; none if they do not compile, which the check of the scripts says.
    private func hooks(_ activation: Activation) -> Set<String> {
        guard !activation.hooks.isEmpty, let scripts = try? ScriptFiles(activation: activation.withOwnLookups).package,
            let facts = try? ScriptFacts(scripts, jail: app.jail)
        else { return [] }
        return Set(facts.hooks)
    }

    private func clash(_ claim: Claim, _ other: Claim) -> Issue? {
        let (activation, rival) = (claim.activation, other.activation)
        let code = AppError.Code.sameSegmentName.rawValue
        if SegmentName.collide(activation.segmentName, rival.segmentName) {
            let namers = [activation, rival].filter { hooks($0).contains("name") }
            return Issue(
                code,
                "the segment '\(activation.segmentName)' is also that of the activation '\(rival.name)' in audience \(activation.destination.audience); Mailchimp has a name once, whatever its case"
                    + (namers.first.map { ", so the 'name' hook of '\($0.name)' must tell them apart" } ?? ": give one of them another name"),
                at: activation.segmentNamePosition, severity: namers.isEmpty ? .error : .warning)
        }
        // The name of a label's segment begins with its activation's: 'VIP · FR'.
        let prefix = SegmentName.key(activation.segmentName) + SegmentNaming.separator
        guard SegmentName.key(rival.segmentName).hasPrefix(prefix) else { return nil }
        let own = hooks(activation)
        guard own.contains("breakdown"), !own.contains("name") else { return nil }
        let label = SegmentName.key(rival.segmentName).dropFirst(prefix.count)
        return Issue(
            code,
            "the activation '\(rival.name)' calls its segment '\(rival.segmentName)', which is also the name for the label '\(label)' of '\(activation.name)': no row may get that label",
            at: activation.segmentNamePosition, severity: .warning)
    }
}
