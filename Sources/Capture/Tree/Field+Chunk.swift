import RTMFP

extension Chunk {
    /// The payload's fields, in the order of RFC 7016 §2.3; `position` is that of a Next User Data.
    func fields(at position: DataPosition?) -> [Field] {
        switch self {
        case .packetFragment(let body):
            [
                Field("moreFragments", .flag(body.moreFragments)),
                Field("packetID", .number(body.packetID)),
                Field("fragmentNum", .number(body.fragmentNumber)),
                Field("packetFragment", .octets(body.packetFragment)),
            ]
        case .initiatorHello(let body):
            Field.discriminator(body.endpointDiscriminator) + [Field("tag", .octets(body.tag))]
        case .forwardedInitiatorHello(let body):
            Field.discriminator(body.endpointDiscriminator) + [
                Field("replyAddress", body.replyAddress.value), Field("tag", .octets(body.tag)),
            ]
        case .responderHello(let body):
            [Field("tagEcho", .octets(body.tagEcho)), Field("cookie", .octets(body.cookie))]
                + Field.certificate("responderCertificate", body.responderCertificate)
        case .responderRedirect(let body):
            [
                Field("tagEcho", .octets(body.tagEcho)),
                Field(
                    "redirectDestinations",
                    .list(body.redirectDestinations.map { Field("redirectDestination", $0.value) })
                ),
            ]
        case .responderHelloCookieChange(let body):
            [Field("oldCookie", .octets(body.oldCookie)), Field("newCookie", .octets(body.newCookie))]
        case .initiatorInitialKeying(let body):
            [
                Field("initiatorSessionID", .text(hexadecimal(body.initiatorSessionID))),
                Field("cookieEcho", .octets(body.cookieEcho)),
            ] + Field.certificate("initiatorCertificate", body.initiatorCertificate)
                + Field.keyingComponent("sessionKeyInitiatorComponent", body.sessionKeyInitiatorComponent)
                + [Field("signature", .octets(body.signature))]
        case .responderInitialKeying(let body):
            [Field("responderSessionID", .text(hexadecimal(body.responderSessionID)))]
                + Field.keyingComponent("sessionKeyResponderComponent", body.sessionKeyResponderComponent)
                + [Field("signature", .octets(body.signature))]
        case .ping(let body): [Field("message", .octets(body.message))]
        case .pingReply(let body): [Field("messageEcho", .octets(body.messageEcho))]
        case .userData(let body): body.fields
        case .nextUserData(let body): body.fields(at: position)
        case .bitmapAcknowledgement(let body): body.fields
        case .rangeAcknowledgement(let body): body.fields
        case .bufferProbe(let body): [Field("flowID", .number(body.flowID))]
        case .flowExceptionReport(let body):
            [Field("flowID", .number(body.flowID)), Field("exceptionCode", .number(body.exceptionCode))]
        case .sessionCloseRequest, .sessionCloseAcknowledgement: []
        case .padding(_, let payload), .unknown(_, let payload): [Field("payload", .octets(payload))]
        case .malformed(_, let payload, let error):
            [Field("malformed", .text("\(error)")), Field("payload", .octets(payload))]
        }
    }
}

extension Address {
    /// RFC 7016 §2.1.5.
    fileprivate var value: Field.Value {
        .parts([Field("address", .text("\(socket)")), Field("origin", .text("\(origin)"))])
    }
}

extension UserDataFlags {
    fileprivate var fields: [Field] {
        [
            Field("fragmentControl", .text("\(fragmentControl)")),
            Field("abandon", .flag(abandon)),
            Field("final", .flag(final)),
        ]
    }
}

extension UserData {
    fileprivate var fields: [Field] {
        flags.fields + [
            Field("flowID", .number(flowID)),
            Field("sequenceNumber", .number(sequenceNumber)),
            Field("fsnOffset", .number(fsnOffset)),
            Field("forwardSequenceNumber", .number(forwardSequenceNumber)),
        ] + Field.flowOptions(options) + [Field("userData", .octets(userData))]
    }
}

extension NextUserData {
    fileprivate func fields(at position: DataPosition?) -> [Field] {
        let implied =
            position.map {
                [
                    Field("flowID", .number($0.flowID)),
                    Field("sequenceNumber", .number($0.sequenceNumber)),
                    Field("forwardSequenceNumber", .number($0.forwardSequenceNumber)),
                ]
            } ?? [Field("malformed", .text("no User Data precedes it in the packet"))]
        return flags.fields + implied + Field.flowOptions(options) + [Field("userData", .octets(userData))]
    }
}

extension BitmapAcknowledgement {
    fileprivate var fields: [Field] {
        [
            Field("flowID", .number(flowID)),
            Field("bufferBlocksAvailable", .number(bufferBlocksAvailable)),
            Field("cumulativeAck", .number(cumulativeAcknowledgement)),
            Field("bitmap", .octets(bitmap)),
            Field.ranges(ranges),
        ]
    }
}

extension RangeAcknowledgement {
    fileprivate var fields: [Field] {
        [
            Field("flowID", .number(flowID)),
            Field("bufferBlocksAvailable", .number(bufferBlocksAvailable)),
            Field("cumulativeAck", .number(cumulativeAcknowledgement)),
            Field.ranges(ranges),
        ]
    }
}

extension Field {
    /// Runs of received sequence numbers.
    fileprivate static func ranges(_ ranges: [ClosedRange<UInt64>]) -> Field {
        Field(
            "ranges",
            .list(
                ranges.map { range in
                    let ends = [Field("from", .number(range.lowerBound)), Field("to", .number(range.upperBound))]
                    return Field("range", .parts(ends))
                }
            )
        )
    }
}
