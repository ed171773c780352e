/// What replays judge by: reports know it by id as they know cases, of which it is none.
enum ReplayJudgement: String, CaseIterable {
    case answers = "replay/session/answers-mean-what-was-recorded"
    case delivery = "replay/reference/delivers-what-was-sent"
    case datagrams = "replay/raw/datagrams-are-sent"

    /// What `explain` says of it.
    var explanation: String {
        switch self {
        case .answers:
            """
            The target answers what a recorded initiator said as the recorded responder did, message by message.

            Not compared: times, identifiers, addresses, texts for people, and what is in audio and video. An information \
            object may hold members that the recorded one lacks, and the advice how often to keep a session alive may be \
            missing (RFC 7425 §5.3.4). A flow that one recorded end opened and the other took is not to be refused, nor to \
            be one that cannot be taken. What to do with messages that the recording does not have, --unexpected says. Where \
            no answer could be compared, nothing is decided.
            """
        case .delivery:
            """
            The reference, fed with the data that a capture shows, delivers every message that the capture holds whole, \
            and no other.

            The capture is put together by one reading of RFC 7016 §3.6, the reference is another: where they differ, \
            one of the two is wrong, or the capture has gaps.
            """
        case .datagrams:
            """
            Every datagram of a capture is sent to the target as it is.

            That says nothing about the target: what comes back is counted, and not read. If the socket does not take \
            all of them, for want of room or since they are too long, nothing is decided.
            """
        }
    }
}
