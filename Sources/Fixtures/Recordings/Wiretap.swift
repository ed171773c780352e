import Capture
import RTMFP

/// Two endpoints on a path in virtual time, recorded where one of them is.
///
/// Each datagram takes 10 ms; some are lost and some overtaken, as a seed decides.
final class Wiretap {
    private struct Transit {
        var datagram: Datagram
        var source: SocketAddress
        var arrival: Instant
    }

    private(set) var now = Instant.origin + .seconds(1_000)
    private(set) var directions: [LoggedDirection] = []
    private var captured: [CapturedDatagram] = []
    private var underWay: [Transit] = []
    private var random: SeededGenerator
    private let near: (endpoint: Endpoint, address: SocketAddress)
    private let far: (endpoint: Endpoint, address: SocketAddress)
    /// Of a thousand datagrams, how many are lost, and as many are overtaken.
    private let disturbance: Int
    private var handlers: (near: (Event, Instant) -> Void, far: (Event, Instant) -> Void) = ({ _, _ in }, { _, _ in })

    /// Puts the tap at `near`, whose endpoint must log keys.
    init(
        near: (endpoint: Endpoint, address: SocketAddress),
        far: (endpoint: Endpoint, address: SocketAddress),
        disturbance: Int,
        seed: UInt64
    ) {
        self.near = near
        self.far = far
        self.disturbance = disturbance
        random = SeededGenerator(seed: seed, name: "path")
    }

    /// Sets who is told what happens at either end.
    func listen(near: @escaping (Event, Instant) -> Void, far: @escaping (Event, Instant) -> Void) {
        handlers = (near, far)
    }

    /// Lets time pass.
    func run(_ interval: Interval) {
        let end = now + interval
        collect()
        while let next = nextTime, next <= end {
            now = max(now, next)
            near.endpoint.advance(to: now)
            far.endpoint.advance(to: now)
            collect()
            let due = underWay.filter { $0.arrival <= now }
            underWay.removeAll { $0.arrival <= now }
            for transit in due { deliver(transit) }
        }
        now = end
    }

    /// What was recorded, decoded with all keys.
    var recording: [DecodedPacket] {
        let decoder = PacketDecoder(keys: KeyLog(directions))
        return captured.map(decoder.decode)
    }

    private var nextTime: Instant? {
        (underWay.map(\.arrival) + [near.endpoint.nextDeadline, far.endpoint.nextDeadline].compactMap(\.self)).min()
    }

    private func deliver(_ transit: Transit) {
        if transit.datagram.far == near.address {
            record(transit)
            near.endpoint.receive(transit.datagram.bytes, from: transit.source, at: now)
        } else if transit.datagram.far == far.address {
            far.endpoint.receive(transit.datagram.bytes, from: transit.source, at: now)
        }
        collect()
    }

    /// Takes what the endpoints tell and send, until both are silent.
    private func collect() {
        var events = (near.endpoint.takeEvents(), far.endpoint.takeEvents())
        while !events.0.isEmpty || !events.1.isEmpty {
            for event in events.0 {
                note(event)
                handlers.near(event, now)
            }
            for event in events.1 { handlers.far(event, now) }
            events = (near.endpoint.takeEvents(), far.endpoint.takeEvents())
        }
        for datagram in near.endpoint.takeDatagrams() { send(datagram, from: near.address) }
        for datagram in far.endpoint.takeDatagrams() { send(datagram, from: far.address) }
    }

    private func send(_ datagram: Datagram, from source: SocketAddress) {
        var transit = Transit(datagram: datagram, source: source, arrival: now + .milliseconds(10))
        if source == near.address { record(transit) }
        let chance = Int.random(in: 0..<1000, using: &random)
        if chance < disturbance { return }
        if chance < 2 * disturbance { transit.arrival = transit.arrival + .milliseconds(15) }
        underWay.append(transit)
    }

    private func record(_ transit: Transit) {
        captured.append(
            CapturedDatagram(
                frame: captured.count + 1,
                time: now,
                source: transit.source,
                destination: transit.datagram.far,
                payload: transit.datagram.bytes
            )
        )
    }

    private func note(_ event: Event) {
        guard case .keyed(_, let entry) = event else { return }
        directions += LoggedDirection.both(of: entry)
    }
}
