import Capture
import RTMFP

/// Which addresses belong to one implementation, and which of them have spoken.
struct Parties {
    private var joined: [SocketAddress: SocketAddress] = [:]
    private var speakers: [SocketAddress] = []
    private var known: Set<SocketAddress> = []
    private var sources: [Int: SocketAddress] = [:]
    private var destinations: [Int: SocketAddress] = [:]
    private var cookies: [[UInt8]: SocketAddress] = [:]

    /// Cookies that are remembered, at most.
    private static let mostCookies = 65_536

    /// The addresses of each implementation that has spoken, by who spoke first.
    var members: [[SocketAddress]] {
        var order: [SocketAddress] = []
        var groups: [SocketAddress: [SocketAddress]] = [:]
        for speaker in speakers {
            let leader = leader(of: speaker)
            if groups[leader] == nil { order.append(leader) }
            groups[leader, default: []].append(speaker)
        }
        return order.compactMap { groups[$0] }
    }

    /// Packets of one direction of a session have one sender and one receiver, whatever their addresses.
    mutating func note(_ packet: RecordedPacket) {
        let (source, destination) = (packet.datagram.source, packet.datagram.destination)
        if known.insert(source).inserted { speakers.append(source) }
        guard let direction = packet.contents.direction else { return }
        if let before = sources.updateValue(source, forKey: direction) { join(before, source) }
        if let before = destinations.updateValue(destination, forKey: direction) { join(before, destination) }
    }

    /// Who echoes a cookie is who received it (RFC 7016 §3.5.1.1.2).
    mutating func note(_ startup: RecordedImplementation.StartupChunk) {
        switch startup.chunk {
        case .responderHello(let hello) where !hello.cookie.isEmpty && cookies.count < Parties.mostCookies:
            cookies[hello.cookie] = startup.packet.datagram.destination
        case .initiatorInitialKeying(let keying):
            guard let holder = cookies[keying.cookieEcho] else { return }
            join(holder, startup.packet.datagram.source)
        default: break
        }
    }

    private mutating func join(_ one: SocketAddress, _ other: SocketAddress) {
        let (first, second) = (leader(of: one), leader(of: other))
        if first != second { joined[second] = first }
    }

    private func leader(of address: SocketAddress) -> SocketAddress {
        var leader = address
        while let next = joined[leader] { leader = next }
        return leader
    }
}
