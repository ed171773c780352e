/// RFC 7016 §3: an endpoint that is fed datagrams and time.
extension FuzzTarget {
    static let endpoints: [FuzzTarget] = [
        FuzzTarget(
            "endpoint-startup",
            "steps: time, the owner, and what far ends send; without a session at first",
            seeds: EndpointSeeds.startup
        ) { octets in
            try EndpointUnderFuzz(hasSession: false).take(octets)
        },
        FuzzTarget("endpoint-session", "the same, with a session", seeds: EndpointSeeds.session) { octets in
            try EndpointUnderFuzz(hasSession: true).take(octets)
        },
    ]
}
