import Flash
import RTMFP

/// One of the four streams of a session with a puppet, seen from the puppet (peer-protocol §2).
final class Subscription {
    /// Who asks whom.
    enum Direction {
        /// The puppet plays a stream of the peer under test.
        case heard
        /// The peer under test plays a stream of the puppet.
        case served
    }

    let direction: Direction
    /// The subscriber's control flow.
    let control: FlowHandle
    /// The control flow's metadata.
    let metadata: [UInt8]
    /// The stream ID in the metadata; nil if there is none.
    let streamID: UInt32?
    /// The name in `play`; nil until that has come.
    var name: String?
    /// The `play` command as it came.
    var play: Message?
    /// Further messages on the control flow of a stream that is served.
    var furtherOnControl: [Message] = []
    /// Heard: the return flows, in order. Served: the one that the puppet has opened.
    var returns: [(flow: FlowHandle, received: ReceivedFlow?)] = []
    /// Heard: the types of messages that have come, in order, as far as they are no application data.
    var preliminaries: [MessageType] = []
    /// Heard: statuses that have come.
    var statuses: [(at: Instant, status: Status)] = []
    /// Heard: data messages that have come.
    var words: [PeerWord] = []
    /// Heard: when StreamBegin has come.
    var begunAt: Instant?
    /// When the far end has closed or rejected it; or the session has ended.
    var closedAt: Instant?
    /// Whether the puppet has closed it.
    var isLeft = false

    init(_ direction: Direction, control: FlowHandle, metadata: [UInt8]) {
        self.direction = direction
        self.control = control
        self.metadata = metadata
        streamID = (try? FlowMetadata(decoding: metadata))?.streamID
    }

    /// When `NetStream.Play.Start` came first.
    var startedAt: Instant? { statuses.first { $0.status.code == "NetStream.Play.Start" }?.at }
    /// How often `NetStream.Play.Start` has come.
    var starts: Int { statuses.count { $0.status.code == "NetStream.Play.Start" } }
    /// Whether it can carry something.
    var isOpen: Bool { closedAt == nil && !isLeft }
}
