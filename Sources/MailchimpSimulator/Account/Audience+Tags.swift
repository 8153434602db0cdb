extension Audience {
    private struct TagsBody: Decodable {
        struct Tag: Decodable {
            var name: String
            var status: String
        }

        var tags: [Tag]
    }

    mutating func listTags(of key: String, _ exchange: Exchange) throws(Problem) -> Reply {
        let contact = try contact(key)
        let tags = segments.filter { $0.kind == .static && $0.members.contains(contact) }
        return write(tags, exchange)
    }

    /// Sets and clears tags of one contact; a tag that does not exist is created.
    mutating func setTags(of key: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let contact = try contact(key)
        for tag in try RequestBody.decode(TagsBody.self, from: exchange.body).tags {
            let name = tag.name.lowercased()
            let known = segments.firstIndex { $0.kind == .static && $0.nameKey == name }
            if tag.status == "active" {
                let position = known ?? appendSegment(tag.name, kind: .static, at: exchange.now)
                exchange.effect.addressesToAdd += 1
                exchange.effect.added += segments[position].add(contact) ? 1 : 0
            } else if let known {
                exchange.effect.addressesToRemove += 1
                exchange.effect.removed += segments[known].remove(contact) ? 1 : 0
            }
        }
        return .noContent
    }

    /// Finds tags by the beginning of their names; an empty name finds all.
    func searchTags(_ exchange: Exchange) -> Reply {
        let prefix = (exchange.query["name"] ?? "").lowercased()
        return write(segments.filter { $0.kind == .static && $0.nameKey.hasPrefix(prefix) }, exchange)
    }

    private func write(_ tags: [Segment], _ exchange: Exchange) -> Reply {
        let selection = exchange.query.selection
        return .json { writer in
            writer.field("tags", of: selection) { writer, selection in
                writer.array { writer in
                    for tag in tags {
                        writer.object { writer in
                            writer.field("id", tag.id, of: selection)
                            writer.field("name", tag.name, of: selection)
                            writer.field("date_added", tag.updated.text, of: selection)
                        }
                    }
                }
            }
            writer.field("total_items", tags.count, of: selection)
        }
    }
}
