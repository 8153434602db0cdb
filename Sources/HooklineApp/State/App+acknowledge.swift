import HooklineCore
import HooklineStore
import Text

/// Which refusals somebody acknowledges, or opens again.
package struct RefusalChoice: Sendable {
    /// All of them.
    package var isAll = false
    /// Those of these addresses, in any spelling.
    package var addresses: [String] = []
    /// Only those in the segment of this label.
    package var label: String?
    /// Why.
    package var note: String?
    /// Whether acknowledgements are taken back.
    package var takesBack = false
    package var showsAddresses = false

    package init() {}
}

extension App {
    /// Acknowledges addresses that Mailchimp refuses, or opens them again; without a choice, only lists them. Nothing changes at Mailchimp,
    /// and the addresses are asked for again as before.
    ///
    /// - Returns: all refusals of the activation, or of the label, as they are now.
    /// - Throws: `usage` for an address that is none; `acknowledge.not_refused`, and then nothing changes; `manifest.unknown_activation`;
    ///   `state.unknown_label`; `StoreError`.
    package func acknowledge(_ name: String, _ choice: RefusalChoice) throws -> RefusalList {
        let ledger = try ledger(try workspace())
        let known = try known(name, in: ledger)
        let segments = known.segments.filter { choice.label == nil || $0.key.label == choice.label }
        if let label = choice.label, segments.isEmpty { throw AppError.unknownLabel(label, of: known) }
        let wanted = try choice.addresses.map {
            SubscriberHash(of: EmailAddress.normalized(try UserAddress($0, usage: "hookline acknowledge NAME EMAIL").text))
        }
        let refused = try segments.map { (segment: $0, refusals: try ledger.refusals(in: $0)) }
        let all = Set(refused.flatMap(\.refusals).map(\.hash))
        if let index = wanted.firstIndex(where: { !all.contains($0) }) {
            throw AppError(
                .notRefused,
                "\(wanted.count == 1 ? "the address" : "address \(index + 1) of \(wanted.count)") is not one that Mailchimp refuses for '\(name)'; nothing was changed. 'hookline acknowledge \(name) --addresses' lists those that it refuses"
            )
        }
        var changed = 0
        for (segment, refusals) in refused {
            let chosen = refusals.filter { refusal in
                (choice.isAll || wanted.contains(refusal.hash)) && (refusal.acknowledgement != nil) == choice.takesBack
            }
            if chosen.isEmpty { continue }
            changed += chosen.count
            let acknowledgement = Refusal.Acknowledgement(at: clock.now(), by: person, note: choice.note)
            try ledger.acknowledge(chosen.map(\.hash), in: segment, choice.takesBack ? nil : acknowledgement)
        }
        let entries = try segments.flatMap { segment in
            try ledger.refusals(in: segment).map { RefusalList.Entry($0, in: segment, showsAddress: choice.showsAddresses) }
        }
        return RefusalList(
            activation: name, changed: changed,
            refusals: entries.filter { $0.refusal.acknowledgedAt == nil } + entries.filter { $0.refusal.acknowledgedAt != nil })
    }
}
