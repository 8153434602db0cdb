// Writes Sources/CText/unicode_tables.c from what Swift's standard library knows of Unicode, so that the Lua library and
// HooklineCore agree on every letter:
//     swiftc -O scripts/unicode/tables.swift -o /tmp/tables && /tmp/tables > Sources/CText/unicode_tables.c
import Foundation

let scalars = (0x80...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)

func only(_ mapping: String) -> UInt32? {
    mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first?.value : nil
}

func printLines(_ items: [String]) {
    var line = "   "
    for item in items {
        if line.utf8.count + item.utf8.count + 2 > 138 {
            print(line)
            line = "   "
        }
        line += " \(item),"
    }
    print(line)
}

/// Runs of letters with the same distance to their other case, every letter or every second one.
func printCases(_ name: String, _ mapping: (Unicode.Scalar) -> UInt32?) {
    var ranges: [(first: UInt32, last: UInt32, delta: Int64, stride: UInt32)] = []
    for scalar in scalars {
        guard let target = mapping(scalar), target != scalar.value else { continue }
        let (code, delta) = (scalar.value, Int64(target) - Int64(scalar.value))
        if let range = ranges.last, range.delta == delta, code - range.last <= 2,
            range.first == range.last || range.stride == code - range.last
        {
            ranges[ranges.count - 1].stride = code - range.last
            ranges[ranges.count - 1].last = code
        } else {
            ranges.append((code, code, delta, 1))
        }
    }
    print("\nconst hl_case_range hl_\(name)_ranges[] = {")
    printLines(ranges.map { "{\($0.first), \($0.last), \($0.delta), \($0.stride)}" })
    print("};\nconst size_t hl_\(name)_count = sizeof hl_\(name)_ranges / sizeof hl_\(name)_ranges[0];")
}

func printSet(_ name: String, _ contains: (Unicode.Scalar) -> Bool) {
    var ranges: [(first: UInt32, last: UInt32)] = []
    for scalar in scalars where contains(scalar) {
        if let range = ranges.last, range.last + 1 == scalar.value {
            ranges[ranges.count - 1].last = scalar.value
        } else {
            ranges.append((scalar.value, scalar.value))
        }
    }
    print("\nconst hl_code_range hl_\(name)_ranges[] = {")
    printLines(ranges.map { "{\($0.first), \($0.last)}" })
    print("};\nconst size_t hl_\(name)_count = sizeof hl_\(name)_ranges / sizeof hl_\(name)_ranges[0];")
}

let special: [UInt32: String] = [
    0xC6: "ae", 0xD0: "d", 0xD8: "o", 0xDE: "th", 0xDF: "ss", 0x110: "d", 0x126: "h", 0x131: "i", 0x138: "k", 0x141: "l", 0x14A: "ng",
    0x152: "oe", 0x166: "t", 0x17F: "s", 0x18F: "e", 0x192: "f", 0x1A0: "o", 0x1AF: "u", 0x1DD: "e", 0x1E9E: "ss", 0x237: "j",
]

/// The letters a to z that a Latin letter is written with; nil for what is none.
func transliteration(_ scalar: Unicode.Scalar) -> String? {
    if let known = special[scalar.value] { return known }
    if let lower = only(scalar.properties.lowercaseMapping), lower != scalar.value, let letter = Unicode.Scalar(lower) {
        return transliteration(letter)
    }
    // The other way round for small letters whose capital is in the list.
    if let upper = only(scalar.properties.uppercaseMapping), let known = special[upper] { return known }
    let parts = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
    guard parts.first != scalar || parts.count > 1 else { return nil }
    var text = ""
    for part in parts where part.properties.generalCategory != .nonspacingMark {
        if part.isASCII {
            text += String(part).lowercased()
        } else if let known = special[part.value] ?? only(part.properties.uppercaseMapping).flatMap({ special[$0] }) {
            text += known
        } else {
            return nil
        }
    }
    return !text.isEmpty && text.allSatisfy { $0 >= "a" && $0 <= "z" } && text.count <= 3 ? text : nil
}

print("// Made by scripts/unicode/tables.swift; Unicode 16.0. Not edited by hand.\n")
print("#include \"unicode.h\"")
printCases("lower") { $0.value == 0x130 ? 0x69 : only($0.properties.lowercaseMapping) }
printCases("upper") { only($0.properties.uppercaseMapping) }
printSet("space") { $0.properties.isWhitespace }
printSet("invisible") { $0.properties.isDefaultIgnorableCodePoint }
let latin: [ClosedRange<UInt32>] = [0xAA...0xAA, 0xBA...0xBA, 0xC0...0x24F, 0x1E00...0x1EFF, 0xFB00...0xFB06, 0xFF21...0xFF5A]
print("\nconst hl_latin_letter hl_latin_letters[] = {")
printLines(
    scalars.filter { scalar in latin.contains { $0.contains(scalar.value) } }.compactMap { scalar in
        transliteration(scalar).map { "{\(scalar.value), \"\($0)\"}" }
    })
print("};\nconst size_t hl_latin_count = sizeof hl_latin_letters / sizeof hl_latin_letters[0];")
