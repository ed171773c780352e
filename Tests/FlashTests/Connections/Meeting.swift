import Flash
import Meetings
import RTMFP
import Testing

/// A party that makes a server's NetConnection of every session, and answers as `answers` says.
final class Server: Party {
    private(set) var connections: [NetConnection] = []
    private(set) var log: [NetConnectionEvent] = []
    /// Called with every event, after it was logged.
    var answers: (NetConnection, NetConnectionEvent, Instant) -> Void = { connection, event, now in
        if case .connectRequested = event { connection.accept(at: now) }
    }

    var connection: NetConnection? { connections.last }

    override func take(_ event: Event, at now: Instant) {
        super.take(event, at: now)
        if case .opened(let session, _) = event {
            connections.append(NetConnection(.server, over: session, of: endpoint))
        }
        for connection in connections {
            connection.receive(event, at: now)
            for event in connection.takeEvents() {
                log.append(event)
                answers(connection, event, now)
            }
        }
    }
}

/// A client that is connected to a server, or would like to be.
struct Meeting {
    let world = World()
    let client: Client
    let server: Server

    init() throws {
        client = try Client(world, port: 50_000, seed: 1)
        server = try Server(world, port: 1935, seed: 2)
    }

    /// Lets the client connect.
    func connect() throws -> (client: NetConnection, server: NetConnection) {
        client.open(to: server, at: world.now)
        world.run()
        return (try #require(client.connection), try #require(server.connection))
    }
}
