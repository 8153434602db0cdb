import HooklineCore

extension CSVScanner {
    /// The error for a carriage return that no line feed follows.
    func loneCarriageReturn(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> SourceError {
        SourceError(
            .badLineEnding, at: location(bytes, at),
            "a carriage return without a line feed; end lines with LF or CRLF, and quote a field that contains one")
    }

    /// The error for a byte that may not be where it is.
    func misplaced(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ isQuoted: Bool) -> SourceError {
        if bytes[at] == 0 {
            return SourceError(
                .badEncoding, at: location(bytes, at),
                "a NUL byte, which text never contains; if the file is UTF-16, set `encoding: utf-16` for the source")
        }
        // In `"say \"hi\""`, the quote before this byte closed the field.
        let isBehindBackslash = isQuoted && escape == CSVMarks.quote && at > 1 && bytes[at - 2] == UInt8(ascii: "\\")
        let message =
            isBehindBackslash
            ? "text follows a closing quote that a backslash precedes; if this file escapes quotes with backslashes, set `escape: backslash` for the source"
            : isQuoted
                ? "text follows a closing quote; end the field there, or double each quote that is text"
                : "a quote inside an unquoted field; quote the whole field, and double each quote that is text"
        return SourceError(.badQuoting, at: location(bytes, at), message)
    }
}
