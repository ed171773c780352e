/// The cases of each role.
public enum Suite {
    /// Every case, in the order of the specification.
    public static let all: [Case] = rendezvous

    /// The cases for RTMFP rendezvous servers, and for any other responder.
    public static let rendezvous: [Case] = foundation

    /// The exchanges that all other cases build on; where one of them does not work, others are *blocked*.
    static let foundation: [Case] = [
        Case(
            "rendezvous/foundation/ihello-is-answered",
            "An IHello whose endpoint discriminator selects the endpoint is answered by an RHello.",
            ["RFC7016-3.5.1.2-01"],
            saboteurs: ["startup-mute"],
            setting: .cold,
            .startup { probe in
                _ = try probe.greet(from: probe.peer())
            }
        )
    ]
}
