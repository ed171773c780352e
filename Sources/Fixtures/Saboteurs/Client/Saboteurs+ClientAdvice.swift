import Flash
import RTMFP

/// Faults of clients in what they tell of themselves, and in following advice (RFC 7425 §5.3.3, §5.3.4).
extension Saboteur {
    static let clientPeerInfo: [Saboteur] = [
        Saboteur("setpeerinfo-omitted") { $0.client.introduces = { _ in [] } },
        introducing("setpeerinfo-wants-answer") { $0.transactionID = 9 },
        introducing("setpeerinfo-with-object") { $0.object = .object([]) },
        introducing("setpeerinfo-address-for-object") { command in
            command.object = command.arguments.first ?? .null
            command.arguments = []
        },
        introducing("setpeerinfo-of-numbers") { $0.arguments = [.number(1935)] },
        introducing("setpeerinfo-without-port") { $0.arguments = [.string("192.0.2.1")] },
        introducing("setpeerinfo-in-one-array") { $0.arguments = [.strictArray($0.arguments)] },
        introducing("setpeerinfo-of-other-port") { command in
            command.arguments = command.arguments.map { argument in
                .string((argument.string ?? "").split(separator: ":").first.map { "\($0):9" } ?? "")
            }
        },
        introducing("setpeerinfo-with-loopback") { $0.arguments.append(.string("127.0.0.1:50000")) },
        introducing("setpeerinfo-with-link-local") { $0.arguments.append(.string("[fe80::1]:50000")) },
        introducing("setpeerinfo-always-extended") { $0.form = .extended },
        introducing("setpeerinfo-always-plain") { $0.form = .plain },
        Saboteur("extended-without-format") { fault in
            fault.rewritesMessagesSent { message, _, _ in
                if message.type == .commandExtended, message.payload.first == 0 { message.payload.removeFirst() }
                return true
            }
        },
    ]

    static let clientKeepalive: [Saboteur] = [
        Saboteur("keepalive-of-any-length", .keepaliveTooShort, is: false),
        Saboteur("keepalive-minimum-of-one-second") { fault in
            fault.judgeMessage = { $0 == .keepaliveTooShort ? false : $1 }
            fault.client.keeps = { (max($0, .seconds(1)), max($1, .seconds(1))) }
        },
        Saboteur("keepalive-of-server-for-peers") { $0.client.keeps = { server, _ in (server, server) } },
        Saboteur("keepalive-of-peers-for-server") { $0.client.keeps = { _, peer in (peer, peer) } },
        Saboteur("keepalive-swapped") { $0.client.keeps = { ($1, $0) } },
        Saboteur("keepalive-with-timestamp-ignored") { fault in
            fault.client.overhears = { octets in
                guard let message = try? Message(decoding: octets) else { return false }
                return message.type == .userControl && message.timestamp != 0
            }
        },
        Saboteur("first-keepalive-only") { fault in
            let memory = fault.memory
            fault.client.keeps = { server, peer in
                defer { memory["advised"] = 1 }
                return memory["advised"] == 0 ? (server, peer) : nil
            }
        },
    ]

    /// One that says something else where it should tell its addresses.
    private static func introducing(_ name: String, _ change: @escaping @Sendable (inout Command) -> Void) -> Saboteur {
        Saboteur(name) { fault in
            fault.client.introduces = { command in
                var changed = command
                change(&changed)
                return [changed]
            }
        }
    }
}
