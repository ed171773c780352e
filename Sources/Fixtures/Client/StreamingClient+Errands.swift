import Flash
import RTMFP

/// The errands themselves.
extension StreamingClient {
    /// The connection has something to tell.
    func handle(_ event: NetConnectionEvent, at now: Instant) {
        switch event {
        case .connected(let status):
            assignment.tell("connected: \(status.code); peer ID \(hex(peerID))")
            // An address that means nothing elsewhere is not told (RFC 7425 §5.3.3).
            connection?.setPeerInfo([localAddress].filter { !$0.isOfOwnHostOrLink }, at: now)
            begin(at: now)
        case .rejected(let status):
            leave(.failed("not admitted: \(status.code) (\(status.description))"), at: now)
        case .status(let status):
            assignment.tell("status: \(status.code)")
        case .stream(let stream, let event):
            handle(event, of: stream, at: now)
        case .keepalive(let server, let peer):
            if let connection { endpoint.setKeepalive(server, of: connection.session, at: now) }
            endpoint.setKeepalive(peer, at: now)
        case .closed(let closure):
            leave(.failed("the connection was closed: \(closure)"), at: now)
        default: break
        }
    }

    /// A direct stream has something to tell.
    func handle(_ event: PeerConnection.StreamEvent, of session: SessionHandle, at now: Instant) {
        if case .playRequested(let name, _) = event.event {
            guard case .offer(name, _) = assignment.errand else {
                event.stream.refusePlay("no such stream", at: now)
                return
            }
            assignment.tell("playing \(name) to a peer")
            event.stream.acceptPlay(at: now)
            outlets.append(event.stream)
        }
        handle(event.event, of: event.stream, at: now)
    }

    private func begin(at now: Instant) {
        switch assignment.errand {
        case .connect:
            leave(.done("connected"), at: now)
        case .publish(let name, _):
            connection?.createStream(at: now)?.publish(name, at: now)
        case .play(let name, _):
            connection?.createStream(at: now)?.play(name, at: now)
        case .offer(_, let duration):
            pump.start(at: now, for: duration)
        case .subscribe(_, let peerID, _):
            // A session that there is already is used (RFC 7425 §5.4.1).
            if let session = peerIDs.first(where: { $0.value == peerID })?.key {
                met(session, at: now)
            } else {
                let discriminator = EndpointDiscriminator(fingerprint: peerID).encoded
                endpoint.open(to: [assignment.server], endpointDiscriminator: discriminator, at: now)
            }
        }
    }

    /// There is a session with a peer; if it is the one to play from, plays.
    func met(_ session: SessionHandle, at now: Instant) {
        guard case .subscribe(let name, let peerID, _) = assignment.errand, peerIDs[session] == peerID,
            connection?.state == .connected, peers[session]?.subscribed.isEmpty ?? false
        else { return }
        if peers[session]?.play(name, at: now) == nil {
            leave(.failed("no flow for the subscription"), at: now)
        }
    }

    private func handle(_ event: NetStreamEvent, of stream: NetStream, at now: Instant) {
        switch event {
        case .status(let status):
            assignment.tell("status: \(status.code)")
            if status.level == .error {
                leave(.failed("\(status.code) (\(status.description))"), at: now)
            } else if case .publish(_, let duration) = assignment.errand, status.code == "NetStream.Publish.Start" {
                outlets.append(stream)
                pump.start(at: now, for: duration)
            }
        case .message(let message):
            receive(message, at: now)
        case .closed:
            outlets.removeAll { $0 === stream }
            if !stream.serves { leave(.failed("the stream was closed; \(count)"), at: now) }
        default: break
        }
    }

    private func receive(_ message: Message, at now: Instant) {
        count.add(message)
        switch assignment.errand {
        case .play(_, let frames), .subscribe(_, _, let frames):
            if count.strange > 0 {
                leave(.failed("\(count)"), at: now)
            } else if count.video >= frames, count.audio > 0 {
                leave(.done("\(count)"), at: now)
            }
        default: break
        }
    }

    /// Sends what media are due.
    func work(at now: Instant) {
        while let number = pump.take(at: now) {
            for outlet in outlets {
                let isTaken = [TestMedia.video(number), TestMedia.audio(number)].map { outlet.send($0, at: now) }
                pump.sent(isTaken.filter(\.self).count)
            }
        }
        guard pump.isOver else { return }
        if pump.messages == 0 {
            leave(.failed("nobody to send anything to"), at: now)
        } else if outlets.allSatisfy({ $0.queued(.video) == 0 && $0.queued(.audio) == 0 }) {
            leave(.done("\(pump.messages) messages sent, and all acknowledged"), at: now)
        }
    }
}

extension SocketAddress {
    /// Whether it means something only to its own host, or link: loopback and link-local addresses.
    fileprivate var isOfOwnHostOrLink: Bool {
        let octets = octets
        return octets.count == 4
            ? octets[0] == 127 || octets.starts(with: [169, 254])
            : octets == [UInt8](repeating: 0, count: 15) + [1] || (octets[0] == 0xfe && octets[1] & 0xc0 == 0x80)
    }
}

/// When test media are due.
struct MediaPump {
    private var start: Instant?
    private var end: UInt32 = 0
    private var number: UInt32 = 0
    /// Messages that were sent.
    private(set) var messages = 0

    /// When the next frames are due.
    var next: Instant? {
        guard let start, number < end else { return nil }
        return start + .seconds(Double(number) / Double(TestMedia.rate))
    }

    /// Whether all frames were due already.
    var isOver: Bool { start != nil && number >= end }

    mutating func start(at now: Instant, for duration: Interval) {
        guard start == nil else { return }
        start = now
        end = UInt32(clamping: duration.nanoseconds / 1_000_000 * Int64(TestMedia.rate) / 1000)
    }

    mutating func stop() { start = nil }

    mutating func sent(_ count: Int) { messages += count }

    /// The number of the frames that are due, once.
    mutating func take(at now: Instant) -> UInt32? {
        guard let next, next <= now else { return nil }
        number += 1
        return number - 1
    }
}
