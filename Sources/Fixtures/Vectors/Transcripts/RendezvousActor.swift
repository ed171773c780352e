internal import Flash
internal import RTMFP

/// The rendezvous of a scene (tracker-protocol §8.1).
final class RendezvousActor: PeerActor {
    /// What it says.
    struct Manner: Sendable {
        /// The answer to `connect`: a message.
        var answer: [UInt8] = RendezvousActor.success(objectEncoding: 3)
        /// What follows the addresses of the client, messages.
        var advice: [[UInt8]] = [RendezvousActor.periods]
        /// Whether it accepts clients.
        var accepts = true
    }

    /// `connect` is successful.
    static func success(objectEncoding: Double) -> [UInt8] {
        let details = [AMFMember("objectEncoding", AMF0Value.number(objectEncoding))]
        return answer("_result", Status("NetConnection.Connect.Success", "Connection succeeded", details: details))
    }

    /// `connect` is refused.
    static let rejection = answer(
        "_error",
        Status("NetConnection.Connect.Rejected", level: .error, "Not today")
    )

    /// The keepalive periods of the deployed server.
    static let periods = UserControl.setKeepalive(serverPeriod: 15_000, peerPeriod: 10_000).message.encoded

    let name = PeerTranscript.rendezvous
    private let manner: Manner
    private var flow: Int?

    init(_ manner: Manner) {
        self.manner = manner
    }

    func see(_ act: PeerStep.Act, in scene: PeerScene) {
        switch act {
        case .open: scene.after(3 * PeerScene.latency) { try scene.perform(.opened, by: self.name) }
        case .message(let number, let opening, let octets):
            let command = (try? Message(decoding: octets)).flatMap { try? Command(decoding: $0) }
            guard let command else { return }
            scene.after(2 * PeerScene.latency) {
                switch command.name {
                case "connect":
                    guard let opening else { return }
                    if self.manner.accepts { scene.register() }
                    self.flow = try scene.begin(opening.metadata, number, [self.manner.answer], by: self.name)
                case "setPeerInfo":
                    guard let flow = self.flow else { return }
                    for message in self.manner.advice {
                        try scene.perform(.message(flow: flow, nil, message), by: self.name)
                    }
                default: break
                }
            }
        default: break
        }
    }

    private static func answer(_ name: String, _ status: Status) -> [UInt8] {
        Command(name, transactionID: 1, [status.value]).message().encoded
    }
}
