internal import RTMFP

/// What a connection makes of the messages that come.
extension NetConnection {
    /// Processes a message of a stream, 0 for the connection itself; what makes no sense is ignored.
    func receive(_ message: Message, _ streamID: UInt32, at now: Instant) {
        guard streamID == 0 else {
            streams[streamID].map { receive(message, of: $0) }
            return
        }
        switch message.type {
        case .command, .commandExtended:
            if let command = try? Command(decoding: message) {
                receive(command, at: now)
            } else if !conduct.judges(.senselessCommandIgnored, holds: true) {
                abandon(.near)
            }
        case .userControl:
            guard let event = try? UserControl(decoding: message) else { return }
            receive(event)
        default:
            break
        }
    }

    private func receive(_ message: Message, of stream: NetStream) {
        for event in stream.receive(message) { tell(.stream(stream, event)) }
    }

    private func receive(_ command: Command, at now: Instant) {
        switch command.name {
        case "_result": answered(command, isError: false, at: now)
        case "_error": answered(command, isError: true, at: now)
        case "onStatus":
            if let status = command.status { tell(.status(status)) }
        default:
            if side == .server {
                serve(command, at: now)
            } else {
                tell(.called(command))
            }
        }
    }

    private func receive(_ event: UserControl) {
        guard side == .client else { return }
        switch event {
        case .setKeepalive(let server, let peer):
            func period(_ milliseconds: UInt32) -> Interval {
                let advised = Interval.milliseconds(Double(milliseconds))
                let isTooShort = advised < NetConnection.minimumKeepalive
                return conduct.judges(.keepaliveTooShort, holds: isTooShort) ? NetConnection.minimumKeepalive : advised
            }
            tell(.keepalive(server: period(server), peer: period(peer)))
        case .streamBegin(let streamID), .streamEOF(let streamID):
            // Some servers send these on the connection's flow instead of the stream's.
            guard let stream = streams[streamID] else { return }
            for event in stream.receive(event) { tell(.stream(stream, event)) }
        default:
            break
        }
    }
}
