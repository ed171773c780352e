import ArgumentParser
import Conformance

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a case: its rule, where that stands, and how it is proven."
    )

    @Argument(help: "The case's id.")
    var id: String

    func run() throws {
        if let judgement = ReplayJudgement(rawValue: id) {
            return try write("\(judgement.rawValue)\n\n\(judgement.explanation)")
        }
        guard let subject = Suite.all.first(where: { $0.id == id }) else {
            let nearest = IDPattern(id).nearest(in: Suite.all.map(\.id))
            throw fail(.usage, "there is no case '\(id)'; the nearest ids are \(nearest.joined(separator: ", "))")
        }
        try write("\(subject.id)  (\(subject.level.rawValue), \(subject.role.rawValue))\n\n\(subject.title)\n")
        for requirement in subject.requirements.compactMap({ Requirements.requirement($0) }) {
            try write("\(requirement.id)  \(requirement.keyword.rawValue)")
            try write("  \(requirement.statement)")
            if let violation = requirement.violation { try write("  A violation: \(violation)") }
        }
        for alternative in subject.accepts {
            try write("\nTolerated: \(alternative.name).\n  \(alternative.sentence)")
        }
        if !subject.needs.isEmpty {
            try write("\nNeeds: \(subject.needs.map(\.rawValue).sorted().joined(separator: ", "))")
        }
        try write("\nProven by the saboteurs: \(subject.saboteurs.joined(separator: ", "))")
    }
}
