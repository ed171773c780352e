internal import RTMFP

/// What a stream makes of the messages that come.
extension NetStream {
    /// Processes a message of the stream; what makes no sense is ignored.
    func receive(_ message: Message) -> [NetStreamEvent] {
        switch message.type {
        case .command, .commandExtended:
            guard let command = try? Command(decoding: message) else { return [] }
            return receive(command)
        case .userControl:
            guard let event = try? UserControl(decoding: message) else { return [] }
            return receive(event)
        case .audio, .video, .data, .dataExtended:
            return isReceiving ? [.message(message)] : []
        default:
            return []
        }
    }

    /// Processes a user control event that names the stream.
    func receive(_ event: UserControl) -> [NetStreamEvent] {
        guard !serves else { return [] }
        switch event {
        case .streamBegin: return [.begun]
        case .streamEOF: return [.ended]
        default: return []
        }
    }

    /// Whether media come from the far end.
    private var isReceiving: Bool {
        switch activity {
        case .idle: false
        case .publishing: serves
        case .playing: !serves
        }
    }

    private func receive(_ command: Command) -> [NetStreamEvent] {
        guard command.name != "onStatus" else {
            return serves ? [] : command.status.map { [.status($0)] } ?? []
        }
        guard serves else { return [.command(command)] }
        let flag = command.arguments.first?.boolean
        switch command.name {
        case "publish" where subscriberFlow == nil:
            return begin(command) { name in
                activity = .publishing(name: name)
                return .publishRequested(name: name, type: command.arguments.dropFirst().first?.string ?? "live")
            }
        case "play":
            return begin(command) { name in
                activity = .playing(name: name)
                return .playRequested(name: name, arguments: Array(command.arguments.dropFirst()))
            }
        case "closeStream": return stopped()
        case "pause": return flag.map { [.paused($0)] } ?? []
        case "receiveAudio": return flag.map { [.wanted(.audio, $0)] } ?? []
        case "receiveVideo": return flag.map { [.wanted(.video, $0)] } ?? []
        default: return [.command(command)]
        }
    }

    /// Ends what goes on, and begins what a command asks for: nothing, if it does not name a stream.
    private func begin(_ command: Command, _ begin: (String) -> NetStreamEvent) -> [NetStreamEvent] {
        let ended = stopped()
        let name = command.arguments.first?.string ?? ""
        let isName = (1...NetStream.maximumName).contains(name.utf8.count)
        guard flows.conduct.judges(.streamNamed, holds: isName) else { return ended }
        return ended + [begin(name)]
    }

    /// Ends what the far end had asked for.
    func stopped() -> [NetStreamEvent] {
        guard activity != .idle else { return [] }
        defer { activity = .idle }
        return [.stopped(activity)]
    }
}
