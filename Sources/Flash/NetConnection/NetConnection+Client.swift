public import RTMFP

/// The client's end.
extension NetConnection {
    /// Opens the control flow and asks to connect (RFC 7425 §5.3.1); false if the session is not open.
    ///
    /// - Parameters:
    ///   - uri: the server's URI.
    ///   - members: the command object; `app`, `tcUrl` and `objectEncoding` are added if they are not there.
    ///   - arguments: what follows the command object.
    @discardableResult
    public func connect(
        to uri: String,
        _ members: [AMFMember<AMF0Value>] = [],
        _ arguments: [AMF0Value] = [],
        at now: Instant
    ) -> Bool {
        guard side == .client, state == .idle,
            let flow = flows.open(streamID: 0, association: nil, priority: .urgent, at: now)
        else { return false }
        nearControl = flow
        state = .connecting
        var object = members
        func add(_ name: String, _ value: AMF0Value) {
            if object[name] == nil { object.append(AMFMember(name, value)) }
        }
        add("app", .string(NetConnection.app(in: uri)))
        add("tcUrl", .string(uri))
        add("objectEncoding", .number(0))
        return call(Command("connect", object: .object(object), arguments), for: nil, at: now) != nil
    }

    /// Tells the server at which addresses this end may be reached, as every client must (RFC 7425 §5.3.3).
    public func setPeerInfo(_ addresses: [SocketAddress], at now: Instant) {
        guard side == .client, state == .connected else { return }
        send(.setPeerInfo(addresses, form: form), at: now)
    }

    /// Makes a stream; what is asked of it waits until the server has told its ID. Nil if the connection is not up.
    public func createStream(at now: Instant) -> NetStream? {
        guard side == .client, state == .connected, let farControl else { return nil }
        let stream = NetStream(flows, id: nil, association: farControl, serves: false)
        guard call(Command("createStream", form: form), for: stream, at: now) != nil else { return nil }
        return stream
    }

    /// Gives up a stream.
    public func delete(_ stream: NetStream, at now: Instant) {
        guard side == .client, !stream.isClosed else { return }
        if let id = stream.id {
            send(Command("deleteStream", [.number(Double(id))], form: form), at: now)
            stream.closeFlows(at: now)
            streams[id] = nil
            flows.rejectAll(of: id, at: now)
        }
        close(stream)
    }

    /// The application that a URI names: what comes after the host, without the slash between them.
    static func app(in uri: String) -> String {
        let afterScheme = uri.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        return afterScheme.firstIndex(of: "/").map { String(afterScheme[afterScheme.index(after: $0)...]) } ?? ""
    }

    /// Processes an answer to a call of this end's.
    func answered(_ command: Command, isError: Bool, at now: Instant) {
        guard let call = calls.removeValue(forKey: command.transactionID) else { return }
        if side == .client, state == .connecting {
            connectAnswered(command, isError: isError, at: now)
        } else if let stream = call {
            streamAnswered(stream, isError ? nil : command.arguments.first?.number, at: now)
        } else {
            let answer = isError ? Answer.error(command.arguments) : .result(command.arguments)
            tell(.answered(transactionID: command.transactionID, answer))
        }
    }

    private func connectAnswered(_ command: Command, isError: Bool, at now: Instant) {
        if isError {
            tell(.rejected(command.status ?? Status("NetConnection.Connect.Failed", level: .error)))
            close(at: now)
        } else {
            state = .connected
            let status = command.status ?? Status("NetConnection.Connect.Success")
            form = status.details["objectEncoding"]?.number == 3 ? .extended : .plain
            tell(.connected(status))
        }
    }

    /// The server has told the ID of a stream, or that there is none.
    private func streamAnswered(_ stream: NetStream, _ number: Double?, at now: Instant) {
        let id = number.flatMap(UInt32.init(exactly:))
        guard let id, (1...FlowMetadata.maximumStreamID).contains(id), streams[id] == nil else {
            if !stream.isClosed { close(stream) }
            return
        }
        if stream.isClosed {
            send(Command("deleteStream", [.number(Double(id))], form: form), at: now)
        } else {
            streams[id] = stream
            stream.began(id: id, at: now)
        }
    }
}
