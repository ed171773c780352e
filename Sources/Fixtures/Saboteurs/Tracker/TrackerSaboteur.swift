import Flash
import HLSP2P

/// A deliberately wrong tracker, or a rendezvous beside it that is: one named fault, laid over the correct reference at a
/// narrow seam.
public struct TrackerSaboteur: Sendable, Identifiable {
    /// What the cases call it: `one-more-than-size`.
    public let name: String
    let sabotage: @Sendable (inout TrackerFault) -> Void

    /// The name.
    public var id: String { name }

    init(_ name: String, _ sabotage: @escaping @Sendable (inout TrackerFault) -> Void) {
        self.name = name
        self.sabotage = sabotage
    }

    /// Every one.
    public static let all: [TrackerSaboteur] = [
        foundation, selection, edgeCases, parameters, answers, cors, count, disconnect, log, files, registration,
        messages, content, connections, methods, concurrency, abuse,
    ].flatMap(\.self)

    /// Whether what is wrong shows behind real sockets too: not where it is in the octets of connections.
    public var showsOnSockets: Bool {
        ![
            TrackerSaboteur.messages, TrackerSaboteur.content, TrackerSaboteur.connections, TrackerSaboteur.methods,
            TrackerSaboteur.concurrency,
        ].flatMap(\.self).contains { $0.name == name }
    }

    /// The one with the given name; nil if there is none.
    public static func named(_ name: String) -> TrackerSaboteur? {
        all.first { $0.name == name }
    }
}
