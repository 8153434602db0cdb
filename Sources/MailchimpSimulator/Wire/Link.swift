/// One entry of a `_links` array.
struct Link {
    var relation: String
    var method: String
    /// The part after the URL of the resource.
    var path = ""
    var schema: String

    static let allOfAMember = [
        Link(relation: "self", method: "GET", schema: "Lists/Members/Response"),
        Link(relation: "update", method: "PATCH", schema: "Lists/Members/Response"),
        Link(relation: "upsert", method: "PUT", schema: "Lists/Members/Response"),
        Link(relation: "delete", method: "DELETE", schema: "Lists/Members/Response"),
        Link(relation: "activity", method: "GET", path: "/activity", schema: "Lists/Members/Activity/Response"),
        Link(relation: "goals", method: "GET", path: "/goals", schema: "Lists/Members/Goals/Response"),
        Link(relation: "notes", method: "GET", path: "/notes", schema: "Lists/Members/Notes/CollectionResponse"),
        Link(relation: "events", method: "POST", path: "/events", schema: "Lists/Members/Events/POST"),
        Link(relation: "delete_permanent", method: "POST", path: "/actions/delete-permanent", schema: "Lists/Members/Response"),
    ]
}

extension JSONWriter {
    mutating func link(_ link: Link, to address: String) {
        object { writer in
            writer.key("rel")
            writer.value(link.relation)
            writer.key("href")
            writer.value(address + link.path)
            writer.key("method")
            writer.value(link.method)
            writer.key("targetSchema")
            writer.value("https://us1.api.mailchimp.com/schema/3.0/Definitions/\(link.schema).json")
        }
    }

    /// Writes `_links` with a link to the resource itself.
    mutating func links(of selection: FieldSelection, self address: String, schema: String) {
        field("_links", of: selection) { writer, _ in
            writer.array { $0.link(Link(relation: "self", method: "GET", schema: "\(schema)/Response"), to: address) }
        }
    }

    mutating func field(_ name: String, utf8 text: some Collection<UInt8>, of selection: FieldSelection) {
        guard selection.inside(name) != nil else { return }
        key(name)
        value(utf8: text)
    }
}
