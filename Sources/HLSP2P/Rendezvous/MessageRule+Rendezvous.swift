public import Flash

/// The rules of the rendezvous application.
extension MessageRule {
    /// The client names a resource, or need not — else it is refused.
    public static let resourceNamed = MessageRule("resourceNamed")
    /// The name can be one — else the client is refused.
    public static let resourceAcceptable = MessageRule("resourceAcceptable")
    /// No other connection has the client's peer ID — else the client is refused (RFC 7425 §5.3).
    public static let peerIDNew = MessageRule("peerIDNew")
    /// The client is registered before it gets to know that it is connected — else after.
    public static let registeredFirst = MessageRule("registeredFirst")
    /// A client that has gone is taken off the list — else it stays there.
    public static let departureNoted = MessageRule("departureNoted")
    /// The addresses of a later `setPeerInfo` replace the former ones — else they are added (RFC 7425 §5.3.3).
    public static let addressesReplaced = MessageRule("addressesReplaced")

    /// Whoever is sought by its peer ID is connected — else nothing is said (RFC 7425 §5.4.1).
    public static let targetConnected = MessageRule("targetConnected")
    /// The one who seeks gets a Redirect (RFC 7016 §3.5.1.4).
    public static let seekerRedirected = MessageRule("seekerRedirected")
    /// The one who is sought gets a Forwarded IHello (RFC 7016 §3.5.1.5).
    public static let targetForwarded = MessageRule("targetForwarded")
    /// The Redirect holds the address at which the target was observed (RFC 7016 §3.5.1.6).
    public static let observedAddressTold = MessageRule("observedAddressTold")
    /// The Redirect holds the addresses that the target has told (RFC 7425 §5.3.3).
    public static let advertisedAddressesTold = MessageRule("advertisedAddressesTold")

    /// The called method exists — else the client gets an error.
    public static let methodKnown = MessageRule("methodKnown")
    /// The participant is not the caller — else it is left out.
    public static let participantIsOther = MessageRule("participantIsOther")

    /// Nobody else publishes the name — else the client is refused (RFC 7425 §5.3.7).
    public static let nameFree = MessageRule("nameFree")
    /// A publisher that goes frees the name, and those who play it are told — else it stays taken.
    public static let nameFreed = MessageRule("nameFreed")
    /// What is published is relayed — else it is lost (RFC 7425 §5.3.7).
    public static let mediaRelayed = MessageRule("mediaRelayed")
}
