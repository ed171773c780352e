import Capture
import RTMFP
import Traffic

/// Endpoints and a proxy between them in virtual time, with everything that passes recorded.
final class ProxyWorld {
    static let listen = SocketAddress(.v4(0x0a00_0001), port: 1935)
    static let server = SocketAddress(.v4(0x0a00_0002), port: 1935)

    let proxy = Proxy(target: server, random: SeededGenerator(seed: 1, name: "proxy"))
    private(set) var now = Instant.origin + .seconds(1_000)
    private(set) var events: [SocketAddress: [Event]] = [:]
    private(set) var keys: [KeyLogEntry] = []
    private(set) var notices: [String] = []
    private(set) var captured: [CapturedDatagram] = []
    private var endpoints: [SocketAddress: Endpoint] = [:]
    private var underWay: [(bytes: [UInt8], from: SocketAddress, to: SocketAddress)] = []

    init() {
        proxy.bound(Self.listen)
    }

    /// Adds an endpoint whose messages, if it is the server's, come back.
    func add(
        _ address: SocketAddress,
        _ configuration: Configuration,
        conduct: any Conduct = Correct()
    ) -> Endpoint {
        let random = SeededGenerator(seed: 7, name: "\(address)")
        let endpoint = Endpoint(configuration: configuration, random: random, conduct: conduct)
        endpoints[address] = endpoint
        return endpoint
    }

    /// The address of one of the proxy's sockets.
    static func address(ofPort port: Int) -> SocketAddress {
        port == 0 ? listen : SocketAddress(.v4(0x0a00_0001), port: 50_000 + UInt16(port))
    }

    /// Lets time pass.
    func run(_ interval: Interval = .seconds(3)) {
        let end = now + interval
        while now < end {
            collect()
            while !underWay.isEmpty {
                let datagram = underWay.removeFirst()
                deliver(datagram.bytes, from: datagram.from, to: datagram.to)
                collect()
            }
            now = now + .milliseconds(10)
            for endpoint in endpoints.values { endpoint.advance(to: now) }
        }
    }

    /// What is known of each datagram, by all keys.
    var decoded: [DecodedPacket] {
        let decoder = PacketDecoder(keys: KeyLog(keys.flatMap { LoggedDirection.both(of: $0) }))
        return captured.map(decoder.decode)
    }

    private func deliver(_ bytes: [UInt8], from source: SocketAddress, to destination: SocketAddress) {
        captured.append(
            CapturedDatagram(
                frame: captured.count + 1,
                time: now,
                source: source,
                destination: destination,
                payload: bytes
            )
        )
        if let endpoint = endpoints[destination] {
            endpoint.receive(bytes, from: source, at: now)
        } else if let port = (0..<10).first(where: { Self.address(ofPort: $0) == destination }) {
            proxy.receive(bytes, on: port, from: source)
        }
    }

    private func collect() {
        for (address, endpoint) in endpoints.sorted(by: { $0.key.port < $1.key.port }) {
            for event in endpoint.takeEvents() {
                events[address, default: []].append(event)
                if case .message(let flow, let message) = event, address == Self.server {
                    echo(message.bytes, to: flow, of: endpoint)
                }
            }
            underWay += endpoint.takeDatagrams().map { ($0.bytes, address, $0.far) }
        }
        for sending in proxy.takeSendings() {
            let address = Self.address(ofPort: sending.port)
            proxy.bound(address)
            underWay.append((sending.bytes, address, sending.far))
        }
        keys += proxy.takeKeys()
        notices += proxy.takeNotices()
    }

    private func echo(_ message: [UInt8], to flow: FlowHandle, of endpoint: Endpoint) {
        guard let back = endpoint.openFlow(on: flow.session, metadata: [], association: flow, at: now) else { return }
        endpoint.write(message, on: back, at: now)
    }
}
