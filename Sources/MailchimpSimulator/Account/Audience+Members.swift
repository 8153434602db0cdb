extension Audience {
    /// Writes a contact as a member object.
    ///
    /// Keys and order follow recorded answers. With `fullMembers`, the keys and links that bring a real one to 3.4 KB are added.
    func writeMember(_ contact: Int, to writer: inout JSONWriter, _ selection: FieldSelection, _ exchange: Exchange) {
        let isFull = exchange.options.fullMembers
        let hash = contacts.hash(of: contact)
        let identifier = hash.hexadecimal
        let status = contacts.status(of: contact)
        let joined = status == .transactional ? "" : contacts.created(contact).text
        writer.object { writer in
            writer.field("id", utf8: identifier, of: selection)
            writer.field("email_address", utf8: contacts.address(of: contact), of: selection)
            writer.field("unique_email_id", utf8: hash.uniqueEmailID, of: selection)
            writer.field("contact_id", utf8: ContactID(contact).hexadecimal, of: selection)
            if isFull {
                writer.field("full_name", "", of: selection)
                writer.field("web_id", contact + 1, of: selection)
            }
            writer.field("email_type", "html", of: selection)
            writer.field("status", status.name, of: selection)
            if isFull { writer.field("consents_to_one_to_one_messaging", true, of: selection) }
            writer.field("merge_fields", raw: #"{"FNAME":"","LNAME":""}"#, of: selection)
            writer.field("interests", raw: "{}", of: selection)
            writer.field("stats", raw: #"{"avg_open_rate":0,"avg_click_rate":0}"#, of: selection)
            writer.field("ip_signup", "", of: selection)
            writer.field("timestamp_signup", joined, of: selection)
            writer.field("ip_opt", "", of: selection)
            writer.field("timestamp_opt", joined, of: selection)
            writer.field("member_rating", 2, of: selection)
            writer.field("last_changed", utf8: contacts.changed(contact).utf8, of: selection)
            writer.field("language", "", of: selection)
            writer.field("vip", false, of: selection)
            writer.field("email_client", "", of: selection)
            if isFull {
                writer.field(
                    "location", raw: #"{"latitude":0,"longitude":0,"gmtoff":0,"dstoff":0,"country_code":"","timezone":"","region":""}"#,
                    of: selection)
            }
            writer.field("source", "API - Generic", of: selection)
            writeTags(of: contact, to: &writer, selection)
            writer.field("list_id", id, of: selection)
            writer.field("_links", of: selection) { writer, _ in
                let address = "\(exchange.apiRoot)/lists/\(id)/members/\(String(decoding: identifier, as: UTF8.self))"
                writer.array { writer in
                    for link in Link.allOfAMember.prefix(isFull ? .max : 1) { writer.link(link, to: address) }
                }
            }
        }
    }

    private func writeTags(of contact: Int, to writer: inout JSONWriter, _ selection: FieldSelection) {
        guard selection.inside("tags_count") != nil || selection.inside("tags") != nil else { return }
        let tags = segments.filter { $0.kind == .static && $0.members.contains(contact) }
        writer.field("tags_count", tags.count, of: selection)
        writer.field("tags", of: selection) { writer, selection in
            writer.array { writer in
                for tag in tags {
                    writer.object { writer in
                        writer.field("id", tag.id, of: selection)
                        writer.field("name", tag.name, of: selection)
                    }
                }
            }
        }
    }

    /// Writes `{members:[…], …, total_items}` for a page of contacts.
    func writeMembers(
        _ page: [Int], total: Int, key: String = "members", segment: Int? = nil, to writer: inout JSONWriter, _ exchange: Exchange
    ) {
        let selection = exchange.query.selection
        writer.field(key, of: selection) { writer, selection in
            writer.array { writer in
                for contact in page { writeMember(contact, to: &writer, selection, exchange) }
            }
        }
        writer.field("list_id", id, of: selection)
        writer.field("total_items", total, of: selection)
        let path = segment.map { "/segments/\($0)/members" } ?? "/members"
        writer.links(of: selection, self: "\(exchange.apiRoot)/lists/\(id)\(path)", schema: "Lists/Members")
    }
}
