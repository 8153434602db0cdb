/// Transcodes encodings in which each byte is one character.
struct SingleByteTranscoder: Transcoder {
    static let growth = 3

    /// Windows code page 1252, which leaves five bytes undefined.
    static let windows1252 = SingleByteTranscoder(upper: [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019,
        0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ])
    /// ISO 8859-1 without its control characters from 0x80 on: a file that has them is in another encoding.
    static let latin1 = SingleByteTranscoder(upper: [UInt16](repeating: 0, count: 32))

    /// The UTF-8 of each byte from 0x80 on.
    private let texts: [[UInt8]]

    /// - Parameter upper: the characters of bytes 0x80 to 0x9F, 0 for undefined; later bytes are as in Unicode.
    private init(upper: [UInt16]) {
        texts = (upper + (0xA0...0xFF)).map { code in
            guard code != 0, let scalar = Unicode.Scalar(code) else { return [TextEncoding.fault] }
            return Array(String(scalar).utf8)
        }
    }

    func transcode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var written = 0
        for byte in input {
            if byte < 0x80 {
                output[written] = byte
                written += 1
            } else {
                for part in texts[Int(byte) - 0x80] {
                    output[written] = part
                    written += 1
                }
            }
        }
        return written
    }

    func finish(into output: UnsafeMutableBufferPointer<UInt8>) -> Int { 0 }
}
