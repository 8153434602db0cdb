/// The text of one file of a package.
package struct LuaSource: Equatable, Sendable {
    /// Its name for `require`, such as `lib.names`.
    package var module: String
    /// Its name in messages, such as `lib/names.lua`.
    package var file: String
    package var text: [UInt8]

    package init(module: String, file: String, text: [UInt8]) {
        self.module = module
        self.file = file
        self.text = text
    }

    package init(module: String, file: String, text: String) {
        self.init(module: module, file: file, text: Array(text.utf8))
    }

    /// The most bytes of one text.
    package static let largestText = 64 << 10
    /// The most bytes of all texts of a machine.
    package static let largestSum = 1 << 20
}
