/// The registry: everything that the specifications of hls-p2p demand, permit or state, in their order.
///
/// It is read when it is first asked for, from text that is compiled in.
public enum Requirements {
    /// Every requirement, in the order of the specifications.
    public static let all: [Requirement] = registry.requirements

    /// The requirement with this id.
    public static func requirement(_ id: String) -> Requirement? {
        index[id].map { all[$0] }
    }

    /// The requirements of one area, in the order of the specifications.
    public static func requirements(in area: Requirement.Area) -> [Requirement] {
        all.filter { $0.area == area }
    }

    /// The registry as it was read, with what is wrong in it.
    static let registry: RequirementParser = {
        var parser = RequirementParser()
        for text in texts {
            parser.parse(text)
        }
        return parser
    }()

    private static let index: [String: Int] = Dictionary(
        all.enumerated().map { ($0.element.id, $0.offset) },
        uniquingKeysWith: { first, _ in first }
    )

    private static let texts = [
        rfc7016Elements, rfc7016Packets, rfc7016StartupChunks, rfc7016SessionChunks, rfc7016Endpoints,
        rfc7016Startup, rfc7016Sessions, rfc7016Sending, rfc7016Receiving, rfc7016Security,
        rfc7425Certificates, rfc7425Keying, rfc7425Encryption, rfc7425Flows, rfc7425NetConnection, rfc7425NetStream,
        practice, http,
        hlsp2pRendezvous, hlsp2pTracker, hlsp2pPeerConnections, hlsp2pPeerExchanges, hlsp2pSwarm, hlsp2pChecker,
    ]
}
