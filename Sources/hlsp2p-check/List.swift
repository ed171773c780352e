import ArgumentParser
import Conformance
import Foundation

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the cases, or what they cover.")

    @Argument(help: ArgumentHelp("Ids of the cases to list, with * and ? as wildcards.", valueName: "id-glob"))
    var patterns: [String] = []

    @Flag(help: "An array of objects with id, title, level, role, requirements and saboteurs.")
    var json = false

    @Flag(help: "Claimed requirements and all of them by area, and why the others are not claimed.")
    var coverage = false

    private struct Entry: Encodable {
        var id: String
        var title: String
        var level: String
        var role: String
        var requirements: [String]
        var saboteurs: [String]
    }

    func run() throws {
        let cases: [Case]
        do {
            cases = try Selection(patterns: patterns.map { IDPattern($0) }).select(from: Suite.all)
        } catch {
            throw fail(.usage, "\(error)")
        }
        if coverage {
            try write(Coverage(of: cases).table)
        } else if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let entries = cases.map { subject in
                Entry(
                    id: subject.id,
                    title: subject.title,
                    level: subject.level.rawValue,
                    role: subject.role.rawValue,
                    requirements: subject.requirements,
                    saboteurs: subject.saboteurs
                )
            }
            try write(String(decoding: encoder.encode(entries), as: UTF8.self))
        } else {
            let lines = cases.map { subject in
                "\(subject.level.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0))\(subject.id)"
            }
            try write(lines.joined(separator: "\n"))
        }
    }
}
