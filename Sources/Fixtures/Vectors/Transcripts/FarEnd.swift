internal import RTMFP

/// An end of a transcript that is not the one whom the transcript is about, a peer or a server: an endpoint that does what
/// it is told, and tells what that one does towards it.
final class FarEnd {
    let name: String
    let address: SocketAddress
    let endpoint: Endpoint

    private var session: SessionHandle?
    /// The flows of both ends, by the numbers that they have in the transcript.
    private var flows: [Int: FlowHandle] = [:]
    private var numbers: [FlowHandle: Int] = [:]
    private var openings: [FlowHandle: PeerStep.Opening] = [:]
    private let peer: SocketAddress

    /// - Parameter peer: where the one is whom the transcript is about.
    /// - Throws: if the certificate is none.
    init(_ end: PeerTranscript.End, peer: SocketAddress) throws {
        name = end.name
        address = end.address
        self.peer = peer
        endpoint = Endpoint(
            configuration: Configuration(identity: Identity(certificate: try Certificate(end.certificate))),
            random: SeededGenerator(seed: 7425, name: end.name)
        )
    }

    /// Whether there is a session.
    var isOpen: Bool { session != nil }

    /// Begins to open a session.
    func open(_ discriminator: [UInt8], at now: Instant) {
        endpoint.open(to: [peer], endpointDiscriminator: discriminator, at: now)
    }

    /// Does something about the session, or about flows.
    ///
    /// - Throws: `VectorMismatch` if there is no such session or flow.
    func perform(_ act: PeerStep.Act, at now: Instant) throws(VectorMismatch) {
        guard let session else { throw VectorMismatch("session with \(name)", expected: "open", actual: "none") }
        switch act {
        case .message(let number, let opening, let octets):
            if let opening {
                var association: FlowHandle?
                if let number = opening.association { association = try self.flow(number) }
                let flow = endpoint.openFlow(
                    on: session,
                    metadata: opening.metadata,
                    association: association,
                    at: now
                )
                guard let flow else {
                    throw VectorMismatch("flow \(number) to the peer", expected: "open", actual: "refused")
                }
                flows[number] = flow
                numbers[flow] = number
            }
            endpoint.write(octets, on: try self.flow(number), at: now)
        case .finish(let number): endpoint.close(try self.flow(number), at: now)
        case .reject(let number, let code): endpoint.reject(try self.flow(number), code: code, at: now)
        case .close: endpoint.close(session, at: now)
        case .open, .opened: break
        }
    }

    /// What the other one has done since the last call; `number` gives a flow that has begun its number.
    func takeActs(_ number: (PeerStep.Opening) -> Int) -> [PeerStep.Act] {
        endpoint.takeEvents().compactMap { event in
            switch event {
            case .opened(let session, _):
                self.session = session
                return nil
            case .flowOpened(let flow, let received):
                openings[flow] = PeerStep.Opening(
                    metadata: received.metadata,
                    association: received.association.flatMap { numbers[$0] }
                )
                return nil
            case .message(let flow, let message):
                let opening = openings.removeValue(forKey: flow)
                if let opening {
                    let number = number(opening)
                    numbers[flow] = number
                    flows[number] = flow
                }
                return numbers[flow].map { .message(flow: $0, opening, message.bytes) }
            case .flowEnded(let flow): return numbers[flow].map { .finish(flow: $0) }
            case .flowRejected(let flow, let code): return numbers[flow].map { .reject(flow: $0, code: code) }
            case .closed(let session, let reason):
                if session == self.session { self.session = nil }
                return reason == .farClosed ? .close : nil
            default: return nil
            }
        }
    }

    private func flow(_ number: Int) throws(VectorMismatch) -> FlowHandle {
        guard let flow = flows[number] else {
            throw VectorMismatch("flow \(number) with \(name)", expected: "open", actual: "none")
        }
        return flow
    }
}
