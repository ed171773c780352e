import RTMFP

/// Endpoints joined by a network in virtual time: every datagram takes 10 ms, unless `route` says otherwise.
final class Pump {
    /// A datagram under way.
    struct Transit {
        var datagram: Datagram
        var source: SocketAddress
        var arrival: Instant
        /// Counts the datagrams of the whole run from 0.
        var number: Int
    }

    static let latency = Interval.milliseconds(10)

    private(set) var now = Instant.origin + .seconds(1000)
    private(set) var sent: [Transit] = []
    private var underWay: [Transit] = []
    private var endpoints: [SocketAddress: Endpoint] = [:]
    private var events: [SocketAddress: [Event]] = [:]

    /// What becomes of a datagram: itself, a changed one, several, or none when it is lost.
    var route: (Transit) -> [Transit] = { [$0] }

    func attach(_ endpoint: Endpoint, at address: SocketAddress) {
        endpoints[address] = endpoint
        events[address] = []
        collect()
    }

    /// Moves an endpoint to another address; what is under way to the old one is lost.
    func move(from old: SocketAddress, to new: SocketAddress) {
        endpoints[new] = endpoints.removeValue(forKey: old)
        events[new] = events.removeValue(forKey: old)
    }

    /// Puts a datagram on its way that no endpoint sent.
    func inject(_ bytes: [UInt8], from source: SocketAddress, to far: SocketAddress) {
        add(Datagram(bytes: bytes, far: far), from: source)
    }

    /// Runs for `interval`.
    func run(_ interval: Interval) {
        let end = now + interval
        collect()
        while let next = nextTime(until: end) {
            now = max(now, next)
            for endpoint in inOrder { endpoint.value.advance(to: now) }
            collect()
            let due = underWay.filter { $0.arrival <= now }
            underWay.removeAll { $0.arrival <= now }
            for transit in due {
                endpoints[transit.datagram.far]?.receive(transit.datagram.bytes, from: transit.source, at: now)
                collect()
            }
        }
        now = end
    }

    /// What happened at `address` since the last call.
    func takeEvents(at address: SocketAddress) -> [Event] {
        collect()
        defer { events[address] = [] }
        return events[address] ?? []
    }

    private var inOrder: [(key: SocketAddress, value: Endpoint)] {
        endpoints.sorted { $0.key.description < $1.key.description }
    }

    private func nextTime(until end: Instant) -> Instant? {
        let times = underWay.map(\.arrival) + endpoints.values.compactMap(\.nextDeadline)
        return times.min().flatMap { $0 <= end ? $0 : nil }
    }

    /// Takes what the endpoints have to send and to tell.
    func collect() {
        for (address, endpoint) in inOrder {
            events[address, default: []] += endpoint.takeEvents()
            for datagram in endpoint.takeDatagrams() { add(datagram, from: address) }
        }
    }

    private func add(_ datagram: Datagram, from source: SocketAddress) {
        let transit = Transit(datagram: datagram, source: source, arrival: now + Pump.latency, number: sent.count)
        sent.append(transit)
        underWay += route(transit)
    }
}
