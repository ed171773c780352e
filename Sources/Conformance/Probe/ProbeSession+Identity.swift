import RTMFP

extension ProbeSession {
    /// The peer ID under which the far end knows the probe: 64 lower-case hexadecimal digits.
    var nearPeerID: String {
        (try? Certificate(keying.chunk.initiatorCertificate)).map { hex($0.fingerprint) } ?? ""
    }
}
