import Flash
import RTMFP

/// A deliberately wrong rendezvous, or client: one named fault, laid over the correct reference at a narrow seam.
///
/// Each exists to turn certain cases red, and no others; `hlsp2p-check self-test` proves it.
public struct Saboteur: Sendable, Identifiable {
    /// What the cases call it: `mode-0-accepted`.
    public let name: String
    let sabotage: @Sendable (inout Fault) -> Void

    /// The name.
    public var id: String { name }

    init(_ name: String, _ sabotage: @escaping @Sendable (inout Fault) -> Void) {
        self.name = name
        self.sabotage = sabotage
    }

    /// A fault of judgement: the endpoint takes `rule` for kept, or for broken, whatever it is.
    init(_ name: String, _ rule: Rule, is answer: Bool) {
        self.init(name) { fault in
            fault.judge = { $0 == rule ? answer : $1 }
        }
    }

    /// A fault of judgement above flows.
    init(_ name: String, _ rule: MessageRule, is answer: Bool) {
        self.init(name) { fault in
            fault.judgeMessage = { $0 == rule ? answer : $1 }
        }
    }

    /// Those that get at the reference rendezvous.
    public static let all: [Saboteur] = [
        foundation, packets, verification, chunks, fragments, hello, cookies, keying,
        certificates, discriminators, components, diffieHellman, negotiation, sequenceNumbers,
        sessions, mobility, ping, timestamps, close,
        userData, nextUserData, flowOptions, associations, flows, receiving, acknowledging,
        acknowledgements, exceptions, sending, loss, flowControl, congestion,
        messages, flowSynchronization, netConnection, streams, introduction,
    ].flatMap(\.self)

    /// Those that get at the reference client instead.
    public static let clients: [Saboteur] = [
        clientFoundation, clientHello, clientRedirect, clientResponderHello,
        clientInitiatorKeying, clientResponderKeying, clientCookieChange, clientGlare, clientForwarding,
        clientPackets, clientFlashCrypto, clientSending, clientReceiving, clientMessages,
        clientConnect, clientReturnFlows, clientPeerInfo, clientKeepalive,
        clientSubscriptions, clientPeerStreams,
    ].flatMap(\.self)

    /// The one with the given name that gets at the rendezvous; nil if there is none.
    public static func named(_ name: String) -> Saboteur? {
        all.first { $0.name == name }
    }

    /// The one with the given name that gets at the client; nil if there is none.
    public static func client(named name: String) -> Saboteur? {
        clients.first { $0.name == name }
    }
}
