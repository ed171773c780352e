import Flash
import HLSP2P
import RTMFP

/// What far ends, the player and HTTP servers do.
extension PeerSessionUnderFuzz {
    func carryOut(_ step: PeerSessionStep) throws {
        switch step {
        case .pass(let amount, let scale): try pass(.milliseconds(Double(amount) * Double(1 << scale)))
        case .open(let far): try open(far)
        case .accept(let far): try accept(far)
        case .play(let far, let flow, let name): try play(far, flow, name)
        case .command(let far, let flow, let kind): try command(far, flow, kind)
        case .answer(let far, let flow, let kind): try answer(far, flow, kind)
        case .ask(let far, let flow, let operation): try speak(far, flow, operation)
        case .message(let far, let flow, let isAnswer, let octets):
            session(far)?.taint()
            if isAnswer { try say(octets, far, inAnswerTo: flow) } else { try say(octets, far, flow) }
        case .begin(let far, let flow, let metadata):
            session(far)?.taint()
            try say([], far, flow, metadata: metadata)
        case .end(let far, let flow):
            session(far)?.ends(Self.flowID(flow))
            try say([], far, flow, isFinal: true)
        case .reject(let far, let flow):
            guard let id = flowID(far, flow) else { return }
            try say([.flowExceptionReport(FlowExceptionReport(flowID: id, exceptionCode: 0))], far)
        case .close(let far, let isAcknowledgement):
            session(far)?.closes()
            try say([isAcknowledgement ? .sessionCloseAcknowledgement : .sessionCloseRequest], far)
        case .acknowledge(let far): try acknowledge(far)
        case .player(let kind, let amount): try play(kind, amount)
        case .again(let far): try deliver(datagram, from: farEnd(far).address)
        }
    }

    private func farEnd(_ number: UInt8) -> FarEnd { FarEnd.all[Int(number & 3)] }

    private func name(of far: UInt8) -> String { PeerID(farEnd(far).certificate.fingerprint)?.description ?? "" }

    private func session(_ far: UInt8) -> PeerSession? { sessions[farEnd(far).address] }

    // MARK: Startup.

    private func sayFirst(_ chunk: Chunk, _ far: UInt8, to id: UInt32 = 0) throws {
        let packet = Packet(PacketHeader(.startup), [chunk])
        try deliver(PacketSealer(.defaultSession).seal(packet.encoded, to: id), from: farEnd(far).address)
    }

    private func open(_ far: UInt8) throws {
        let near = EndpointDiscriminator(fingerprint: peer.peerID.octets).encoded
        try sayFirst(.initiatorHello(IHello(endpointDiscriminator: near, tag: [far])), far)
        guard let cookie = cookies[farEnd(far).address] else { return }
        attempts &+= 1
        var keying = farEnd(far).keying
        keying.cookieEcho = cookie
        keying.initiatorSessionID &+= attempts
        try sayFirst(.initiatorInitialKeying(keying), far)
    }

    private func accept(_ far: UInt8) throws {
        let end = farEnd(far)
        let names = [
            EndpointDiscriminator(fingerprint: end.certificate.fingerprint), EndpointDiscriminator(uri: Self.url),
        ]
        guard let tag = names.compactMap({ tags[$0.encoded] }).first else { return }
        let hello = RHello(tagEcho: tag, cookie: [far], responderCertificate: end.certificate.encoded)
        try sayFirst(.responderHello(hello), far)
        guard let id = keyed[end.address] else { return }
        var answer = end.answer
        attempts &+= 1
        answer.responderSessionID &+= attempts
        try sayFirst(.responderInitialKeying(answer), far, to: id)
    }

    // MARK: Flows.

    /// The ID of a far end's flow; those that answer have others.
    private static func flowID(_ flow: UInt8) -> UInt64 { UInt64(flow) + 2 }

    /// The ID of one of the peer's flows, by its place.
    private func flowID(_ far: UInt8, _ place: UInt8) -> UInt64? {
        let flows = session(far)?.flows.keys.sorted() ?? []
        return flows.isEmpty ? nil : flows[Int(place) % flows.count]
    }

    private func say(_ chunks: [Chunk], _ far: UInt8) throws {
        guard let session = session(far) else { return }
        try deliver(session.datagram(chunks), from: farEnd(far).address)
    }

    /// A message on a flow of the far end's.
    private func say(
        _ octets: [UInt8],
        _ far: UInt8,
        _ flow: UInt8,
        metadata: [UInt8]? = nil,
        isFinal: Bool = false
    ) throws {
        let usual = FlowMetadata(streamID: 100 + UInt32(flow)).encoded
        guard let session = session(far) else { return }
        try say(session.data(Self.flowID(flow), octets, metadata: metadata ?? usual, isFinal: isFinal), far)
    }

    /// A message on the flow that answers one of the peer's.
    private func say(_ octets: [UInt8], _ far: UInt8, inAnswerTo place: UInt8) throws {
        guard let session = session(far), let id = flowID(far, place) else { return }
        let stream = farEnd(far).address == FarEnd.all.last?.address ? 0 : PeerConnection.firstStreamID
        let metadata = FlowMetadata(streamID: stream).encoded
        try say(session.data(1_000 + id, octets, metadata: metadata, association: id), far)
    }

    private func acknowledge(_ far: UInt8) throws {
        let flows = session(far)?.flows ?? [:]
        let chunks = flows.sorted { $0.key < $1.key }.map { id, flow in
            Chunk.rangeAcknowledgement(
                RangeAcknowledgement(flowID: id, bufferBlocksAvailable: 64, cumulativeAcknowledgement: flow.highest)
            )
        }
        try say(chunks, far)
    }

    // MARK: Messages.

    private func play(_ far: UInt8, _ flow: UInt8, _ name: PeerSessionStep.Name) throws {
        let text =
            switch name {
            case .everybody: peer.peerID.description
            case .own: self.name(of: far)
            case .foreign: self.name(of: far &+ 1)
            case .nonsense: "nonsense"
            }
        session(far)?.asks(for: text, on: Self.flowID(flow))
        try say(Command("play", [.string(text)]).message().encoded, far, flow)
    }

    private func command(_ far: UInt8, _ flow: UInt8, _ kind: PeerSessionStep.Command) throws {
        let message: Message
        switch kind {
        case .closeStream: message = Command("closeStream").message()
        case .pause: message = Command("pause", [.boolean(true)]).message()
        case .deleteStream: message = Command("deleteStream", [.number(1)]).message()
        case .publish: message = Command("publish", [.string("film")]).message()
        case .unknown: message = Command("nobodyKnowsIt", transactionID: 9).message()
        case .barrier:
            // What comes after it may have to wait.
            session(far)?.taint()
            message = UserControl.flowSynchronization(syncID: 1, count: 2).message
        case .play:
            session(far)?.taint()
            message = Command("play", [.string(name(of: far))]).message()
        case .status: message = Status("NetStream.Play.Start").command.message()
        }
        if kind == .closeStream { session(far)?.ends(Self.flowID(flow)) }
        try say(message.encoded, far, flow)
    }

    private func answer(_ far: UInt8, _ flow: UInt8, _ kind: PeerSessionStep.Answer) throws {
        let message: Message
        switch kind {
        case .start: message = Status("NetStream.Play.Start").command.message()
        case .failed: message = Status("NetStream.Play.Failed", level: .error).command.message()
        case .unpublished: message = Status("NetStream.Play.UnpublishNotify").command.message()
        case .begin: message = UserControl.streamBegin(streamID: PeerConnection.firstStreamID).message
        case .connected:
            let value = Status("NetConnection.Connect.Success").value
            message = Command("_result", transactionID: 1, [value]).message()
        case .refused:
            let value = Status("NetConnection.Connect.Rejected", level: .error).value
            message = Command("_error", transactionID: 1, [value]).message()
        case .keepalive: message = UserControl.setKeepalive(serverPeriod: 5_000, peerPeriod: 5_000).message
        case .senseless: message = Command("cmdMsg").message()
        }
        try say(message.encoded, far, inAnswerTo: flow)
    }

    /// Asks for an operation, answers what the peer has asked last, or confirms what it has answered last.
    private func speak(_ far: UInt8, _ place: UInt8, _ operation: UInt8) throws {
        guard let session = session(far) else { return }
        nextID += 1
        let envelope: Envelope
        switch operation {
        case 10...19:
            guard let asked = session.latestRequest, let request = Request(asked),
                let response = FuzzedStream.answer(request, operation & 1 == 0)
            else { return }
            let kind = Envelope.Kind.response(to: asked.id, wantsConfirm: response.wantsConfirm)
            envelope = Envelope(id: nextID, kind, response.subtype, response.members)
        case 20...:
            guard let response = session.latestResponse else { return }
            envelope = response.confirm(id: nextID)
        default:
            let request = FuzzedStream.request(operation, FuzzedStream.uri(1))
            envelope = Envelope(id: nextID, .request, request.subtype, request.members)
            session.asks(nextID)
        }
        try say(envelope.message().encoded, far, inAnswerTo: place)
    }

    // MARK: The player and HTTP.

    private func play(_ kind: PeerSessionStep.Player, _ amount: UInt8) throws {
        switch kind {
        case .playlist: try act { _ = $0.requestPlaylist(at: now) }
        case .segment: try act { _ = $0.requestSegment(FuzzedStream.uri(amount), at: now) }
        case .failed: try serve { _ in [.failed] }
        case .served:
            let others = FarEnd.all.compactMap { PeerID($0.certificate.fingerprint) }
            try serve { [.status(200), .body(FuzzedStream.body($0.url, amount, naming: others)), .end] }
        }
    }
}
