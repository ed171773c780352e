import Flash
import Links
import RTMFP

/// RFC 7425 §5.3.3: how a client tells where it may be reached.
enum ClientPeerInfoCases {
    static let all: [Case] = [
        .connected(
            "setpeerinfo-sent",
            "A client that was let in sends setPeerInfo.",
            ["RFC7425-5.3.3-01"],
            saboteurs: ["setpeerinfo-omitted", "extended-without-format"]
        ) { connection in
            _ = try connection.expect("setPeerInfo", within: .seconds(3))
        },
        told(
            "setpeerinfo-wants-no-answer",
            "The transaction ID of setPeerInfo is 0.",
            ["RFC7425-5.3.3-02"],
            saboteurs: ["setpeerinfo-wants-answer"]
        ) { command, _ in
            try require(command.transactionID == 0, expected: "0", actual: "\(command.transactionID)")
        },
        told(
            "setpeerinfo-without-object",
            "The command object of setPeerInfo is null.",
            ["RFC7425-5.3.3-02"],
            saboteurs: ["setpeerinfo-with-object", "setpeerinfo-address-for-object"]
        ) { command, _ in
            try require(
                [.null, .avmplus(.null)].contains(command.object),
                expected: "null",
                actual: "\(command.object)"
            )
        },
        told(
            "setpeerinfo-lists-addresses",
            "What follows are strings, each an address with a port: IPv6 in brackets, the port in decimal.",
            ["RFC7425-5.3.3-02", "RFC7425-5.3.3-10"],
            saboteurs: ["setpeerinfo-of-numbers", "setpeerinfo-without-port", "setpeerinfo-in-one-array"]
        ) { command, _ in
            for argument in command.arguments {
                try require(
                    argument.string.flatMap(SocketAddress.init(presentation:)) != nil,
                    expected: "an address, a colon and a port",
                    actual: "\(argument)"
                )
            }
        },
        told(
            "setpeerinfo-lists-own-address",
            "The list has all of the client's interface addresses: that with which it has come, too.",
            ["RFC7425-5.3.3-03"],
            level: .should,
            accepts: [Case.Alternative("lists none", "RFC 7425 §5.3.3: The list MAY be empty.")],
            saboteurs: ["setpeerinfo-of-other-port"]
        ) { command, session in
            guard !command.arguments.isEmpty else { throw Settled(alternative: "lists none") }
            guard let far = session.peer.far, !far.isLocal else {
                throw Lacking(reason: "it has come from an address that should not be listed")
            }
            let listed = command.listedAddresses
            guard !listed.contains(far) else { return }
            // Only an address of the same host proves that no translator has changed what is seen here.
            guard listed.contains(where: { $0.ip == far.ip }) || far.ip == session.peer.localAddress.ip else {
                throw Inconclusive(reason: "it may have come through an address translator")
            }
            throw Unmet(
                expected: "\(far) in the list",
                actual: listed.prefix(6).map { "\($0)" }.joined(separator: ", ")
            )
        },
        told(
            "setpeerinfo-lists-no-loopback",
            "The list has no loopback or link-local addresses.",
            ["RFC7425-5.3.3-05"],
            level: .should,
            saboteurs: ["setpeerinfo-with-loopback", "setpeerinfo-with-link-local"]
        ) { command, _ in
            if let local = command.listedAddresses.first(where: \.isLocal) {
                throw Unmet(expected: "neither loopback nor link-local addresses", actual: "\(local)")
            }
        },
        .connecting(
            "setpeerinfo-of-type-20-with-amf0",
            "Where AMF0 was agreed on, setPeerInfo is a message of type 20.",
            ["RFC7425-5.3.3-06"],
            level: .should,
            saboteurs: ["setpeerinfo-always-extended"]
        ) { connection in
            try given { try connection.accept(encoding: 0) }
            let command = try given { try connection.expect("setPeerInfo", within: .seconds(3)) }
            try require(command.form == .plain, expected: "type 20", actual: "type 17")
        },
        .connecting(
            "setpeerinfo-of-type-17-with-amf3",
            "Where AMF3 was agreed on, setPeerInfo is a message of type 17.",
            ["RFC7425-5.3.3-06", "RFC7425-5.3.3-14"],
            level: .should,
            saboteurs: ["setpeerinfo-always-plain"]
        ) { connection in
            guard connection.askedEncoding == 3 else { throw Lacking(reason: "it asks for AMF0") }
            try given { try connection.accept(encoding: 3) }
            let command = try given { try connection.expect("setPeerInfo", within: .seconds(3)) }
            try require(command.form == .extended, expected: "type 17", actual: "type 20")
        },
        .connecting(
            "extended-command-has-format",
            "What a client sends as type 17 begins with format 0.",
            ["RFC7425-5.3.3-07", "RFC7425-5.3.3-14"],
            saboteurs: ["extended-without-format"]
        ) { connection in
            let before = connection.said.count
            try given {
                try connection.accept()
                try connection.expect("a message after _result") { connection.said.count > before ? () : nil }
            }
            try connection.session.ping()
            let extended = connection.said.map(\.message).filter { $0.type == .commandExtended }
            guard !extended.isEmpty else { throw Lacking(reason: "it sends no messages of type 17") }
            for message in extended {
                try require(
                    message.payload.first == 0,
                    expected: "format 0",
                    actual: message.payload.first.map { "format \($0)" } ?? "an empty message"
                )
            }
        },
    ]

    /// A case about the setPeerInfo that a client sends once it was let in; blocked if it sends none.
    private static func told(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        level: Case.Level = .must,
        accepts: [Case.Alternative] = [],
        saboteurs: [String],
        _ judge: @escaping @Sendable (Command, ProbeSession) throws -> Void
    ) -> Case {
        .connected(name, title, requirements, level: level, accepts: accepts, saboteurs: saboteurs) { connection in
            let command = try given { try connection.expect("setPeerInfo", within: .seconds(3)) }
            try judge(command, connection.session)
        }
    }
}

extension Command {
    /// The arguments that are addresses.
    fileprivate var listedAddresses: [SocketAddress] {
        arguments.compactMap { $0.string.flatMap(SocketAddress.init(presentation:)) }
    }
}

extension SocketAddress {
    /// Whether it means something only to its own host, or link: loopback and link-local addresses.
    fileprivate var isLocal: Bool {
        switch family {
        case .v4: octets.starts(with: [127]) || octets.starts(with: [169, 254])
        case .v6: octets == [UInt8](repeating: 0, count: 15) + [1] || (octets[0] == 0xfe && octets[1] & 0xc0 == 0x80)
        }
    }
}
