import HooklineCore
import Synchronization
import Testing

@testable import HooklineEngine

@Suite("Values that several threads compute")
struct ComputedAheadTests {
    private struct Fault: Error, Equatable { let number: Int }

    @Test("come in their order, each computed once", arguments: [1, 2, 3, 8], [0, 1, 2, 100])
    func order(threads: Int, count: Int) throws {
        let computed = Mutex<[Int]>([])
        let values = ComputedAhead(count, threads: threads) { number in
            computed.withLock { $0.append(number) }
            return number * number
        }
        defer { values.end() }
        #expect(try (0..<count).map { _ in try values.collect() } == (0..<count).map { $0 * $0 })
        #expect(computed.withLock { $0.sorted() } == Array(0..<count))
    }

    @Test("end with the error of the first that has one, and leave no thread behind", arguments: [1, 2, 8])
    func failure(threads: Int) throws {
        let values = ComputedAhead(100, threads: threads) { number in
            if number >= 10 { throw Fault(number: number) }
            return number
        }
        for number in 0..<10 { #expect(try values.collect() == number) }
        #expect(throws: Fault(number: 10)) { try values.collect() }
        values.end()
    }

    @Test("are only a few ahead of the one who collects them", arguments: [2, 8])
    func bound(threads: Int) throws {
        let highest = Mutex(0)
        let values = ComputedAhead(1_000, threads: threads) { number in highest.withLock { $0 = max($0, number) } }
        defer { values.end() }
        for number in 0..<500 {
            try values.collect()
            #expect(highest.withLock { $0 } <= number + threads + 1)
        }
    }
}
