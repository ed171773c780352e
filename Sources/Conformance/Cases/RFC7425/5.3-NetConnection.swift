import Flash
import RTMFP

/// RFC 7425 §5.3: NetConnection, from `connect` to its end.
enum NetConnectionCases {
    static let all: [Case] = [
        Case(
            "rendezvous/netconnection/connect-result",
            "`connect` is answered on a flow for stream 0 in return to the client's, with the client's transaction ID.",
            ["RFC7425-5.3.2-01", "RFC7425-5.1.1-02", "RFC7425-5.1.2-01"],
            needs: [.netConnection],
            saboteurs: ["connect-result-without-success", "return-flow-for-stream-1", "first-message-lost"],
            .session { session in
                let (connection, answer) = try session.connect(session.connectCommand())
                try require(
                    answer.name == "_result" && answer.code == "NetConnection.Connect.Success",
                    expected: "_result with NetConnection.Connect.Success",
                    actual: "\(answer.name) with \(answer.code)"
                )
                let metadata = connection.answers?.metadata ?? []
                try requireEqual(metadata, FlowMetadata(streamID: 0).encoded, "metadata")
            }
        ),
        Case(
            "rendezvous/netconnection/control-flow-on-any-id",
            "The control flow may have any flow ID.",
            ["RFC7425-5.3.1-03"],
            needs: [.netConnection],
            saboteurs: ["control-flow-3003-rejected", "first-message-lost", "first-flow-must-be-2"],
            .session { session in
                _ = try session.connect(session.connectCommand(), flowID: 3003)
            }
        ),
        Case(
            "rendezvous/netconnection/same-peer-takes-nothing-over",
            "A second connection with the same certificate, from another address, does not take over the first.",
            ["RFC7425-5.3-02"],
            needs: [.netConnection],
            saboteurs: ["later-connection-evicts-earlier", "one-session-only"],
            .session { session in
                let connection = try session.connect()
                let other = try given { try session.repeated() }
                // Whatever the answer is, it may also be none.
                _ = try? other.connect(session.connectCommand())
                try connection.requireAlive("after the same peer connected from elsewhere")
            }
        ),
        Case(
            "rendezvous/netconnection/group-flow-harms-nothing",
            "A flow with the metadata of a NetGroup is accepted or rejected; the connection stays.",
            ["DEFACTO-X-01", "DEFACTO-X-04"],
            level: .observed,
            needs: [.netConnection],
            saboteurs: ["group-flow-ends-session"],
            .session { session in
                let connection = try session.connect()
                guard let answers = connection.answers else { return }
                let group = session.flow(id: 9, options: [.metadata([0x47, 0x43]), .association(answers.id)])
                _ = try group.deliver([0x01, 0x21, 0x15] + session.probe.octets(32))
                try connection.requireAlive("after a flow for a NetGroup")
            }
        ),
        encoding(0),
        encoding(3),
        Case(
            "rendezvous/netconnection/second-control-flow",
            "A client may open further flows for stream 0 in return to the server's control flow.",
            ["RFC7425-5.3.2-03"],
            level: .may,
            needs: [.netConnection],
            saboteurs: ["second-control-flow-rejected", "associated-flows-rejected"],
            .session { session in
                let connection = try session.connect()
                let answer = try connection.call("createStream", on: connection.flow(for: 0))
                try require(answer.name == "_result", expected: "a _result", actual: answer.name)
            }
        ),
        survived(
            "command-before-connect",
            "A command before `connect` harms at most its own connection.",
            ["early-command-crashes"]
        ) { session in
            _ = try session.flow(id: 2).deliver(Command("createStream", transactionID: 2).message().encoded)
        },
        survived(
            "connect-without-object",
            "A `connect` without a command object harms at most its own connection.",
            ["connect-without-object-crashes"]
        ) { session in
            let message = Message(.command, [AMF0Value.string("connect"), .number(1)].encoded)
            _ = try session.flow(id: 2).deliver(message.encoded)
        },
        survived(
            "second-connect",
            "A second `connect` harms at most its own connection.",
            ["second-connect-crashes"]
        ) { session in
            let connection = try session.connect()
            try connection.send(session.connectCommand().message())
        },
        survived(
            "truncated-command",
            "A command that breaks off harms at most its own connection.",
            ["truncated-command-crashes"]
        ) { session in
            let connection = try session.connect()
            var message = Command("createStream", transactionID: 5, [.string("x")]).message()
            message.payload.removeLast(3)
            try connection.send(message)
        },
        Case(
            "rendezvous/netconnection/unknown-method",
            "A call of a method that nobody has is answered with an _error; the connection stays.",
            ["RFC7425-5.3.7-05"],
            needs: [.netConnection],
            saboteurs: ["unknown-method-ends-connection"],
            .session { session in
                let connection = try session.connect()
                let answer = try connection.call("noSuchMethod")
                try require(answer.name == "_error", expected: "an _error", actual: answer.name)
                try connection.requireAlive("after another unknown method")
            }
        ),
        Case(
            "rendezvous/netconnection/extended-command-understood",
            "A command of type 17 with format 0 is a command like any other.",
            ["RFC7425-5.3.3-08"],
            needs: [.netConnection],
            saboteurs: ["extended-commands-ignored", "extended-answers-without-format"],
            .session { session in
                let answer = try session.connect().call("createStream", form: .extended)
                try require(answer.name == "_result", expected: "a _result", actual: answer.name)
            }
        ),
        Case(
            "rendezvous/netconnection/extended-command-of-other-format-ignored",
            "A command of type 17 with another format than 0 is ignored.",
            ["RFC7425-5.3.3-09"],
            needs: [.netConnection],
            saboteurs: ["any-format-understood"],
            .session { session in
                let connection = try session.connect()
                var message = Command("createStream", transactionID: 66, form: .extended).message()
                message.payload[0] = 1
                try connection.send(message)
                try connection.requireAlive("after a command of an unknown format")
                try require(connection.answer(to: 66) == nil, expected: "no answer", actual: "an answer")
            }
        ),
        Case(
            "rendezvous/netconnection/extended-answer-has-format",
            "What a server sends as type 17 begins with format 0.",
            ["RFC7425-5.3.3-07"],
            needs: [.netConnection],
            accepts: [
                Case.Alternative(
                    "answers in type 20",
                    "RFC 7425 §5.3.3: a command may be of either type, whichever the object encoding asks for."
                )
            ],
            saboteurs: ["extended-answers-without-format", "extended-commands-ignored"],
            .session { session in
                let connect = Command.connect(session.probe.target.uri, objectEncoding: 3)
                let (connection, _) = try given { try session.connect(connect) }
                let transaction = connection.transaction()
                let call = Command("createStream", transactionID: transaction, form: .extended)
                try connection.send(call.message())
                let extended = try connection.expect("an answer of either type") { () -> Message? in
                    connection.messages.first { message in
                        message.type == .commandExtended
                            || (try? Command(decoding: message))?.transactionID == transaction
                    }
                }
                guard extended.type == .commandExtended else { throw Settled(alternative: "answers in type 20") }
                try require(
                    extended.payload.first == 0,
                    expected: "format 0",
                    actual: "format \(extended.payload.first.map { "\($0)" } ?? "none")"
                )
            }
        ),
        Case(
            "rendezvous/netconnection/keepalive-periods",
            "Set Keepalive Timers carries two periods in milliseconds.",
            ["RFC7425-5.3.4-01"],
            needs: [.netConnection],
            accepts: [
                Case.Alternative(
                    "sends none",
                    "RFC 7425 §5.3.4: the server can advise the client of keepalive periods."
                )
            ],
            saboteurs: ["keepalive-in-seconds"],
            .session { session in
                let connection = try session.connect()
                try connection.send(Command("setPeerInfo", [.string("10.9.8.7:1234")]).message())
                try connection.requireAlive("after setPeerInfo")
                let control = connection.messages.filter {
                    $0.type == .userControl && $0.payload.starts(with: [0, 41])
                }
                guard let message = control.first else { throw Settled(alternative: "sends none") }
                guard message.payload.count == 10,
                    case .setKeepalive(let server, let peer) = try? UserControl(decoding: message)
                else {
                    throw Unmet(expected: "10 octets of payload", actual: "\(message.payload.count)")
                }
                try require(
                    (5000...600_000).contains(server) && (5000...600_000).contains(peer),
                    expected: "periods from 5000 ms to 600000 ms",
                    actual: "\(server) and \(peer)"
                )
            }
        ),
        ending(
            "control-flow-rejected",
            "Who rejects a control flow has closed the connection; the other end closes its own flows.",
            ["RFC7425-5.3-03", "RFC7425-5.3.6-02"],
            ["exceptions-ignored"]
        ) { connection, answers in
            let exception = FlowExceptionReport(flowID: answers.id, exceptionCode: 0)
            let acknowledgement = connection.session.ear.acknowledgement(of: answers.id)
            try connection.session.say([.flowExceptionReport(exception), acknowledgement])
        },
        ending(
            "control-flow-closed",
            "Who closes a control flow has closed the connection; the other end closes its own flows.",
            ["RFC7425-5.3.6-01"],
            ["final-flag-ignored"]
        ) { connection, _ in
            try connection.control.deliver([], final: true)
        },
    ]

    private static func encoding(_ encoding: Double) -> Case {
        Case(
            "rendezvous/netconnection/object-encoding-\(Int(encoding))-echoed",
            "The result of `connect` names the object encoding that the client asked for: \(Int(encoding)).",
            ["DEFACTO-X-05"],
            level: .observed,
            needs: [.netConnection],
            saboteurs: ["object-encoding-\(encoding == 0 ? 3 : 0)-only", "connect-result-without-success"],
            .session { session in
                let connect = Command.connect(session.probe.target.uri, objectEncoding: encoding)
                let (_, answer) = try given { try session.connect(connect) }
                let named = answer.arguments.lazy.compactMap { $0["objectEncoding"]?.number }.first
                try require(
                    named == encoding,
                    expected: "objectEncoding \(encoding)",
                    actual: named.map { "\($0)" } ?? "none"
                )
            }
        )
    }

    /// Something that may end the connection, and must not harm the server.
    private static func survived(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        _ say: @escaping @Sendable (ProbeSession) throws -> Void
    ) -> Case {
        Case(
            "rendezvous/netconnection/\(name)",
            title,
            ["RFC7425-5.3.2-05"],
            needs: [.netConnection],
            saboteurs: saboteurs,
            aftermath: .handshake,
            .session { session in
                try say(session)
                let other = try session.probe.openSomewhere()
                try other.connect().requireAlive("in another session")
            }
        )
    }

    /// Something after which the server has to close its control flow, unless it ends the session.
    private static func ending(
        _ name: String,
        _ title: String,
        _ requirements: [String],
        _ saboteurs: [String],
        _ say: @escaping @Sendable (Connection, FarFlow) throws -> Void
    ) -> Case {
        Case(
            "rendezvous/netconnection/\(name)",
            title,
            requirements,
            needs: [.netConnection],
            saboteurs: saboteurs,
            aftermath: .handshake,
            .session { session in
                let connection = try session.connect()
                guard let answers = connection.answers else { throw Lacking(reason: "it has no control flow") }
                try say(connection, answers)
                try session.waitFor("the end of the server's control flow, or of the session") {
                    let ends = connection.answers?.finalNumber != nil
                    let closes = session.peer.heard.contains { heard in
                        heard.sessionID == session.nearSessionID
                            && heard.chunks.contains { $0.type == 0x0c || $0.type == 0x4c }
                    }
                    return ends || closes ? () : nil
                } otherwise: {
                    "the flow stays open"
                }
            }
        )
    }
}

extension ProbeSession {
    /// A session of the same certificate from another address.
    fileprivate func repeated() throws -> ProbeSession {
        let elsewhere = try probe.newPeer()
        let hello = try probe.greet(from: elsewhere)
        var keying = keying
        keying.chunk.initiatorSessionID = probe.sessionID()
        keying.chunk.cookieEcho = hello.cookie
        return try probe.session(keying, probe.exchange(keying, from: elsewhere), on: elsewhere)
    }
}
