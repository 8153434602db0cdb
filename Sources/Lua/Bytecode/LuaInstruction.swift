/// One instruction of Lua 5.4 (lopcodes.h): its operation and operands.
struct LuaInstruction {
    /// The operations that a walk over values distinguishes. Every other one writes one register with a value that nobody follows.
    enum Operation: UInt32 {
        case move = 0, loadK = 3, loadNil = 8, getUpvalue = 9, setUpvalue = 10, getTabUp = 11, getTable = 12, getI = 13, getField = 14
        case setTabUp = 15, setTable = 16, setI = 17, setField = 18, newTable = 19, selfCall = 20
        case mmBin = 46, mmBinI = 47, mmBinK = 48, concat = 53, close = 54, toBeClosed = 55, jump = 56
        case equal = 57, less = 58, lessEqual = 59, equalK = 60, equalI = 61, lessI = 62, lessEqualI = 63, greaterI = 64, greaterEqualI = 65
        case test = 66, testSet = 67
        case call = 68, tailCall = 69, returnMany = 70, returnNone = 71, returnOne = 72, forLoop = 73, forPrepare = 74
        case genericPrepare = 75, genericCall = 76, genericLoop = 77, setList = 78, closure = 79, varArguments = 80, extra = 82
    }

    let word: UInt32

    init(_ word: UInt32) { self.word = word }

    var operation: Operation? { Operation(rawValue: word & 0x7F) }
    var a: Int { Int(word >> 7 & 0xFF) }
    var b: Int { Int(word >> 16 & 0xFF) }
    var c: Int { Int(word >> 24) }
    /// Whether `c` names a constant.
    var k: Bool { word >> 15 & 1 != 0 }
    var bx: Int { Int(word >> 15) }
    /// The distance of a plain jump.
    var jump: Int { Int(word >> 7) - 0xFF_FFFF }

    /// Where the instruction at `position` may jump; nil when it always continues with the next one.
    func target(from position: Int) -> Int? {
        switch operation {
        case .jump: position + 1 + jump
        case .forLoop, .genericLoop: position + 1 - bx
        case .forPrepare: position + 2 + bx
        case .genericPrepare: position + 1 + bx
        default: nil
        }
    }

    /// The registers that it may change; nil for none.
    var written: ClosedRange<Int>? {
        switch operation {
        case .setUpvalue, .setTabUp, .setTable, .setI, .setField, .mmBin, .mmBinI, .mmBinK, .close, .toBeClosed, .jump,
            .equal, .less, .lessEqual, .equalK, .equalI, .lessI, .lessEqualI, .greaterI, .greaterEqualI, .test, .returnMany,
            .returnNone, .returnOne, .setList, .extra:
            nil
        case .loadNil: a...(a + b)
        case .selfCall: a...(a + 1)
        case .concat: a...(a + max(b, 1) - 1)
        case .forLoop, .forPrepare, .genericPrepare: a...(a + 3)
        case .genericLoop: a...(a + 4)
        case .call, .tailCall, .varArguments: a...512
        case .genericCall: (a + 4)...512
        default: a...a
        }
    }
}
