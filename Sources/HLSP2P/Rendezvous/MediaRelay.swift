internal import Flash
internal import RTMFP

/// Relays what clients publish to those who play it: a name is published by one client of an application at a time.
struct MediaRelay {
    /// What names a stream: the same name in another application is another stream.
    private struct Name: Hashable {
        let app: String
        let stream: String
    }

    private let mediaLifetime: Interval
    private let conduct: any MessageConduct
    private var streams: [Name: RelayedStream] = [:]

    init(mediaLifetime: Interval, conduct: any MessageConduct) {
        self.mediaLifetime = mediaLifetime
        self.conduct = conduct
    }

    /// Acts on what has happened on a client's stream.
    mutating func handle(_ event: NetStreamEvent, of stream: NetStream, app: String, at now: Instant) {
        switch event {
        case .publishRequested(let name, _):
            publish(stream, Name(app: app, stream: name), at: now)
        case .playRequested(let name, _):
            play(stream, Name(app: app, stream: name), at: now)
        case .stopped(.publishing(let name)):
            guard conduct.judges(.nameFreed, holds: true) else { return }
            change(Name(app: app, stream: name)) { $0.unpublish(stream, at: now) }
        case .stopped(.playing(let name)):
            change(Name(app: app, stream: name)) { $0.remove(stream) }
        case .message(let message):
            guard case .publishing(let name) = stream.activity, conduct.judges(.mediaRelayed, holds: true) else {
                return
            }
            change(Name(app: app, stream: name)) { $0.relay(message, from: stream, at: now) }
        case .paused(let flag):
            guard case .playing(let name) = stream.activity else { return }
            change(Name(app: app, stream: name)) { $0.change(stream) { $0.isPaused = flag } }
        case .wanted(let type, let flag):
            guard case .playing(let name) = stream.activity else { return }
            change(Name(app: app, stream: name)) {
                $0.change(stream) { if flag { $0.unwanted.remove(type) } else { $0.unwanted.insert(type) } }
            }
        case .stopped(.idle), .begun, .ended, .status, .command, .closed:
            break
        }
    }

    private mutating func publish(_ stream: NetStream, _ name: Name, at now: Instant) {
        var relayed = streams[name] ?? RelayedStream(mediaLifetime: mediaLifetime)
        guard conduct.judges(.nameFree, holds: relayed.publisher == nil) else {
            stream.refusePublish("\(name.stream) is already published", at: now)
            return
        }
        stream.acceptPublish(at: now)
        relayed.publish(stream, name.stream, at: now)
        streams[name] = relayed
    }

    private mutating func play(_ stream: NetStream, _ name: Name, at now: Instant) {
        var relayed = streams[name] ?? RelayedStream(mediaLifetime: mediaLifetime)
        stream.acceptPlay(at: now)
        relayed.add(stream, name.stream, at: now)
        streams[name] = relayed
    }

    private mutating func change(_ name: Name, _ body: (inout RelayedStream) -> Void) {
        guard var relayed = streams.removeValue(forKey: name) else { return }
        body(&relayed)
        if !relayed.isIdle { streams[name] = relayed }
    }
}
