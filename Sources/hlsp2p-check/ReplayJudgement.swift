/// What replays judge by: reports know it by id as they know cases, of which it is none.
enum ReplayJudgement: String, CaseIterable {
    case answers = "replay/session/answers-mean-what-was-recorded"
    case delivery = "replay/reference/delivers-what-was-sent"

    /// What `explain` says of it.
    var explanation: String {
        switch self {
        case .answers:
            """
            The target answers what a recorded initiator said as the recorded responder did, message by message.

            Not compared: times, identifiers, addresses, texts for people, and what is in audio and video. An information \
            object may hold members that the recorded one lacks, and the advice how often to keep a session alive may be \
            missing (RFC 7425 §5.3.4). What to do with messages that the recording does not have, --unexpected says.
            """
        case .delivery:
            """
            The reference, fed with the data that a capture shows, delivers every message that the capture holds whole, \
            and no other.

            The capture is put together by one reading of RFC 7016 §3.6, the reference is another: where they differ, \
            one of the two is wrong, or the capture has gaps.
            """
        }
    }
}
