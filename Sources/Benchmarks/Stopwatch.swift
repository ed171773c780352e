/// Times a piece of work several times and tells the best and the median: a shared machine disturbs, and only upwards.
struct Stopwatch {
    /// How often each measurement is repeated.
    let repetitions: Int

    /// Prints what `work` does a second, and how long one unit takes.
    ///
    /// - Parameter work: does some number of units and tells how many.
    func measure(_ name: String, unit: String, _ work: () throws -> Int) rethrows {
        var rates: [Double] = []
        for _ in 0..<repetitions {
            let start = ContinuousClock.now
            let count = try work()
            let elapsed = start.duration(to: .now)
            rates.append(
                Double(count) / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
            )
        }
        rates.sort()
        let best = rates.last ?? 0
        let median = rates[rates.count / 2]
        print("\(name): \(thousands(median)) \(unit)/s median, \(thousands(best)) best, \(nanoseconds(median)) each")
    }

    private func thousands(_ rate: Double) -> String {
        rate >= 10_000 ? "\(Int(rate / 1000)) thousand" : "\(Int(rate))"
    }

    private func nanoseconds(_ rate: Double) -> String {
        let value = 1e9 / max(rate, 1e-9)
        return value >= 1e6 ? "\(Int(value / 1e4) ) e-5 s" : "\(Int(value)) ns"
    }
}
