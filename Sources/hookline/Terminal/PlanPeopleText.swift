import HooklineEngine
import Text

/// Who would enter and leave by a plan, for a terminal: by row and key, and by address only where somebody asks for addresses.
struct PlanPeopleText {
    let people: PlanPeople
    let showsAddresses: Bool
    var palette = Palette.plain

    /// The text; nil if nobody would enter or leave.
    var text: String? {
        var lines: [String] = []
        if people.enteringCount > 0 {
            lines += side("would enter", .green, people.entering.map(entering), people.enteringCount)
        }
        if people.leavingCount > 0 {
            if showsAddresses {
                lines += side("would leave", .red, people.leaving.map { $0.address + label($0) }, people.leavingCount)
            } else {
                lines.append(
                    "  \(palette.paint("would leave", .red)): the ledger knows the \(NumberText.grouped(people.leavingCount)) by address only; --addresses shows them"
                )
            }
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private func side(_ title: String, _ color: Palette.Color, _ shown: [String], _ count: Int) -> [String] {
        let more = count - shown.count
        return ["  \(palette.paint(title, color)):"] + shown.map { "    \($0.onOneLine)" }
            + (more > 0 ? ["    and \(NumberText.grouped(more)) more; --all shows them"] : [])
    }

    private func entering(_ person: PlanPeople.Person) -> String {
        let row = person.row.map { "row \(NumberText.grouped($0))\(person.key.map { " (\($0))" } ?? "")" } ?? "a member already"
        return row + (showsAddresses ? " \(person.address)" : "") + label(person)
    }

    private func label(_ person: PlanPeople.Person) -> String { person.label.map { ", label '\($0)'" } ?? "" }
}
