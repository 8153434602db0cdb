/// Why a text is not JSON, and at which byte.
///
/// It names what the grammar expects and never what was found, which may be a person's data.
package struct JSONFault: Error, Sendable, Equatable {
    /// What the grammar allows at a position.
    package enum Expectation: String, Sendable {
        case value = "a value"
        case string = "a string"
        case object = "an object"
        case array = "an array"
        case key = "a key in double quotes"
        case colon = "a colon"
        case commaOrObjectEnd = "a comma or the end of the object"
        case commaOrArrayEnd = "a comma or the end of the array"
        case word = "true, false or null"
        case digit = "a digit"
        case escape = "an escape"
        case hexadecimalDigits = "four hexadecimal digits"
    }

    /// What is wrong.
    package enum Problem: Sendable, Equatable {
        /// Something else stands here.
        case expected(Expectation)
        /// The text is cut off.
        case ends(before: Expectation)
        case unclosedString
        case controlCharacter
        case unknownEscape
        case loneSurrogate
        case notUTF8
        case leadingZero
        case tooDeep(limit: Int)
        /// A second value, or anything else but white space, follows the first.
        case trailingText
    }

    /// The position of the first byte that cannot stand where it stands; the length of the text when it is cut off.
    package let offset: Int
    package let problem: Problem

    package init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// What is wrong, as part of a sentence.
    package var message: String {
        switch problem {
        case .expected(let what): "expected \(what.rawValue)"
        case .ends(let what): "the text ends where \(what.rawValue) is expected"
        case .unclosedString: "the string that begins here is never closed"
        case .controlCharacter: "a control character in a string must be written as an escape"
        case .unknownEscape: "JSON has no such escape"
        case .loneSurrogate: "half of a surrogate pair"
        case .notUTF8: "a byte that is not UTF-8"
        case .leadingZero: "a number must not begin with a zero"
        case .tooDeep(let limit): "values nest deeper than \(limit) levels"
        case .trailingText: "more text follows the value"
        }
    }
}
