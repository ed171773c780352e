internal import RTMFP

/// Which flows of the far end a connection takes (RFC 7425 §5.3).
extension NetConnection {
    /// The far end has begun a flow.
    func opened(_ flow: FlowHandle, _ received: ReceivedFlow) {
        guard let metadata = flows.metadata(of: received), state != .closing else {
            flows.reject(flow, at: now)
            return
        }
        if isControl(metadata, received.association) {
            farControl = flow
            if side == .server {
                nearControl = flows.open(streamID: 0, association: flow, priority: .urgent, at: now)
            }
        } else if !belongs(flow, metadata, received.association) {
            flows.reject(flow, at: now)
            return
        }
        flows.accept(flow, metadata, at: now)
    }

    /// Whether a new flow is the far end's canonical control flow (RFC 7425 §5.3.1, §5.3.2).
    private func isControl(_ metadata: FlowMetadata, _ association: FlowHandle?) -> Bool {
        guard farControl == nil, metadata.streamID == 0 else { return false }
        return side == .server ? association == nil : association == nearControl && association != nil
    }

    /// Whether a further flow belongs to the connection: to its control, or to a stream that exists.
    private func belongs(_ flow: FlowHandle, _ metadata: FlowMetadata, _ association: FlowHandle?) -> Bool {
        let isKnown = metadata.streamID == 0 ? association == nearControl : streams[metadata.streamID] != nil
        let isInPlace = farControl != nil || association != nil
        guard conduct.judges(.flowBelongs, holds: isKnown && isInPlace) else { return false }
        return conduct.judges(.furtherFlowTaken, holds: true) || !flows.hasFlow(of: metadata.streamID)
    }
}
