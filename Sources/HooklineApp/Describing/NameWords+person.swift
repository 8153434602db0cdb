/// Which names say that values are personal. In doubt they are.
extension NameWords {
    /// Whether its numbers or days are personal, such as a phone number or a birthday.
    var saysPerson: Bool {
        contains(Self.personalParts) || has(Self.personalWords)
    }

    /// Whether its days are those of an event, rather than of a person's life.
    var saysEvent: Bool { !saysPerson && has(Self.eventWords) }

    /// English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, and Polish.
    private static let personalParts = [
        "birth", "born", "dob", "bday", "geburt", "geboren", "gebdat", "naissance", "nacimiento", "nascita", "nascimento", "geboorte",
        "fødsel", "fodsel", "födelse", "fodelse", "urodz", "phone", "mobile", "mobil", "handy", "telefon", "teléfono", "fax", "whatsapp",
        "portable", "móvil", "movil", "celular", "cellulare", "telemovel", "telemóvel", "rufnummer", "komórk", "iban", "ssn", "passport",
        "passeport", "pasaporte", "passaporto", "reisepass", "ausweis", "personnummer", "card", "karte", "carte", "tarjeta", "vat", "tax",
        "steuer", "konto", "latitude", "longitude", "salary", "gehalt", "salaire", "income", "postcode", "postal", "password",
    ]
    private static let personalWords: Set<String> = [
        "tel", "tél", "tlf", "gsm", "cell", "account", "age", "âge", "alter", "edad", "età", "idade", "leeftijd", "geb", "gebdatum", "né",
        "ne", "née", "nee", "nato", "nata", "født", "född", "lat", "lon", "lng", "zip", "plz", "dni", "nif", "nie", "cpf", "bsn", "pesel",
        "pin", "died", "death", "married", "wedding",
    ]
    private static let eventWords: Set<String> = [
        "created", "order", "ordered", "orders", "signup", "signed", "registered", "registration", "updated", "modified", "changed",
        "login", "logged", "seen", "visit", "visited", "active", "purchase", "purchased", "bought", "paid", "payment", "invoice",
        "invoiced",
        "shipped", "delivered", "opened", "clicked", "sent", "subscribed", "joined", "imported", "exported", "synced", "event", "booked",
        "booking", "checkout", "activity", "added", "inserted", "deleted", "expires", "renewal", "renewed", "canceled", "cancelled",
        "erstellt", "bestellt", "bestellung", "angemeldet", "geändert", "rechnung", "kauf", "commande", "création", "creation",
        "inscription",
        "achat", "pedido", "compra", "creado", "ordine", "acquisto",
    ]
}
