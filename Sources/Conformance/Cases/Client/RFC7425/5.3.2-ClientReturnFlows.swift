import Flash
import RTMFP

/// RFC 7425 §5.3.2, §5.3.5: the server's control flows, and to which of them a client's flows belong.
enum ClientReturnFlowCases {
    static let all: [Case] = [
        .connecting(
            "first-return-flow-is-canonical",
            "The client's flows for streams are returns of the first flow that the server has opened for stream 0.",
            ["RFC7425-5.3.2-02", "RFC7425-5.3.5.1-01", "RFC7425-5.3.5-01"],
            needs: [.asksForStreams],
            saboteurs: [
                "last-return-flow-is-canonical", "lowest-return-flow-is-canonical", "client-streams-unassociated",
            ]
        ) { connection in
            // The later flow has the lower ID, so that order and number can be told apart.
            let first = connection.flow(for: 0, id: 9)
            try given { try connection.accept(on: first) }
            let second = connection.flow(for: 0, id: 3)
            try connection.send(Command("hlsp2pCheckNote").message(), on: second)
            let flow = try connection.giveStream(5, on: first)
            try require(
                flow.association == 9,
                expected: "the return of flow 9",
                actual: flow.association.map { "the return of flow \($0)" } ?? "no return"
            )
        },
        .connecting(
            "second-return-flow-heard",
            "What the server says on a further flow for stream 0 counts.",
            ["RFC7425-5.3.2-02"],
            needs: [.asksForStreams],
            saboteurs: ["second-return-flow-rejected"]
        ) { connection in
            try given { try connection.accept() }
            let second = connection.flow(for: 0)
            try connection.giveStream(5, on: second)
        },
        .connected(
            "flow-for-stream",
            "A stream's commands go on a flow with the stream ID that the server has given.",
            ["RFC7425-5.3.5.1-01"],
            needs: [.asksForStreams],
            saboteurs: ["client-stream-ids-of-one-octet"]
        ) { connection in
            try connection.giveStream(300)
        },
        .connected(
            "greatest-stream-id",
            "The greatest stream ID, of 24 bits, is as good as any other.",
            ["RFC7425-5.3.5.1-01", "RFC7425-5.1-01"],
            needs: [.asksForStreams],
            saboteurs: ["client-stream-ids-of-one-octet", "client-stream-ids-of-16-bits"]
        ) { connection in
            try connection.giveStream(FlowMetadata.maximumStreamID)
        },
        .connected(
            "server-stream-flow-ends",
            "The end of a server's flow for a stream means nothing for the stream, nor for the connection.",
            ["RFC7425-5.3.5.3-01"],
            level: .may,
            needs: [.asksForStreams],
            saboteurs: ["stream-flow-end-closes-connection"]
        ) { connection in
            try connection.giveStream(5)
            let flow = connection.flow(for: 5)
            try connection.send(UserControl.streamBegin(streamID: 5).message, on: flow)
            _ = try flow.deliver([], final: true)
            try connection.requireStanding("after the end of a flow for a stream")
        },
        .connected(
            "rejected-stream-flow-given-up",
            "A client that is told that its flow for a stream is rejected opens no other in its place.",
            ["RFC7425-5.3.5.3-04", "RFC7425-5.3.5.3-02"],
            level: .should,
            needs: [.asksForStreams],
            saboteurs: ["rejected-stream-flow-replaced"]
        ) { connection in
            let flow = try connection.giveStream(5)
            let known = Set(connection.session.ear.flows.keys)
            try connection.session.reject(flow)
            try connection.session.peer.wait(.seconds(2))
            let others = connection.streamFlows(5).filter { !known.contains($0.id) }
            try require(
                !others.contains { other in other.rtmpMessages.contains { flow.rtmpMessages.first == $0 } },
                expected: "nothing that was said on the rejected flow on another one",
                actual: "flow \(others.first?.id ?? 0) repeats it"
            )
        },
    ]
}

extension ProbeSession {
    /// Rejects a flow of the far end's (RFC 7016 §3.6.3.7).
    func reject(_ flow: FarFlow) throws {
        let exception = FlowExceptionReport(flowID: flow.id, exceptionCode: 0)
        try say([.flowExceptionReport(exception), ear.acknowledgement(of: flow.id)])
    }
}
