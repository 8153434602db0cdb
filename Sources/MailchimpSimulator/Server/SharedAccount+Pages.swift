import Foundation

/// The pages that Mailchimp does not have.
extension SharedAccount {
    private struct ContactPage: Decodable {
        struct Contact: Decodable {
            var address: String
            var status: String?
        }

        var contacts: [Contact]
    }

    /// Answers `GET /_simulator/journal`, `GET /_simulator/segments`, and `POST /_simulator/contacts`.
    ///
    /// The last takes `{"contacts":[{"address":"ada@example.com","status":"subscribed"}]}` and adds or changes all of them or,
    /// after a mistake, none. `status` is `subscribed` by default, and may also be `archived` or `forgotten`.
    func page(_ request: SimulatedRequest) -> SimulatedAnswer {
        switch (request.method, request.path) {
        case ("GET", "/_simulator/journal"): json(withAccount { $0.journal })
        case ("GET", "/_simulator/segments"): json(withAccount { $0.segmentViews })
        case ("POST", "/_simulator/contacts"): takeContacts(request)
        default:
            text(404, "The simulator's own pages are GET /_simulator/journal, GET /_simulator/segments, and POST /_simulator/contacts.")
        }
    }

    private func takeContacts(_ request: SimulatedRequest) -> SimulatedAnswer {
        let form = #"{"contacts":[{"address":"ada@example.com","status":"subscribed"}]}"#
        guard let page = try? JSONDecoder().decode(ContactPage.self, from: Data(request.body)) else {
            return text(400, "The body must be JSON, such as \(form)")
        }
        var accepted: [(address: String, status: ContactStatus)] = []
        for (index, contact) in page.contacts.enumerated() {
            guard let status = ContactStatus(name: contact.status ?? "subscribed") else {
                return text(400, "Contact \(index + 1) has an unknown status; allowed: \(ContactStatus.listed)")
            }
            guard EmailAddress.isPlausible(EmailAddress.trimmed(contact.address.utf8)) else {
                return text(400, "Contact \(index + 1) has a malformed address; it must look like name@example.com")
            }
            accepted.append((contact.address, status))
        }
        withAccount { account in
            for contact in accepted { try? account.put(contact.address, contact.status, at: request.arrival) }
        }
        return json(["contacts": accepted.count])
    }

    private func json(_ value: some Encodable) -> SimulatedAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return text(500, "The page cannot be encoded as JSON.") }
        return SimulatedAnswer(status: 200, headers: [("Content-Type", "application/json; charset=utf-8")], body: Array(data))
    }

    private func text(_ status: Int, _ message: String) -> SimulatedAnswer {
        SimulatedAnswer(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array((message + "\n").utf8))
    }
}
