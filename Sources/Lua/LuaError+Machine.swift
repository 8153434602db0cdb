import CLuaHost

extension LuaError {
    /// Reads what the C side says of a failure; the pointers in it last until the machine's next call.
    init(_ error: hl_error) {
        let file = String(cString: error.file)
        let text = UnsafeBufferPointer(
            start: UnsafeRawPointer(error.message).assumingMemoryBound(to: UInt8.self), count: error.message_length)
        self.init(
            Self.code(error.status),
            file: file.isEmpty ? nil : file,
            line: error.line > 0 ? Int(error.line) : nil,
            row: error.row >= 0 ? Int(error.row) : nil,
            step: error.step >= 0 ? Int(error.step) : nil,
            message: String(decoding: text, as: UTF8.self)
        )
    }

    private static func code(_ status: Int32) -> Code {
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
