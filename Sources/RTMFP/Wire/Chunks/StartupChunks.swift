/// IHello: asks whoever answers to an endpoint discriminator to open a session (RFC 7016 §2.3.2).
public struct IHello: ChunkBody {
    public static let type = ChunkType.initiatorHello
    /// Selects the responder; opaque here, see `EndpointDiscriminator`.
    public var endpointDiscriminator: [UInt8]
    /// Comes back in RHello or Redirect; at least 8 random octets are advised.
    public var tag: [UInt8]

    /// Makes an IHello.
    public init(endpointDiscriminator: [UInt8], tag: [UInt8]) {
        self.endpointDiscriminator = endpointDiscriminator
        self.tag = tag
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        endpointDiscriminator = try reader.lengthPrefixed("endpointDiscriminator")
        tag = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.lengthPrefixed(endpointDiscriminator)
        writer.raw(tag)
    }
}

/// FIHello: an IHello that a forwarder passes on, with the address to answer (RFC 7016 §2.3.3).
public struct FIHello: ChunkBody {
    public static let type = ChunkType.forwardedInitiatorHello
    /// As in the IHello.
    public var endpointDiscriminator: [UInt8]
    /// Where the IHello came from.
    public var replyAddress: Address
    /// As in the IHello.
    public var tag: [UInt8]

    /// Makes a Forwarded IHello.
    public init(endpointDiscriminator: [UInt8], replyAddress: Address, tag: [UInt8]) {
        self.endpointDiscriminator = endpointDiscriminator
        self.replyAddress = replyAddress
        self.tag = tag
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        endpointDiscriminator = try reader.lengthPrefixed("endpointDiscriminator")
        do {
            replyAddress = try Address(from: &reader)
        } catch {
            throw error.within("replyAddress")
        }
        tag = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.lengthPrefixed(endpointDiscriminator)
        replyAddress.encode(into: &writer)
        writer.raw(tag)
    }
}

/// RHello: the responder's answer to an IHello (RFC 7016 §2.3.4).
public struct RHello: ChunkBody {
    public static let type = ChunkType.responderHello
    /// The IHello's tag.
    public var tagEcho: [UInt8]
    /// To be sent back in IIKeying; opaque to the initiator.
    public var cookie: [UInt8]
    /// The responder's certificate; opaque here, see `Certificate`.
    public var responderCertificate: [UInt8]

    /// Makes an RHello.
    public init(tagEcho: [UInt8], cookie: [UInt8], responderCertificate: [UInt8]) {
        self.tagEcho = tagEcho
        self.cookie = cookie
        self.responderCertificate = responderCertificate
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        tagEcho = try reader.lengthPrefixed("tagEcho")
        cookie = try reader.lengthPrefixed("cookie")
        responderCertificate = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.lengthPrefixed(tagEcho)
        writer.lengthPrefixed(cookie)
        writer.raw(responderCertificate)
    }
}

/// Redirect: other addresses at which to ask (RFC 7016 §2.3.5).
public struct Redirect: ChunkBody {
    public static let type = ChunkType.responderRedirect
    /// The IHello's tag.
    public var tagEcho: [UInt8]
    /// Where to ask; none means the address that the Redirect came from.
    public var redirectDestinations: [Address]

    /// Makes a Redirect.
    public init(tagEcho: [UInt8], redirectDestinations: [Address]) {
        self.tagEcho = tagEcho
        self.redirectDestinations = redirectDestinations
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        tagEcho = try reader.lengthPrefixed("tagEcho")
        redirectDestinations = []
        while reader.remaining > 0 {
            do {
                redirectDestinations.append(try Address(from: &reader))
            } catch {
                throw error.within("redirectDestination")
            }
        }
    }

    public func encode(into writer: inout ByteWriter) {
        writer.lengthPrefixed(tagEcho)
        for destination in redirectDestinations {
            destination.encode(into: &writer)
        }
    }
}

/// RHello Cookie Change: a new cookie for an initiator whose address is not the cookie's (RFC 7016 §2.3.6).
public struct RHelloCookieChange: ChunkBody {
    public static let type = ChunkType.responderHelloCookieChange
    /// The cookie of the IIKeying that this answers.
    public var oldCookie: [UInt8]
    /// The cookie to use instead.
    public var newCookie: [UInt8]

    /// Makes a Cookie Change.
    public init(oldCookie: [UInt8], newCookie: [UInt8]) {
        self.oldCookie = oldCookie
        self.newCookie = newCookie
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        oldCookie = try reader.lengthPrefixed("oldCookie")
        newCookie = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.lengthPrefixed(oldCookie)
        writer.raw(newCookie)
    }
}

/// IIKeying: the initiator's half of the keying (RFC 7016 §2.3.7).
public struct IIKeying: ChunkBody {
    public static let type = ChunkType.initiatorInitialKeying
    /// The session ID that the responder shall send to; not 0.
    public var initiatorSessionID: UInt32
    /// The RHello's cookie.
    public var cookieEcho: [UInt8]
    /// The initiator's certificate; opaque here, see `Certificate`.
    public var initiatorCertificate: [UInt8]
    /// The initiator's keying component; opaque here, see `KeyingComponent`.
    public var sessionKeyInitiatorComponent: [UInt8]
    /// The initiator's signature over `signedParameters`.
    public var signature: [UInt8]

    /// Makes an IIKeying.
    public init(
        initiatorSessionID: UInt32,
        cookieEcho: [UInt8],
        initiatorCertificate: [UInt8],
        sessionKeyInitiatorComponent: [UInt8],
        signature: [UInt8]
    ) {
        self.initiatorSessionID = initiatorSessionID
        self.cookieEcho = cookieEcho
        self.initiatorCertificate = initiatorCertificate
        self.sessionKeyInitiatorComponent = sessionKeyInitiatorComponent
        self.signature = signature
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        initiatorSessionID = try reader.uint32("initiatorSessionID")
        cookieEcho = try reader.lengthPrefixed("cookieEcho")
        initiatorCertificate = try reader.lengthPrefixed("initiatorCertificate")
        sessionKeyInitiatorComponent = try reader.lengthPrefixed("sessionKeyInitiatorComponent")
        signature = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.uint32(initiatorSessionID)
        writer.lengthPrefixed(cookieEcho)
        writer.lengthPrefixed(initiatorCertificate)
        writer.lengthPrefixed(sessionKeyInitiatorComponent)
        writer.raw(signature)
    }
}

/// RIKeying: the responder's half of the keying (RFC 7016 §2.3.8).
public struct RIKeying: ChunkBody {
    public static let type = ChunkType.responderInitialKeying
    /// The session ID that the initiator shall send to; not 0.
    public var responderSessionID: UInt32
    /// The responder's keying component; opaque here, see `KeyingComponent`.
    public var sessionKeyResponderComponent: [UInt8]
    /// The responder's signature.
    public var signature: [UInt8]

    /// Makes an RIKeying.
    public init(responderSessionID: UInt32, sessionKeyResponderComponent: [UInt8], signature: [UInt8]) {
        self.responderSessionID = responderSessionID
        self.sessionKeyResponderComponent = sessionKeyResponderComponent
        self.signature = signature
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        responderSessionID = try reader.uint32("responderSessionID")
        sessionKeyResponderComponent = try reader.lengthPrefixed("sessionKeyResponderComponent")
        signature = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.uint32(responderSessionID)
        writer.lengthPrefixed(sessionKeyResponderComponent)
        writer.raw(signature)
    }
}
