/// Saboteurs that several cases have in common.
enum Saboteurs {
    /// They put fragments together wrongly.
    static let joining = ["fragments-not-joined", "begin-and-end-swapped", "begin-delivered-alone"]

    /// They do not send again what was lost, or not the same.
    static let retransmission = [
        "nothing-retransmitted", "only-timeouts-mean-loss", "acks-lift-only-cumulative",
        "retransmitted-with-other-octets",
    ]
}
