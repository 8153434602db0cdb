/// The text of a YAML file with positions as the scanner counts them: lines and columns from 1, columns in Unicode scalars.
struct SourceText {
    private(set) var scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        // A byte order mark doesn't count as a character.
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var starts = [0]
        for index in scalars.indices where Self.endsLine(scalars, at: index) { starts.append(index + 1) }
        lineStarts = starts
    }

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Line and column of a scalar.
    func location(of index: Int) -> (line: Int, column: Int) {
        var (low, high) = (0, lineStarts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle - 1 }
        }
        return (low + 1, index - lineStarts[low] + 1)
    }

    /// The scalar at a line and column; nil beyond the text.
    func index(line: Int, column: Int) -> Int? {
        guard lineStarts.indices.contains(line - 1), column >= 1 else { return nil }
        let index = lineStarts[line - 1] + column - 1
        return index < scalars.count ? index : nil
    }

    func scalar(line: Int, column: Int) -> Unicode.Scalar? { index(line: line, column: column).map { scalars[$0] } }

    /// The text of a line, without its end.
    func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let end = number < lineStarts.count ? lineStarts[number] : scalars.count
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[lineStarts[number - 1]..<end])
        return String(view)
    }

    /// Overwrites each scalar of the word that starts there with a placeholder (see ``TreeComposer``); returns whether it does start there.
    mutating func mask(_ word: String, line: Int, column: Int, with placeholder: Unicode.Scalar) -> Bool {
        let wanted = Array(word.unicodeScalars)
        guard !wanted.isEmpty, var start = index(line: line, column: column) else { return false }
        if scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        let end = start + wanted.count
        guard end <= scalars.count, Array(scalars[start..<end]) == wanted else { return false }
        for index in start..<end { scalars[index] = placeholder }
        return true
    }

    /// Whether a scalar ends a line (YAML 1.1 §5.4); CR LF ends one line.
    private static func endsLine(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        switch scalars[index] {
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        case "\r": index + 1 == scalars.count || scalars[index + 1] != "\n"
        default: false
        }
    }
}
