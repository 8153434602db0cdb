/// Which names say that someone agreed to get mail.
extension NameWords {
    /// Whether it speaks of consent in some way: of who agreed, refused, was asked, or agreed to something else.
    var saysConsent: Bool {
        contains([
            "consent", "optin", "optedin", "subscri", "newsletter", "marketing", "acceptsemail", "acceptedemail", "mailok", "permission",
            "gdpr", "dsgvo", "rgpd", "einwilligung", "zustimmung", "werbung", "consentement",
        ]) || plainlySaysConsent || saysRefusal
    }

    /// Whether it speaks of someone who wants no mail.
    var saysRefusal: Bool {
        contains([
            "unsub", "optout", "optedout", "nomail", "noemail", "donotmail", "donotemail", "donotcontact", "dontmail", "suppress",
            "withdrawn", "revoked", "abgemeldet", "widerruf", "blocklist", "blacklist",
        ])
    }

    /// Whether true can only mean that someone agreed to get mail: every word is a plain one. A word that negates, another channel, or a
    /// word that nobody foresaw makes it a question for a person.
    var plainlySaysConsent: Bool {
        var rest = words[...]
        if let first = rest.first, ["is", "has"].contains(first), rest.count > 1,
            Self.participles.contains(rest[1]) || rest[1].hasPrefix("opt")
        {
            rest.removeFirst()
        }
        var (saysYes, saysMail) = (false, false)
        while let word = rest.popFirst() {
            if Self.mail.contains(word) {
                saysMail = true
            } else if word == "e", rest.first == "mail" {
                continue
            } else if Self.participles.contains(word) || Self.whole.contains(word) {
                saysYes = true
            } else if ["opt", "opted"].contains(word), rest.first == "in" {
                rest.removeFirst()
                saysYes = true
            } else if Self.yesToMail.contains(word) {
                continue
            } else {
                return false
            }
        }
        // What `accepts`, `agreed`, and `permission` are about must be mail; `newsletter` alone says enough.
        return saysYes || words == ["newsletter"] || (saysMail && words.contains { $0 != "gdpr" && Self.yesToMail.contains($0) })
    }

    private static let participles: Set<String> = ["consented", "subscribed"]
    private static let whole: Set<String> = [
        "consent", "consents", "optin", "optedin", "acceptsmarketing", "acceptsemail", "emailconsent", "marketingconsent", "emailoptin",
        "marketingoptin", "newsletteroptin",
    ]
    private static let mail: Set<String> = ["newsletter", "email", "emails", "mail", "mails", "marketing"]
    /// Words that say yes to something, and `gdpr`, which says it of nothing alone.
    private static let yesToMail: Set<String> = ["accepts", "accepted", "agreed", "permission", "gdpr"]
}
