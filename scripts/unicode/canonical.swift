// Writes two files of Sources/CText from what Swift's standard library and Foundation know of Unicode's canonical equivalence:
//     swiftc -O scripts/unicode/canonical.swift -o /tmp/canonical
//     /tmp/canonical pairs > Sources/CText/canonical_pairs.c && /tmp/canonical classes > Sources/CText/combining_classes.c
import Foundation

let scalars = (0x80...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
let hangul: ClosedRange<UInt32> = 0xAC00...0xD7A3

func printLines(_ items: [String]) {
    var line = "   "
    for item in items {
        if line.utf8.count + item.utf8.count + 2 > 148 {
            print(line)
            line = "   "
        }
        line += " \(item),"
    }
    print(line)
}

func codes(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

/// A character as the two that it is composed of; the second is 0 where one character is another.
struct Pair {
    let code: UInt32
    let first: UInt32
    let second: UInt32
}

var whole: [[UInt32]: UInt32] = [:]
var parts: [(code: UInt32, parts: [UInt32])] = []
for scalar in scalars where !hangul.contains(scalar.value) {
    let decomposed = codes(String(scalar).decomposedStringWithCanonicalMapping)
    if decomposed == [scalar.value] { continue }
    parts.append((scalar.value, decomposed))
    let isComposed = codes(String(scalar).precomposedStringWithCanonicalMapping) == [scalar.value]
    if isComposed || whole[decomposed] == nil { whole[decomposed] = scalar.value }
}
let pairs = parts.map { code, parts in
    if parts.count == 1 { return Pair(code: code, first: parts[0], second: 0) }
    let before = Array(parts.dropLast())
    guard let first = before.count == 1 ? before[0] : whole[before] else { fatalError("\(code) is no pair") }
    return Pair(code: code, first: first, second: parts[parts.count - 1])
}
let composed = pairs.indices.filter { index in
    pairs[index].second != 0
        && codes(String(Unicode.Scalar(pairs[index].code)!).precomposedStringWithCanonicalMapping) == [pairs[index].code]
}.sorted { (pairs[$0].first, pairs[$0].second) < (pairs[$1].first, pairs[$1].second) }

/// Whether Foundation, which may know an older Unicode than the standard library, also moves the mark.
func isOrdered(_ mark: Unicode.Scalar, _ value: UInt8) -> Bool {
    let text = value > 1 ? "\(mark)\u{334}" : "\u{323}\(mark)"
    return codes(text.decomposedStringWithCanonicalMapping) != codes(text)
        || codes(String(mark).decomposedStringWithCanonicalMapping) != [mark.value]
}

var classes: [(first: UInt32, last: UInt32, value: UInt8)] = []
for scalar in scalars {
    let value = scalar.properties.canonicalCombiningClass.rawValue
    if value == 0 || !isOrdered(scalar, value) { continue }
    if let range = classes.last, range.value == value, range.last + 1 == scalar.value {
        classes[classes.count - 1].last = scalar.value
    } else {
        classes.append((scalar.value, scalar.value, value))
    }
}

print("// Made by scripts/unicode/canonical.swift; Unicode 16.0. Not edited by hand.\n")
print("#include \"canonical_tables.h\"")
if CommandLine.arguments.last == "pairs" {
    print("\nconst hl_canonical_pair hl_canonical_pairs[] = {")
    printLines(pairs.map { "{\($0.code),\($0.first),\($0.second)}" })
    print("};\nconst size_t hl_canonical_pair_count = sizeof hl_canonical_pairs / sizeof hl_canonical_pairs[0];")
    print("\nconst uint16_t hl_compositions[] = {")
    printLines(composed.map(String.init))
    print("};\nconst size_t hl_composition_count = sizeof hl_compositions / sizeof hl_compositions[0];")
} else {
    print("\nconst hl_combining_range hl_combining_ranges[] = {")
    printLines(classes.map { "{\($0.first),\($0.last),\($0.value)}" })
    print("};\nconst size_t hl_combining_count = sizeof hl_combining_ranges / sizeof hl_combining_ranges[0];")
}
