public import RTMFP

/// Connections on the network: octets come whole, in order and as late as its `conditions` say, whatever these say of
/// datagrams.
extension SimulatedNetwork: StreamNetwork {
    /// Has `node` listen for connections at `address`, beside whoever answers datagrams there.
    ///
    /// - Throws: ``LinkError/unavailable(_:reason:)`` if somebody listens there already.
    public func attach(_ node: any StreamNode, at address: SocketAddress) throws {
        guard hosts[address] == nil else {
            throw LinkError.unavailable(address, reason: "somebody listens there already")
        }
        hosts[address] = StreamHost(node)
    }

    public func connect(
        to far: SocketAddress,
        from local: SocketAddress?,
        until deadline: Instant
    ) throws -> any ByteStream {
        let arrival = now + conditions.delay + conditions.delay
        guard arrival <= deadline else {
            try advance(to: deadline)
            throw LinkError.unreachable(far, reason: "no answer in time")
        }
        try advance(to: arrival)
        streamCount &+= 1
        let port = UInt16(49_152 + streamCount % 16_384)
        let ip = local?.ip ?? .v4(0xc612_0000 + 65_535)
        guard let stream = hosts[far]?.connect(from: SocketAddress(ip, port: port), self) else {
            throw LinkError.refused(far)
        }
        return stream
    }

    public func wait(until instant: Instant) throws {
        try advance(to: instant)
    }
}
