import Flash
public import HLSP2P

/// A peer that says yes to whoever asks, and delivers nothing.
public struct LyingPeer: PeerConduct {
    /// Makes one.
    public init() {}

    public func judges(_ rule: PeerRule, holds: Bool) -> Bool {
        rule == .chunkOffered ? true : holds
    }

    public func sends(_ envelope: Envelope, to peer: PeerID) -> [Envelope] {
        guard case .response = envelope.kind else { return [envelope] }
        switch envelope.subtype {
        case "hasChunk":
            // A lie that can be believed needs a size.
            var lie = envelope
            lie.members.removeAll { $0.name == "avgChunkSize" || $0.name == "calFrom" }
            lie.members.append(.init("avgChunkSize", .integer(20_000)))
            lie.members.append(.init("calFrom", .integer(1)))
            return [lie]
        case "getPiece", "pushPiece", "pushPieceError": return []
        default: return [envelope]
        }
    }
}
