/// What an endpoint keeps in memory because of others, for who watches over it.
public struct Footprint: Hashable, Sendable {
    /// Established sessions, closing ones included.
    public var sessions = 0
    /// Sessions that this end opens.
    public var openings = 0
    /// Sending flows of all sessions, those that linger included.
    public var sendingFlows = 0
    /// Receiving flows of all sessions, those that linger included.
    public var receivingFlows = 0
    /// Packets under reassembly.
    public var reassemblies = 0
    /// Octets of packets and messages that are not complete, or not taken.
    public var octetsReceived = 0
    /// Octets that sending flows have queued.
    public var octetsQueued = 0

    /// Nothing.
    public init() {}
}

extension Endpoint {
    /// What it keeps at the moment.
    public var footprint: Footprint {
        var footprint = Footprint()
        footprint.sessions = sessions.count
        footprint.openings = openings.count
        footprint.reassemblies = reassembly.count
        footprint.octetsReceived = reassembly.octets
        for flows in sessions.values.compactMap(\.flows) {
            footprint.sendingFlows += flows.sending.count
            footprint.receivingFlows += flows.receiving.count
            footprint.octetsReceived += flows.held
            footprint.octetsQueued += flows.sending.values.reduce(0) { $0 + $1.queue.octets }
        }
        return footprint
    }
}
