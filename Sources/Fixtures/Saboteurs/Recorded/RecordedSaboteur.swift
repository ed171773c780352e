public import Capture

/// A fault laid over the recording of a correct exchange: what the cases over recordings must find.
///
/// Each exists to turn certain cases red, and no others; `hlsp2p-check self-test` proves it.
public struct RecordedSaboteur: Sendable, Identifiable {
    /// What the cases call it: `ping-reply-unasked`.
    public let name: String
    private let sabotage: @Sendable (inout Script) -> Void

    /// The name.
    public var id: String { name }

    init(_ name: String, _ sabotage: @escaping @Sendable (inout Script) -> Void) {
        self.name = name
        self.sabotage = sabotage
    }

    /// The packets of the recording with this fault.
    public var recording: [DecodedPacket] {
        var script = ReferenceScript.write()
        sabotage(&script)
        return script.recorded()
    }

    /// The packets of the recording without any fault.
    public static var referenceRecording: [DecodedPacket] { ReferenceScript.write().recorded() }

    /// All of them.
    public static let all: [RecordedSaboteur] = [
        packets, fragments, introduction, sessions, data, options, sending, abandoning, identities, components,
        messages,
    ].flatMap(\.self)

    /// The one with the given name; nil if there is none.
    public static func named(_ name: String) -> RecordedSaboteur? {
        all.first { $0.name == name }
    }
}
