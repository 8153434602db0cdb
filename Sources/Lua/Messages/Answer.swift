import CLuaHost

/// An answer, read from its start. Every length is checked, because it may come from another process.
struct Answer {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next number.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(LuaError) -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - position else { throw Self.malformed }
        defer { position += size }
        return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self)) }
    }

    /// The next text, repaired where it is not UTF-8.
    mutating func text() throws(LuaError) -> String {
        let count = Int(try number(UInt32.self))
        guard count <= bytes.count - position else { throw Self.malformed }
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    /// A count, then that many texts; at most `most`.
    mutating func texts(most: Int) throws(LuaError) -> [String] {
        let count = Int(try number(UInt32.self))
        guard count <= most else { throw Self.malformed }
        var texts: [String] = []
        for _ in 0..<count { texts.append(try text()) }
        return texts
    }

    /// The rest, as one encoded value.
    func value() throws(LuaError) -> LuaValue {
        let result: Result<LuaValue, LuaError> = bytes.withUnsafeBytes { bytes in
            var decoder = ValueDecoder(UnsafeRawBufferPointer(rebasing: bytes[position...]))
            do throws(LuaError) { return .success(try decoder.value()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The rest.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    static var malformed: LuaError { LuaError(.misuse, message: "the scripts' machine gave a malformed answer") }

    /// Reads how the request ended.
    ///
    /// - Throws: `LuaError`: the one in the answer, if the request failed.
    mutating func checkStatus() throws(LuaError) {
        let status = try number(Int32.self)
        let line = try number(Int32.self)
        let row = try number(Int64.self)
        let step = try number(Int32.self)
        let file = try text()
        let message = try text()
        if status == Int32(HL_OK) { return }
        throw LuaError(
            LuaError.Code(status: status), file: file.isEmpty ? nil : file, line: line > 0 ? Int(line) : nil,
            row: row >= 0 ? Int(exactly: row) : nil, step: step >= 0 ? Int(step) : nil, message: message)
    }
}

extension LuaError.Code {
    fileprivate init(status: Int32) {
        self =
            switch Int(status) {
            case Int(HL_SYNTAX): .syntax
            case Int(HL_RUNTIME): .runtime
            case Int(HL_CONTRACT): .contract
            case Int(HL_ENCODING): .encoding
            case Int(HL_INSTRUCTIONS): .instructions
            case Int(HL_PROCESSOR_TIME): .processorTime
            case Int(HL_MEMORY): .memory
            case Int(HL_PATTERN_STEPS): .patternSteps
            default: .misuse
            }
    }
}
