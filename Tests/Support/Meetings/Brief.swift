public import Flash
internal import RTMFP

/// An event in short, for comparisons.
public func brief(_ event: NetConnectionEvent) -> String {
    switch event {
    case .connectRequested(let request): "connectRequested \(request.app ?? "-")"
    case .connected(let status): "connected \(status.code)"
    case .rejected(let status): "rejected \(status.code)"
    case .called(let command): "called \(command.name) \(command.arguments.compactMap(\.string))"
    case .answered(let id, .result(let values)): "answered \(id) result \(values.map { $0.string ?? "-" })"
    case .answered(let id, .error(let values)): "answered \(id) error \(values.map { $0["code"]?.string ?? "-" })"
    case .status(let status): "status \(status.code)"
    case .peerInfo(let addresses): "peerInfo \(addresses.map(\.description))"
    case .keepalive(let server, let peer): "keepalive \(server.nanoseconds / 1_000_000) \(peer.nanoseconds / 1_000_000)"
    case .streamCreated(let stream): "streamCreated \(stream.id ?? 0)"
    case .stream(let stream, let event): "stream \(stream.id ?? 0) \(brief(event))"
    case .closed(let closure): "closed \(closure)"
    }
}

public func brief(_ event: NetStreamEvent) -> String {
    switch event {
    case .publishRequested(let name, let type): "publish \(name) \(type)"
    case .playRequested(let name, _): "play \(name)"
    case .stopped(.publishing(let name)): "stopped publishing \(name)"
    case .stopped(.playing(let name)): "stopped playing \(name)"
    case .stopped(.idle): "stopped idle"
    case .paused(let flag): "paused \(flag)"
    case .wanted(let type, let flag): "wanted \(type) \(flag)"
    case .begun: "begun"
    case .ended: "ended"
    case .status(let status): status.code
    case .command(let command): "command \(command.name)"
    case .message(let message): "\(message.type) \(message.timestamp) \(message.payload)"
    case .closed: "closed"
    }
}
