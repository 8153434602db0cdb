import CLuaHost

extension LuaMachine {
    /// Compiles a known source without running it.
    ///
    /// - Throws: `LuaError.Code.syntax`, with its line, for a source that does not compile.
    package func chunk(of module: String) throws(LuaError) -> LuaChunk {
        var reader = BytecodeReader(try dump(of: module))
        return try reader.chunk()
    }

    /// The bytecode of a known source.
    func dump(of module: String) throws(LuaError) -> [UInt8] {
        var message = Message(Int(HL_DUMP))
        message.append(text: module.utf8)
        return Array(try port.ask(message).rest)
    }
}
