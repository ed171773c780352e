public import Links
public import RTMFP

/// Calls clients by running a command for each.
///
/// In the command, `{rtmfp_url}` stands for the URI to connect to, `{host}` and `{port}` for its parts. It is run by the
/// shell in a process group of its own, which is ended with the case. Another command may be given for clients that are
/// to play a stream from a peer: there, `{peer_id}` stands for the peer's fingerprint in hexadecimal, and `{stream}` for
/// the name of the stream.
public struct ExecutedClients: Arena {
    /// What is wrong with a command.
    public struct Malformed: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    public let targetArgument: String
    public var targetName: String { command }
    public var targetOption: String { "--exec" }
    private let command: String
    private let subscriber: String?
    private let family: AddressFamily
    private let patience: Interval

    /// Makes the arena.
    ///
    /// - Parameters:
    ///   - command: what to run.
    ///   - subscriber: what to run where the client is to play a stream from a peer; nil if no such command is known.
    ///   - family: whose loopback address clients are told to connect to.
    ///   - patience: how long a client may take from its start to its first datagram.
    /// - Throws: `Malformed` if a command does not say where to put the address, or the peer.
    public init(
        command: String,
        subscriber: String? = nil,
        family: AddressFamily = .v4,
        patience: Interval = .seconds(10)
    ) throws(Malformed) {
        for line in [command] + (subscriber.map { [$0] } ?? []) {
            guard line.contains("{rtmfp_url}") || line.contains("{port}") else {
                throw Malformed(
                    description: "'\(line)' has neither {rtmfp_url} nor {port} for the address to connect to"
                )
            }
        }
        if let subscriber, !subscriber.contains("{peer_id}") {
            throw Malformed(description: "'\(subscriber)' has no {peer_id} for the peer to play from")
        }
        self.command = command
        self.subscriber = subscriber
        self.family = family
        self.patience = patience
        targetArgument =
            command.quoted + (subscriber.map { " --subscriber \($0.quoted)" } ?? "") + (family == .v6 ? " -6" : "")
    }

    public func enter(seed: UInt64) throws -> Ground {
        let source = Source(command: command, subscriber: subscriber, family: family, patience: patience)
        return Ground(network: UDPNetwork.loopback, clients: source)
    }

    /// Runs the command for each call.
    private final class Source: ClientSource {
        let isExhausted = false
        let patience: Interval
        private let command: String
        private let subscriber: String?
        private let family: AddressFamily

        init(command: String, subscriber: String?, family: AddressFamily, patience: Interval) {
            self.command = command
            self.subscriber = subscriber
            self.family = family
            self.patience = patience
        }

        func call(_ call: Call) throws -> Visit {
            guard let command = call.subscription == nil ? command : subscriber else {
                throw CannotCall("no command is known that has a client play a stream from a peer")
            }
            let takesURI = command.contains("{rtmfp_url}")
            guard takesURI || call == Call(subscription: call.subscription) else {
                throw CannotCall("the command has no {rtmfp_url} to say it with")
            }
            guard call.doors != .standardPort || !command.contains("{port}") else {
                throw CannotCall("the command names the port: {port}")
            }
            let (doors, host, port) = try open(call.doors)
            let authority = call.doors == .standardPort ? host : "\(host):\(port)"
            let uri = "rtmfp://\(authority)\(call.path)"
            let line = [
                ("{rtmfp_url}", uri), ("{host}", host), ("{port}", "\(port)"),
                ("{peer_id}", hex(call.subscription?.peerID ?? [])), ("{stream}", call.subscription?.streamName ?? ""),
            ].reduce(command) { $0.replacing($1.0, with: $1.1) }
            do {
                return Visit(doors: doors, uri: takesURI ? uri : nil, client: try ChildProcess(line))
            } catch {
                doors.forEach { $0.close() }
                throw error
            }
        }

        private func open(_ doors: Call.Doors) throws -> (links: [any Link], host: String, port: UInt16) {
            let literal = family == .v4 ? "127.0.0.1" : "[::1]"
            switch doors {
            case .address:
                let link = try UDPNetwork.loopback.makeLink(.everyone(family))
                return ([link], literal, link.localAddress.port)
            case .standardPort:
                do {
                    return ([try link(family, port: 1935)], literal, 1935)
                } catch {
                    throw CannotCall("\(error)")
                }
            case .name:
                let links = try linksOfBothFamilies()
                return (links, "localhost", links.first?.localAddress.port ?? 0)
            }
        }

        /// Links at both loopback addresses, with the same port.
        private func linksOfBothFamilies() throws -> [any Link] {
            let addresses = AddressFamily.allCases.map { try? TargetArgument("localhost:1935").resolve($0) }
            guard addresses == AddressFamily.allCases.map({ .loopback($0, port: 1935) }) else {
                throw CannotCall("this machine's localhost has not both an IPv4 and an IPv6 address")
            }
            var reason = CannotCall("there is no port that is free in both families")
            for _ in 0..<8 {
                let v4 = try UDPNetwork.loopback.makeLink(.everyone(.v4))
                do {
                    return [v4, try link(.v6, port: v4.localAddress.port)]
                } catch {
                    v4.close()
                    reason = CannotCall("\(error)")
                }
            }
            throw reason
        }

        private func link(_ family: AddressFamily, port: UInt16) throws -> any Link {
            let local = SocketAddress.loopback(family, port: port)
            return try UDPNetwork(v4: local, v6: local).makeLink(.everyone(family))
        }
    }
}
