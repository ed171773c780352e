import Flash
import RTMFP

/// RFC 7425 §5.2: barriers between flows.
enum FlowSynchronizationCases {
    static let all: [Case] = [
        Case(
            "rendezvous/synchronization/waits-for-partner",
            "A flow is held up after a Flow Sync until as many have come as it says.",
            ["RFC7425-5.2-04"],
            level: .should,
            needs: [.netConnection],
            saboteurs: ["barriers-ignored", "duplicates-delivered"],
            .session { session in
                let connection = try session.connect()
                let partner = try partner(connection)
                try connection.send(sync(8, 2))
                let transaction = connection.transaction()
                try connection.send(Command("hlsp2pCheckAlive", transactionID: transaction).message())
                try session.ping()
                try require(
                    connection.answer(to: transaction) == nil,
                    expected: "no answer before the second Flow Sync",
                    actual: "an answer"
                )
                try connection.send(sync(8, 2), on: partner)
                _ = try connection.expectAnswer(to: transaction)
            }
        ),
        Case(
            "rendezvous/synchronization/count-of-one-does-not-block",
            "A Flow Sync with a count of 1 holds nothing up.",
            ["RFC7425-5.2-05"],
            needs: [.netConnection],
            saboteurs: ["barrier-of-one-blocks"],
            .session { session in
                let connection = try session.connect()
                try connection.send(sync(9, 1))
                try connection.requireAlive("after a Flow Sync with a count of 1")
            }
        ),
        Case(
            "rendezvous/synchronization/timestamp-ignored",
            "The timestamp of a Flow Sync means nothing.",
            ["RFC7425-5.2-08"],
            needs: [.netConnection],
            saboteurs: ["late-barrier-blocks", "barrier-of-one-blocks"],
            .session { session in
                let connection = try session.connect()
                var message = sync(9, 1)
                message.timestamp = .max
                try connection.send(message)
                try connection.requireAlive("after a Flow Sync with a timestamp of 2^32 - 1")
            }
        ),
        Case(
            "rendezvous/synchronization/closed-partner-does-not-block",
            "A barrier does not wait for a flow that has ended.",
            ["RFC7425-5.2-06"],
            level: .observed,
            needs: [.netConnection],
            saboteurs: ["closed-partners-awaited", "final-flag-ignored", "duplicates-delivered"],
            .session { session in
                let connection = try session.connect()
                let partner = try partner(connection)
                try connection.send(sync(8, 2))
                try connection.send(Command("hlsp2pCheckAlive", transactionID: 77).message())
                try partner.deliver([], final: true)
                _ = try connection.expectAnswer(to: 77)
            }
        ),
    ]

    /// A second control flow, on which something has been said.
    private static func partner(_ connection: Connection) throws -> ProbeFlow {
        try given {
            let flow = try connection.flow(for: 0)
            _ = try connection.call("hlsp2pCheckAlive", on: flow)
            return flow
        }
    }

    private static func sync(_ id: UInt32, _ count: UInt32) -> Message {
        UserControl.flowSynchronization(syncID: id, count: count).message
    }
}
