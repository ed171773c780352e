internal import RTMFP

/// Plays an end of a transcript with this package's endpoint, in milliseconds.
final class TranscriptPlayer {
    /// What the end said.
    struct Word: Equatable {
        var at: TranscriptStep.Time
        var source: SocketAddress
        var datagram: Datagram
    }

    let conduct = TranscriptConduct()
    private(set) var address: SocketAddress
    private(set) var words: [Word] = []

    private let end: TranscriptEnd
    private let endpoint: Endpoint
    private let introducer: TranscriptIntroducer
    private var sessions: [SessionHandle] = []

    /// - Throws: if the end has no seed, or a certificate that is none.
    init(_ end: TranscriptEnd) throws {
        guard let seed = end.seed else {
            throw VectorMismatch("ends", expected: "a seed", actual: "an end that cannot be played")
        }
        self.end = end
        address = end.address
        var configuration = Configuration(
            identity: Identity(certificate: try Certificate(end.certificate), staticKeys: end.staticKeys)
        )
        configuration.hmac = end.hmac
        configuration.hmacLength = end.hmacLength
        configuration.sequenceNumbers = end.sequenceNumbers
        endpoint = Endpoint(
            configuration: configuration,
            random: SeededGenerator(seed: seed, name: end.name),
            conduct: conduct
        )
        introducer = TranscriptIntroducer(end, endpoint)
        endpoint.introducer = introducer
    }

    /// When the end next wants to be woken: the millisecond that its deadline falls into, or the next.
    var wake: TranscriptStep.Time? {
        endpoint.nextDeadline.map { deadline in Int((max(0, deadline.nanoseconds) + 999_999) / 1_000_000) }
    }

    /// Has the end do what was due until then.
    func advance(to at: TranscriptStep.Time) {
        endpoint.advance(to: Instant(milliseconds: at))
        collect(at)
    }

    /// Has the end do what its user wants.
    func perform(_ act: TranscriptStep.Act, at: TranscriptStep.Time) {
        let now = Instant(milliseconds: at)
        func session(_ number: Int) -> SessionHandle? { sessions.indices.contains(number) ? sessions[number] : nil }
        switch act {
        case .open(let addresses, let discriminator):
            endpoint.open(to: addresses, endpointDiscriminator: discriminator, at: now)
        case .write(let number, let metadata, let message):
            guard let session = session(number), let flow = endpoint.openFlow(on: session, metadata: metadata, at: now)
            else { return }
            endpoint.write(message, on: flow, at: now)
            endpoint.close(flow, at: now)
        case .ping(let number, let message):
            if let session = session(number) { endpoint.ping(session, message: message, at: now) }
        case .close(let number):
            if let session = session(number) { endpoint.close(session, at: now) }
        case .abort(let number):
            if let session = session(number) { endpoint.abort(session, at: now) }
        case .move(let address): self.address = address
        }
        collect(at)
    }

    /// A datagram arrives.
    func receive(_ datagram: [UInt8], from source: SocketAddress, at: TranscriptStep.Time) {
        endpoint.receive(datagram, from: source, at: Instant(milliseconds: at))
        collect(at)
    }

    private func collect(_ at: TranscriptStep.Time) {
        for event in endpoint.takeEvents() {
            if case .opened(let session, _) = event { sessions.append(session) }
        }
        words += endpoint.takeDatagrams().map { Word(at: at, source: address, datagram: $0) }
    }
}

/// What an end of a transcript does about IHellos.
private final class TranscriptIntroducer: Introducer {
    private let end: TranscriptEnd
    private unowned let endpoint: Endpoint

    init(_ end: TranscriptEnd, _ endpoint: Endpoint) {
        self.end = end
        self.endpoint = endpoint
    }

    func introduction(for hello: IHello, from source: SocketAddress, selected: Bool) -> Introduction {
        if selected { return Introduction(responds: true) }
        let discriminator = try? EndpointDiscriminator(hello.endpointDiscriminator)
        if end.introduces, let fingerprint = discriminator?.fingerprint,
            let session = endpoint.openSessions(with: fingerprint).last, let address = endpoint.address(of: session)
        {
            return Introduction(redirect: [Address(address, origin: .observed)], forward: [session])
        }
        return end.redirects.isEmpty
            ? Introduction() : Introduction(redirect: end.redirects.map { Address($0, origin: .reported) })
    }
}
