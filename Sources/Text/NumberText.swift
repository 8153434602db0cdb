/// Numbers as messages and tables show them.
package enum NumberText {
    /// A whole number with its digits in groups of three: `4,210`.
    package static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A number from 0 to 99 in two digits: `07`.
    package static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A number with the noun that fits it: `1 row`, `4,210 rows`.
    package static func counted(_ number: Int, _ one: String, _ several: String) -> String {
        "\(grouped(number)) \(number == 1 ? one : several)"
    }
}
