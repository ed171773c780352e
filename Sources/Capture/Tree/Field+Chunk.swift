import RTMFP

extension Chunk {
    /// Writes the payload's fields, in the order of RFC 7016 §2.3; `position` is that of a Next User Data.
    func write(to sink: inout some FieldSink, at position: DataPosition?) {
        switch self {
        case .userData(let body): body.write(to: &sink)
        case .nextUserData(let body): body.write(to: &sink, at: position)
        case .rangeAcknowledgement(let body): body.write(to: &sink)
        case .bitmapAcknowledgement(let body): body.write(to: &sink)
        case .bufferProbe(let body): sink.number("flowID", body.flowID)
        case .flowExceptionReport(let body):
            sink.number("flowID", body.flowID)
            sink.number("exceptionCode", body.exceptionCode)
        case .ping(let body): sink.octets("message", body.message)
        case .pingReply(let body): sink.octets("messageEcho", body.messageEcho)
        case .packetFragment(let body):
            sink.flag("moreFragments", body.moreFragments)
            sink.number("packetID", body.packetID)
            sink.number("fragmentNum", body.fragmentNumber)
            sink.octets("packetFragment", body.packetFragment)
        case .sessionCloseRequest, .sessionCloseAcknowledgement: break
        case .padding(_, let payload), .unknown(_, let payload): sink.octets("payload", payload)
        case .malformed(_, let payload, let error):
            sink.text("malformed", "\(error)")
            sink.octets("payload", payload)
        default: writeStartup(to: &sink)
        }
    }

    /// Startup chunks, and what introduces peers.
    private func writeStartup(to sink: inout some FieldSink) {
        switch self {
        case .initiatorHello(let body):
            sink.discriminator(body.endpointDiscriminator)
            sink.octets("tag", body.tag)
        case .forwardedInitiatorHello(let body):
            sink.discriminator(body.endpointDiscriminator)
            sink.parts("replyAddress") { body.replyAddress.write(to: &$0) }
            sink.octets("tag", body.tag)
        case .responderHello(let body):
            sink.octets("tagEcho", body.tagEcho)
            sink.octets("cookie", body.cookie)
            sink.certificate("responderCertificate", body.responderCertificate)
        case .responderRedirect(let body):
            sink.octets("tagEcho", body.tagEcho)
            sink.list("redirectDestinations") { sink in
                for address in body.redirectDestinations {
                    sink.element("redirectDestination") { address.write(to: &$0) }
                }
            }
        case .responderHelloCookieChange(let body):
            sink.octets("oldCookie", body.oldCookie)
            sink.octets("newCookie", body.newCookie)
        case .initiatorInitialKeying(let body):
            sink.sessionID("initiatorSessionID", body.initiatorSessionID)
            sink.octets("cookieEcho", body.cookieEcho)
            sink.certificate("initiatorCertificate", body.initiatorCertificate)
            sink.keyingComponent("sessionKeyInitiatorComponent", body.sessionKeyInitiatorComponent)
            sink.octets("signature", body.signature)
        case .responderInitialKeying(let body):
            sink.sessionID("responderSessionID", body.responderSessionID)
            sink.keyingComponent("sessionKeyResponderComponent", body.sessionKeyResponderComponent)
            sink.octets("signature", body.signature)
        default: break
        }
    }
}

extension Address {
    /// RFC 7016 §2.1.5.
    fileprivate func write(to sink: inout some FieldSink) {
        sink.address("address", socket)
        sink.word("origin", "\(origin)")
    }
}

extension UserDataFlags {
    fileprivate func write(to sink: inout some FieldSink) {
        let control =
            switch fragmentControl {
            case .whole: "whole"
            case .begin: "begin"
            case .end: "end"
            case .middle: "middle"
            }
        sink.word("fragmentControl", control)
        sink.flag("abandon", abandon)
        sink.flag("final", final)
    }
}

extension UserData {
    fileprivate func write(to sink: inout some FieldSink) {
        flags.write(to: &sink)
        sink.number("flowID", flowID)
        sink.number("sequenceNumber", sequenceNumber)
        sink.number("fsnOffset", fsnOffset)
        sink.number("forwardSequenceNumber", forwardSequenceNumber)
        sink.flowOptions(options)
        sink.octets("userData", userData)
    }
}

extension NextUserData {
    fileprivate func write(to sink: inout some FieldSink, at position: DataPosition?) {
        flags.write(to: &sink)
        if let position {
            sink.number("flowID", position.flowID)
            sink.number("sequenceNumber", position.sequenceNumber)
            sink.number("forwardSequenceNumber", position.forwardSequenceNumber)
        } else {
            sink.text("malformed", "no User Data precedes it in the packet")
        }
        sink.flowOptions(options)
        sink.octets("userData", userData)
    }
}

extension BitmapAcknowledgement {
    fileprivate func write(to sink: inout some FieldSink) {
        sink.number("flowID", flowID)
        sink.number("bufferBlocksAvailable", bufferBlocksAvailable)
        sink.number("cumulativeAck", cumulativeAcknowledgement)
        sink.octets("bitmap", bitmap)
        sink.ranges(ranges)
    }
}

extension RangeAcknowledgement {
    fileprivate func write(to sink: inout some FieldSink) {
        sink.number("flowID", flowID)
        sink.number("bufferBlocksAvailable", bufferBlocksAvailable)
        sink.number("cumulativeAck", cumulativeAcknowledgement)
        sink.ranges(ranges)
    }
}

extension FieldSink {
    /// Runs of received sequence numbers.
    fileprivate mutating func ranges(_ ranges: [ClosedRange<UInt64>]) {
        list("ranges") { sink in
            for range in ranges {
                sink.element("range") { sink in
                    sink.number("from", range.lowerBound)
                    sink.number("to", range.upperBound)
                }
            }
        }
    }
}
