public import RTMFP

/// Endpoints joined by a network in virtual time: every datagram takes 10 ms, unless `loses` says that it is lost.
public final class World {
    public private(set) var now = Instant.origin + .seconds(1000)
    /// Whether the datagram with that number, counted over the whole run, is lost.
    public var loses: (Int) -> Bool = { _ in false }
    private var parties: [Party] = []
    private var underWay: [(datagram: Datagram, source: SocketAddress, arrival: Instant)] = []
    private var count = 0
    /// Where every datagram came from and went to, in order.
    public private(set) var sent: [(source: SocketAddress, far: SocketAddress)] = []

    public func attach(_ party: Party) {
        parties.append(party)
    }

    public init() {}

    /// Cuts a party off: nothing comes from it or reaches it any longer.
    public func detach(_ party: Party) {
        parties.removeAll { $0 === party }
        underWay.removeAll { $0.source == party.address || $0.datagram.far == party.address }
    }

    /// Moves a party to another address; what is under way to the old one is lost.
    public func move(_ party: Party, to address: SocketAddress) {
        party.address = address
    }

    /// Runs for a while; one second is enough for anything but timeouts.
    public func run(_ interval: Interval = .seconds(1)) {
        let end = now + interval
        collect()
        while let next = (underWay.map(\.arrival) + parties.compactMap(\.endpoint.nextDeadline)).min(), next <= end {
            now = max(now, next)
            for party in parties { party.endpoint.advance(to: now) }
            let due = underWay.filter { $0.arrival <= now }
            underWay.removeAll { $0.arrival <= now }
            for transit in due {
                let party = parties.first { $0.address == transit.datagram.far }
                party?.endpoint.receive(transit.datagram.bytes, from: transit.source, at: now)
            }
            collect()
        }
        now = end
    }

    private func collect() {
        for party in parties {
            for event in party.endpoint.takeEvents() { party.take(event, at: now) }
            for datagram in party.endpoint.takeDatagrams() {
                count += 1
                sent.append((party.address, datagram.far))
                guard !loses(count) else { continue }
                underWay.append((datagram, party.address, now + .milliseconds(10)))
            }
        }
    }
}
