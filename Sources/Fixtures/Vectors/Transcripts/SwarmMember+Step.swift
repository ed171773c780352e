internal import HLSP2P
internal import RTMFP

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
