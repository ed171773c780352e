/// Where a session stands (RFC 7016 §3.5).
public enum SessionState: String, Hashable, Sendable, CaseIterable {
    /// S_IHELLO_SENT
    case helloSent
    /// S_KEYING_SENT
    case keyingSent
    /// S_OPEN
    case open
    /// S_NEARCLOSE
    case nearClose
    /// S_FARCLOSE_LINGER
    case farCloseLinger
}
