import Foundation

/// What several contestants did in one discipline: the median of each one's runs, and how the first compares.
struct ComparisonTable {
    private let title: String
    private let unit: String
    private let note: String
    private var names: [String] = []
    private var figures: [String: [(value: Double, note: Double)]] = [:]

    init(_ title: String, unit: String, note: String) {
        self.title = title
        self.unit = unit
        self.note = note
    }

    /// Enters the figures of one run.
    mutating func add(_ name: String, _ value: Double, note: Double) {
        if figures[name] == nil { names.append(name) }
        figures[name, default: []].append((value, note))
    }

    /// Prints a line for each contestant, with the ratios of the first one's figures to its own.
    func print() {
        Swift.print("\(title):")
        guard let first = names.first.map(median) else { return }
        for name in names {
            let figure = median(name)
            var line = "  \(name.padding(toLength: 24, withPad: " ", startingAt: 0))"
            line += String(format: "%10.0f %@, %.1f %@", figure.value, unit, figure.note, note)
            if name != names.first {
                let ratios = (first.value / figure.value, first.note / figure.note)
                line += String(format: "; \(names[0]): %.2f and %.2f times as much", ratios.0, ratios.1)
            }
            Swift.print(line)
        }
    }

    private func median(_ name: String) -> (value: Double, note: Double) {
        let runs = (figures[name] ?? []).sorted { $0.value < $1.value }
        return runs[runs.count / 2]
    }
}
