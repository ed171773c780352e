import RTMFP

extension RecordedSaboteur {
    static let introduction: [RecordedSaboteur] = [
        RecordedSaboteur("reserved-address-bits-set") { script in
            script.replace(.server) { chunk in
                guard case .forwardedInitiatorHello = chunk else { return nil }
                // A length of one octet and the discriminator stand before the address.
                return [chunk.withPayload { $0[Int($0[0]) + 1] |= 0x40 }]
            }
        },
        RecordedSaboteur("address-octets-reversed") { script in
            script.changeForwarded { hello in
                let socket = hello.replyAddress.socket
                hello.replyAddress.socket =
                    SocketAddress(octets: socket.octets.reversed(), port: socket.port) ?? socket
            }
        },
        RecordedSaboteur("address-torn") { script in
            script.replace(.server) { $0.isRedirect ? [$0.withPayload { $0.removeLast() }] : nil }
        },
        RecordedSaboteur("observed-address-marked-local") { script in
            script.changeForwarded { $0.replyAddress.origin = .reported }
        },
        RecordedSaboteur("redirector-initiates") { script in
            let discriminator = EndpointDiscriminator(requiredHostname: Array("viewer".utf8)).encoded
            script.sendAgain(.server, where: \.isRedirect, after: .milliseconds(5)) { packet in
                packet.chunks = [
                    .initiatorHello(IHello(endpointDiscriminator: discriminator, tag: octets(0x1f, 16)))
                ]
            }
        },
    ]

    static let identities: [RecordedSaboteur] = [
        RecordedSaboteur("certificate-of-other-types") { script in
            script.changeCertificates(.peer) { $0 = [.value(type: 0x40, octets(1, 32))] }
        },
        RecordedSaboteur("certificate-group-list") { script in
            script.changeCertificates(.peer) { $0[0] = .certificate(.supportedEphemeralGroup, [2, 5, 14]) }
        },
        RecordedSaboteur("certificate-with-two-hostnames") { script in
            script.changeCertificates(.peer) { options in
                options += ["one", "two"].map { .certificate(.hostname, Array($0.utf8)) }
            }
        },
        RecordedSaboteur("certificate-static-and-ephemeral") { script in
            script.changeCertificates(.viewer) { $0.append(.supportedEphemeralGroup(.modp1024)) }
        },
        RecordedSaboteur("certificate-with-two-keys-of-a-group") { script in
            script.changeCertificates(.viewer) { $0.append(.certificate(.staticPublicKey, [2] + octets(0x4c, 128))) }
        },
        RecordedSaboteur("signature-of-rubbish") { script in
            script.changeIIKeying(.viewer) { $0.signature = [0x7f, 1, 2, 3] }
        },
        RecordedSaboteur("discriminator-with-two-hostnames") { script in
            script.changeDiscriminator(.peer) { $0 += Array(EndpointDiscriminator(requiredHostname: [0x61]).encoded) }
        },
        RecordedSaboteur("discriminator-with-two-uris") { script in
            script.changeDiscriminator(.peer) { $0 += EndpointDiscriminator(uri: "rtmfp://b/").encoded }
        },
        RecordedSaboteur("discriminator-with-two-fingerprints") { script in
            script.changeCanonical { $0 += $0 }
        },
        RecordedSaboteur("canonical-discriminator-in-long-form") { script in
            script.changeCanonical { $0.replaceSubrange(0..<1, with: [0x80, 0x21]) }
        },
        RecordedSaboteur("canonical-discriminator-short") { script in
            script.changeCanonical { $0 = EndpointDiscriminator(fingerprint: octets(7, 20)).encoded }
        },
    ]

    static let components: [RecordedSaboteur] = [
        RecordedSaboteur("component-of-other-types") { script in
            script.changeRIKeying(.server) { $0.removeAll { $0.type == 0x0d } }
        },
        RecordedSaboteur("ephemeral-key-beside-static") { script in
            script.changeIIKeying(.viewer) { keying in
                keying.sessionKeyInitiatorComponent = ReferenceScript.Part.ephemeralComponent.encoded
            }
        },
        RecordedSaboteur("two-ephemeral-keys") { script in
            script.changeRIKeying(.server) {
                $0.append(.component(.ephemeralPublicKey, ReferenceScript.Part.key(14, 256)))
            }
        },
        RecordedSaboteur("group-select-beside-key") { script in
            script.changeIIKeying(.peer) { keying in
                keying.sessionKeyInitiatorComponent += [Option.component(.groupSelect, [2])].encoded
            }
        },
        RecordedSaboteur("two-group-selects") { script in
            script.changeIIKeying(.viewer) { keying in
                keying.sessionKeyInitiatorComponent += [Option.component(.groupSelect, [14])].encoded
            }
        },
        RecordedSaboteur("hmac-length-33") { script in
            script.changeNegotiation { $0 = [0x07, 33] }
        },
        RecordedSaboteur("hmac-length-0-but-sent") { script in
            script.changeNegotiation { $0 = [0x07, 0] }
        },
        RecordedSaboteur("reserved-negotiation-flags-set") { script in
            script.changeNegotiation { $0 = [0x0f, 16] }
        },
    ]
}

extension Script {
    fileprivate mutating func changeForwarded(_ change: (inout FIHello) -> Void) {
        replace(.server) { chunk in
            guard case .forwardedInitiatorHello(var hello) = chunk else { return nil }
            change(&hello)
            return [.forwardedInitiatorHello(hello)]
        }
    }

    /// Changes a party's certificate wherever it shows it.
    fileprivate mutating func changeCertificates(_ party: Party, _ change: (inout [Option]) -> Void) {
        func changed(_ encoded: [UInt8]) -> [UInt8] {
            var options = (try? [Option](sequence: encoded)) ?? []
            change(&options)
            return options.encoded
        }
        replaceAll(party) { chunk in
            switch chunk {
            case .responderHello(var hello):
                hello.responderCertificate = changed(hello.responderCertificate)
                return [.responderHello(hello)]
            case .initiatorInitialKeying(var keying):
                keying.initiatorCertificate = changed(keying.initiatorCertificate)
                return [.initiatorInitialKeying(keying)]
            default: return nil
            }
        }
    }

    fileprivate mutating func changeIIKeying(_ party: Party, _ change: (inout IIKeying) -> Void) {
        replace(party) { chunk in
            guard case .initiatorInitialKeying(var keying) = chunk else { return nil }
            change(&keying)
            return [.initiatorInitialKeying(keying)]
        }
    }

    /// Changes the options of a responder's keying component.
    fileprivate mutating func changeRIKeying(_ party: Party, _ change: (inout [Option]) -> Void) {
        replace(party) { chunk in
            guard case .responderInitialKeying(var keying) = chunk else { return nil }
            var options = (try? [Option](sequence: keying.sessionKeyResponderComponent)) ?? []
            change(&options)
            keying.sessionKeyResponderComponent = options.encoded
            return [.responderInitialKeying(keying)]
        }
    }

    /// Changes what the server says about HMACs.
    fileprivate mutating func changeNegotiation(_ change: (inout [UInt8]) -> Void) {
        changeRIKeying(.server) { options in
            options = options.map { option in
                guard option.type == KeyingComponent.OptionType.hmacNegotiation.rawValue else { return option }
                var value = option.value
                change(&value)
                return .component(.hmacNegotiation, value)
            }
        }
    }

    fileprivate mutating func changeDiscriminator(_ party: Party, _ change: (inout [UInt8]) -> Void) {
        replace(party) { chunk in
            guard case .initiatorHello(var hello) = chunk else { return nil }
            change(&hello.endpointDiscriminator)
            return [.initiatorHello(hello)]
        }
    }

    /// Changes the discriminator by which the viewer asks the server for the peer.
    fileprivate mutating func changeCanonical(_ change: (inout [UInt8]) -> Void) {
        replace(.viewer) { chunk in
            guard case .initiatorHello(var hello) = chunk, hello.endpointDiscriminator.count == 34 else { return nil }
            change(&hello.endpointDiscriminator)
            return [.initiatorHello(hello)]
        }
    }
}
