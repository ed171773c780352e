public import RTMFP

/// The server's end.
extension NetConnection {
    /// Accepts the client, after `NetConnectionEvent.connectRequested`.
    ///
    /// - Parameter details: further members of the information object.
    public func accept(details: [AMFMember<AMF0Value>] = [], at now: Instant) {
        guard let command = connectRequest, state == .connecting else { return }
        connectRequest = nil
        state = .connected
        let encoding = AMFMember("objectEncoding", AMF0Value.number(ConnectRequest(command: command).objectEncoding))
        let status = Status(
            "NetConnection.Connect.Success",
            "Connection succeeded",
            details: [encoding] + details
        )
        send(Command("_result", transactionID: command.transactionID, [status.value]), at: now)
    }

    /// Refuses the client, after `NetConnectionEvent.connectRequested`, and closes when it has got to know.
    public func reject(
        code: String = "NetConnection.Connect.Rejected",
        _ reason: String,
        at now: Instant
    ) {
        guard let command = connectRequest, state == .connecting else { return }
        connectRequest = nil
        let status = Status(code, level: .error, reason)
        send(Command("_error", transactionID: command.transactionID, [status.value]), at: now)
        rejectsWhenDelivered = true
        close(at: now)
    }

    /// Advises the client of keepalive periods (RFC 7425 §5.3.4).
    public func adviseKeepalive(server: Interval, peer: Interval, at now: Instant) {
        send(.setKeepalive(serverPeriod: server.wholeMilliseconds, peerPeriod: peer.wholeMilliseconds), at: now)
    }

    /// Processes a command of the client on a control flow.
    func serve(_ command: Command, at now: Instant) {
        guard command.name != "connect" else {
            connect(command, at: now)
            return
        }
        guard conduct.judges(.connectedBefore, holds: state == .connected) else {
            fail(command, Status("NetConnection.Call.Failed", level: .error, "Not connected"), at: now)
            return
        }
        switch command.name {
        case "setPeerInfo":
            tell(.peerInfo(command.peerAddresses))
            answer(command, at: now)
        case "createStream":
            createStream(command, at: now)
        case "deleteStream":
            deleteStream(command, at: now)
        default:
            tell(.called(command))
        }
    }

    private func connect(_ command: Command, at now: Instant) {
        guard conduct.judges(.connectOnce, holds: state == .idle) else {
            fail(command, Status("NetConnection.Connect.Failed", level: .error, "Already connected"), at: now)
            return
        }
        state = .connecting
        connectRequest = command
        tell(.connectRequested(ConnectRequest(command: command)))
    }

    private func createStream(_ command: Command, at now: Instant) {
        let hasRoom = streams.count < NetConnection.maximumStreams
        guard conduct.judges(.roomForStream, holds: hasRoom), let farControl else {
            fail(command, Status("NetConnection.Call.Failed", level: .error, "Too many streams"), at: now)
            return
        }
        while nextStreamID == 0 || streams[nextStreamID] != nil {
            nextStreamID = (nextStreamID + 1) & FlowMetadata.maximumStreamID
        }
        let stream = NetStream(flows, id: nextStreamID, association: farControl, serves: true)
        streams[nextStreamID] = stream
        // Answered even without a transaction ID: librtmfp sends none, and waits for the stream all the same.
        let result = [AMF0Value.number(Double(nextStreamID))]
        send(Command("_result", transactionID: command.transactionID, result, form: command.form), at: now)
        nextStreamID = (nextStreamID + 1) & FlowMetadata.maximumStreamID
        tell(.streamCreated(stream))
    }

    private func deleteStream(_ command: Command, at now: Instant) {
        let id = command.arguments.first?.number.flatMap(UInt32.init(exactly:))
        if let id, let stream = streams.removeValue(forKey: id) {
            stream.closeFlows(at: now)
            close(stream)
            flows.rejectAll(of: id, at: now)
        }
        answer(command, at: now)
    }
}

extension Interval {
    /// Milliseconds, as many as 32 bits hold.
    fileprivate var wholeMilliseconds: UInt32 { UInt32(clamping: nanoseconds / 1_000_000) }
}
