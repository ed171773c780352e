import RTMFP
import Testing

/// RFC 7425 §4.5, §4.6.1.
struct KeyingComponentTests {
    @Test("The components of the Flash Player and of old servers are read and written octet by octet")
    func knownComponents() throws {
        let keys = try #require(try KnownAnswers.load().keys.first)
        let initiator = try KeyingComponent(keys.initiatorComponent.octets)
        #expect(initiator.groupSelect == 2)
        #expect(initiator.extraRandomness?.count == 64)
        #expect(initiator.hmac == .willSendOnRequest && initiator.hmacLength == 10)
        #expect(initiator.sequenceNumbers == .willSendOnRequest)
        #expect(initiator.ephemeralKey == nil)
        #expect(initiator.encoded == keys.initiatorComponent.octets)

        let responder = try KeyingComponent(keys.responderComponent.octets)
        #expect(responder.ephemeralKey?.group == 2 && responder.ephemeralKey?.publicKey.count == 128)
        #expect(responder.hmac == [] && responder.hmacLength == 0 && responder.sequenceNumbers == [])
        #expect(responder.encoded == keys.responderComponent.octets)
    }

    @Test("Unknown options, Markers and the order mean nothing")
    func tolerance() throws {
        let octets: [UInt8] = [0, 2, 0x1e, 0xff, 3, 0x7e, 1, 2, 0, 3, 0x1a, 0xfc, 32, 2, 0x1d, 14]
        let component = try KeyingComponent(octets)
        #expect(component.groupSelect == 14)
        #expect(component.hmac.contains(.willSendAlways) && !component.hmac.contains(.request))
        #expect(component.hmacLength == 32)
        #expect(component.sequenceNumbers.isSuperset(of: [.willSendAlways, .willSendOnRequest, .request]))
    }

    /// Components, and whether they break a rule by themselves.
    static let components: [([UInt8], isImproper: Bool)] = [
        ([], false),
        ([3, 0x1a, 4, 0], true), ([3, 0x1a, 4, 3], true), ([3, 0x1a, 4, 4], false), ([3, 0x1a, 2, 32], false),
        ([3, 0x1a, 2, 33], true), ([4, 0x1a, 2, 0x81, 0], true), ([3, 0x1a, 1, 10], true), ([3, 0x1a, 1, 0], false),
        ([2, 0x1d, 2, 2, 0x1d, 14], true), ([3, 0x0d, 2, 9, 3, 0x0d, 2, 9], true),
        ([3, 0x0e, 1, 1, 3, 0x0e, 2, 2], false),
    ]

    @Test("A component that breaks a rule is refused, but can be read", arguments: components)
    func rules(_ octets: [UInt8], _ isImproper: Bool) throws {
        let component = try KeyingComponent(decoding: octets)
        #expect((component.objection != nil) == isImproper)
        if let objection = component.objection {
            #expect(throws: objection) { try KeyingComponent(octets) }
        } else {
            #expect(try KeyingComponent(octets) == component)
        }
    }

    @Test(
        "An option without its value is malformed",
        arguments: [[1, 0x1a], [2, 0x1a, 4], [1, 0x1e], [1, 0x1d], [1, 0x0d]]
    )
    func malformed(_ octets: [UInt8]) {
        let error = #expect(throws: WireError.self) { try KeyingComponent(decoding: octets) }
        #expect(error?.path.first == "keyingComponent")
    }

    static let staticKeys: [Option] = [
        .certificate(.staticPublicKey, [2, 7]), .certificate(.staticPublicKey, [14, 8]),
    ]
    static let ephemeral: [Option] = [.supportedEphemeralGroup(.modp1024), .supportedEphemeralGroup(.modp2048)]

    /// An initiator's certificate and component, and the key that they select.
    static let initiators: [([Option], KeyingComponent, DiffieHellmanPublicKey?)] = [
        (ephemeral, KeyingComponent(ephemeralKey: key(14, 9)), key(14, 9)),
        (ephemeral, KeyingComponent(ephemeralKey: key(5, 9)), nil),
        (ephemeral, KeyingComponent(groupSelect: 2), nil),
        (ephemeral, KeyingComponent(ephemeralKey: key(2, 9), groupSelect: 2), nil),
        (ephemeral, KeyingComponent(), nil),
        (staticKeys, KeyingComponent(groupSelect: 14, extraRandomness: [1]), key(14, 8)),
        (staticKeys, KeyingComponent(groupSelect: 2), key(2, 7)),
        (staticKeys, KeyingComponent(groupSelect: 5), nil),
        (staticKeys, KeyingComponent(ephemeralKey: key(2, 9)), nil),
        (staticKeys, KeyingComponent(ephemeralKey: key(2, 9), groupSelect: 2), nil),
        (staticKeys, KeyingComponent(extraRandomness: [1]), nil),
    ]

    @Test("An initiator sends an ephemeral key, or selects one of its static ones", arguments: initiators)
    func initiator(_ certificate: [Option], _ component: KeyingComponent, _ key: DiffieHellmanPublicKey?) throws {
        let certificate = try Certificate(options: certificate)
        if let key {
            #expect(try component.initiatorKey(certificate) == key)
        } else {
            #expect(throws: KeyingError.self) { try component.initiatorKey(certificate) }
        }
    }

    /// A responder's certificate and component, and its key in group 14.
    static let responders: [([Option], KeyingComponent, DiffieHellmanPublicKey?)] = [
        (ephemeral, KeyingComponent(ephemeralKey: key(14, 9)), key(14, 9)),
        (ephemeral, KeyingComponent(ephemeralKey: key(2, 9)), nil),
        (ephemeral, KeyingComponent(extraRandomness: [1]), nil),
        (staticKeys, KeyingComponent(extraRandomness: [1]), key(14, 8)),
        (staticKeys, KeyingComponent(), key(14, 8)),
        (staticKeys, KeyingComponent(ephemeralKey: key(14, 9)), nil),
        (Array(staticKeys.prefix(1)), KeyingComponent(extraRandomness: [1]), nil),
    ]

    @Test("A responder sends an ephemeral key in the selected group, or uses its static one", arguments: responders)
    func responder(_ certificate: [Option], _ component: KeyingComponent, _ key: DiffieHellmanPublicKey?) throws {
        let certificate = try Certificate(options: certificate)
        if let key {
            #expect(try component.responderKey(certificate, group: 14) == key)
        } else {
            #expect(throws: KeyingError.self) { try component.responderKey(certificate, group: 14) }
        }
    }

    private static func key(_ group: UInt64, _ octet: UInt8) -> DiffieHellmanPublicKey {
        DiffieHellmanPublicKey(group: group, publicKey: [octet])
    }
}
