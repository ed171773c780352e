import RTMFP

/// RFC 7016 §2.3.7, §3.5.1.1.1: the initiator's IIKeying and its schedule.
enum ClientInitiatorKeyingCases {
    static let all: [Case] = [
        .client(
            "startup/iikeying-in-startup-packet",
            "IIKeying comes in a startup packet to session ID 0, under the Default Session Key.",
            ["RFC7016-2.3.7-02"],
            saboteurs: ["iikeying-in-mode-1", "iikeying-to-session-id-1"],
            .reception { reception in
                let heard = try given { try reception.greet().heard }
                let isRight =
                    heard.sessionID == 0 && heard.packet?.header.mode == .startup && heard.protection == .defaultKey
                try require(isRight, expected: "a startup packet to session ID 0", actual: heard.summary)
            }
        ),
        .client(
            "startup/session-id-not-0",
            "The session ID by which the client wants to receive is not 0.",
            ["RFC7016-3.5.1.1.1-12", "RFC7016-3.3-02"],
            saboteurs: ["initiator-session-id-0"],
            .reception { reception in
                let keying = try given { try reception.greet().chunk }
                try require(
                    keying.initiatorSessionID != 0,
                    expected: "a session ID other than 0",
                    actual: hexadecimal(keying.initiatorSessionID)
                )
            }
        ),
        .client(
            "startup/iikeying-repeated",
            "An IIKeying that is not answered is sent again, the same in every field.",
            ["RFC7016-3.5.1.1.1-14"],
            saboteurs: ["iikeying-sent-once", "iikeying-repeated-with-other-certificate"],
            .reception { reception in
                let first = try given { try reception.greet() }
                let mark = reception.door.heard.count
                let again = try reception.door.expect("an IIKeying again", within: .seconds(6), from: mark) { heard in
                    heard.first(\.asIIKeying)
                }
                try requireEqual(again.payload, first.chunk.payload, "IIKeying")
            }
        ),
        .client(
            "startup/iikeying-backoff",
            "From one IIKeying to the next it takes 1.5 seconds longer than before, at least.",
            ["RFC7016-3.5.1.1.1-13"],
            level: .should,
            saboteurs: ["iikeying-sent-once", "iikeying-every-second", "iikeying-backoff-too-gentle"],
            .reception { reception in
                try given { _ = try reception.greet() }
                let times = try reception.times(of: "IIKeying", at: reception.door) { $0.first(\.asIIKeying) != nil }
                try requireBackoff(times, of: "IIKeying")
            }
        ),
    ]
}
