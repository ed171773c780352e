internal import HLSP2P
internal import RTMFP

/// HTTP responses of which not all has come.
struct WebResponses {
    private var parts: [Int: (status: Int?, body: [UInt8])] = [:]

    /// Takes in what has come of a response; gives back the response when that was the last of it.
    mutating func take(_ event: WebEvent, of request: Int) -> SwarmStep.Input? {
        var response = parts.removeValue(forKey: request) ?? (nil, [])
        switch event {
        case .status(let status): response.status = status
        case .body(let octets): response.body += octets
        case .end, .failed: return .response(request: request, status: response.status, body: response.body)
        }
        parts[request] = response
        return nil
    }
}

extension SwarmMember {
    /// Hands in something of HTTP or of the player; gives it back with the number that it has got.
    func take(_ input: SwarmStep.Input, at now: Instant) -> SwarmStep.Input {
        switch input {
        case .playlist: return .playlist(id: requestPlaylist(at: now))
        case .segment(_, let url): return .segment(id: requestSegment(url, at: now), url: url)
        case .unwanted(let id): cancel(id, at: now)
        case .response(let request, let status, let body):
            guard let status else {
                receive(.failed, of: request, at: now)
                break
            }
            for event in [.status(status), .body(body), .end] as [WebEvent] { receive(event, of: request, at: now) }
        case .rendezvous, .appeared, .ready, .lost, .message: break
        }
        return input
    }
}

extension SwarmStep.Input {
    /// The number of a request of the player's; nil if it is none.
    var id: Int? {
        switch self {
        case .playlist(let id), .segment(let id, _): id
        default: nil
        }
    }
}

extension SwarmStep.Output {
    /// What a member wants done for it; nil of events that do not show outside.
    init?(_ output: PeerOutput) {
        switch output {
        case .http(let request): self = .request(request)
        case .cancel(let request): self = .abandon(request: request)
        case .answer(let id, .data(let octets)): self = .answer(id: id, octets)
        case .answer(let id, .unavailable): self = .answer(id: id, nil)
        case .event(.mode(let mode)): self = .mode(mode)
        case .event: return nil
        }
    }
}
