import HooklineCore
import Text

extension Issue {
    /// `file:line:column: message [code]` for a terminal.
    ///
    /// A package's names may contain line breaks and escapes, but cannot forge a line of ours. What scripts raise comes with an excerpt of
    /// their text, which is on lines of its own.
    var shown: String {
        code.hasPrefix("hook.") ? line.onItsLines : line.onOneLine
    }
}
