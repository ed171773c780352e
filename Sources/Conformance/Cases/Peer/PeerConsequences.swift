/// Saboteurs of peers that get at more than what they are about: a peer whose pieces are damaged, say, fails wherever
/// pieces are looked at.
enum PeerConsequences {
    /// The saboteurs that turn a case red, besides those that it declares itself.
    static func of(_ name: String) -> [String] {
        table.filter { $0.value.contains(name) }.map(\.key).sorted()
    }

    /// By saboteur, the cases about something else that turn red too.
    private static let table: [String: Set<String>] = [
        "answers-unconfirmed": [
            "confirm/of-an-answer-to-nothing"
        ],
        "candidate-not-pinged": [
            "cdn/returns", "repair/resumes", "repair/same-slice",
        ],
        "chunk-size-missing": [
            "push/empty-piece"
        ],
        "chunk-size-of-the-piece": [
            "push/empty-piece"
        ],
        "confirm-of-another-number": [
            "confirm/of-a-push", "form/four-mebibytes",
        ],
        "data-missing": [
            "envelope/byte-arrays", "push/empty-piece", "push/resume", "push/slice-all", "push/slice-head",
            "push/slice-middle", "push/slice-rest", "relay/another-division",
        ],
        "data-null": [
            "envelope/byte-arrays", "push/empty-piece", "push/resume", "push/slice-all", "push/slice-head",
            "push/slice-middle", "push/slice-rest", "relay/another-division",
        ],
        "dies-of-farewells": [
            "repair/failure-leads-to-the-cdn", "repair/gives-up", "repair/goes-on-from-peers",
            "repair/http-fails-as-well", "repair/queries-in-measure", "repair/repaired-is-unstable",
            "repair/rounds", "repair/same-slice", "repair/silent-takeover", "stall/lost-peer",
        ],
        "dies-of-push-errors": [
            "abuse/push-piece-error-uri-missing", "abuse/push-piece-error-uri-number",
            "confirm/not-without-care", "playlist/over-http-after-an-error",
        ],
        "dies-of-repetition": [
            "push/repeated-takeover", "session/welcome-after-close", "window/old-timers-are-over",
        ],
        "dies-of-senseless-messages": [
            "abuse/deep-object", "abuse/many-members",
        ],
        "failed-peer-tried-again": [
            "repair/failure-leads-to-the-cdn", "repair/gives-up",
        ],
        "fingerprint-and-more": [
            "tracker/ignores-empty-string", "tracker/ignores-long", "tracker/ignores-not-hexadecimal",
            "tracker/ignores-null", "tracker/ignores-numbers", "tracker/ignores-objects",
            "tracker/ignores-short",
        ],
        "first-piece-skipped": [
            "push/waits-for-the-segment"
        ],
        "get-piece-unanswered": [
            "request/piece-doubles", "request/piece-negative-integer",
        ],
        "has-chunk-average-missing": [
            "request/has-chunk-average"
        ],
        "has-chunk-unanswered": [
            "form/undefined-echo", "request/answer-names-the-request",
        ],
        "has-everything": [
            "form/undefined-echo"
        ],
        "id-missing": [
            "cdn/returns", "envelope/ids-without-gaps", "repair/resumes", "repair/rounds", "repair/same-slice",
            "stall/speed-test",
        ],
        "ids-must-grow": [
            "form/confirm-with-a-type", "form/ignores-internal-subtype", "form/ignores-unknown-operation",
            "form/response-with-the-type-of-a-request", "form/same-request-again",
            "window/old-timers-are-over",
        ],
        "ids-repeat": [
            "envelope/ids-without-gaps"
        ],
        "never-joins": [
            "cdn/returns"
        ],
        "never-pushes": [
            "push/empty-piece"
        ],
        "no-catching-up": [
            "push/takes-over"
        ],
        "no-repair": [
            "cdn/returns"
        ],
        "no-segment-after-first": [
            "abuse/upstream-lies-about-the-size", "repair/failure-leads-to-the-cdn",
            "stall/announced-by-an-error", "stall/http-in-the-end", "stall/lost-peer", "stall/mute-peer-fails",
            "stall/slow-peer-fails", "swarm/division-needs-a-basis", "swarm/piece-refused",
            "swarm/piece-withheld", "swarm/too-few",
        ],
        "nothing-confirmed": [
            "form/four-mebibytes"
        ],
        "patient-for-too-long": [
            "abuse/upstream-lies-about-the-size", "stall/http-in-the-end",
        ],
        "piece-altered": [
            "relay/http-segment-untouched", "relay/second-piece-ignored", "request/piece-doubles",
            "request/piece-negative-integer",
        ],
        "piece-before-the-answer": [
            "push/waits-for-the-segment"
        ],
        "piece-beyond-count": [
            "swarm/division-four", "swarm/division-one", "swarm/division-three", "swarm/division-two",
            "swarm/division-two-odd",
        ],
        "piece-refused": [
            "relay/http-segment-untouched", "request/piece-doubles", "request/piece-negative-integer",
        ],
        "pieces-as-strings": [
            "push/empty-piece", "push/resume", "push/slice-all", "push/slice-head", "push/slice-middle",
            "push/slice-rest", "relay/another-division", "relay/http-segment-untouched",
            "request/piece-after-the-end", "request/piece-after-the-end-to-the-end",
            "request/piece-at-the-end", "request/piece-beyond", "request/piece-doubles", "request/piece-head",
            "request/piece-middle", "request/piece-negative-integer", "request/piece-nothing",
            "request/piece-tail", "request/piece-whole",
        ],
        "pieces-repeated": [
            "envelope/ids-without-gaps", "push/catches-up", "push/repeated-takeover",
        ],
        "ping-id-lost": [
            "form/amf0-object", "form/amf0-object-with-amf3-members", "form/class-name", "form/doubles",
            "form/members-by-name", "form/members-in-reverse", "form/more-arguments", "form/repeated-member",
            "form/string-references", "form/timestamp", "form/type-15", "form/type-18",
            "form/undefined-member", "form/unknown-members",
        ],
        "ping-unanswered": [
            "form/type-15", "push/pause", "push/resume-in-the-future", "push/resume-skips",
            "request/piece-id-beyond-count", "request/piece-id-is-count", "request/piece-unknown-segment",
            "session/answers-early-requests", "session/streams-stay-open",
            "session/words-on-the-private-stream-only",
        ],
        "ping-waits": [
            "abuse/thousand-requests", "window/old-timers-are-over", "window/one-response-at-a-time",
        ],
        "play-as-type-20-refused": [
            "session/failed-peer-may-come", "session/play-with-more-arguments", "session/return-flow-belongs",
            "session/start-is-told-once", "session/stream-id-1", "session/stream-id-16777215",
            "session/stream-id-2000001", "tracker/public-stream-comes-first",
        ],
        "play-start-missing": [
            "session/failed-peer-may-come", "tracker/public-stream-comes-first",
        ],
        "playlist-from-the-cache-always": [
            "repair/failure-leads-to-the-cdn"
        ],
        "plays-twice": [
            "session/close-is-minded", "session/ends-with-the-private-stream",
            "session/ends-with-the-private-subscription", "session/ends-with-the-public-stream",
            "session/ends-with-the-public-subscription", "tracker/ignores-duplicates",
        ],
        "private-stream-late": [
            "session/answers-early-requests", "session/play-as-type-17", "session/play-as-type-20",
            "session/play-with-more-arguments", "session/refusal-is-told", "session/start-is-told-once",
            "session/stream-id-1", "session/stream-id-16777215", "session/stream-id-2000001",
        ],
        "private-stream-not-played": [
            "swarm/search"
        ],
        "public-subscription-dropped": [
            "session/ends-with-the-public-stream", "tracker/ignores-duplicates",
        ],
        "publishes-late": [
            "session/return-flow-belongs", "session/start-is-told-once",
        ],
        "pulls-the-first-piece-only": [
            "playlist/unusable", "stall/others-are-paused", "stall/pings", "stall/speed-test",
            "swarm/division-of-the-greatest-basis", "swarm/fed-without-http", "swarm/push-after-pull",
        ],
        "pushed-octets-altered": [
            "push/resume"
        ],
        "pushed-offset-altered": [
            "push/resume", "push/takes-over",
        ],
        "pushed-pieces-ignored": [
            "playlist/over-http-after-an-error", "playlist/over-http-without-peers", "playlist/unusable",
            "relay/another-division", "stall/announced-by-an-error", "stall/http-in-the-end",
        ],
        "pushed-slice-differs": [
            "playlist/over-http-after-an-error", "playlist/over-http-without-peers", "playlist/unusable",
            "relay/another-division", "repair/goes-on-from-peers", "repair/same-slice",
            "stall/announced-by-an-error", "stall/http-in-the-end", "swarm/fed-without-http",
        ],
        "pushes-answer-something": [
            "push/catches-up", "push/empty-piece", "push/others-go-on", "push/slice-all", "push/slice-head",
            "push/slice-middle", "push/slice-rest", "push/takes-over", "push/waits-for-the-segment",
            "relay/another-division",
        ],
        "pushes-at-once": [
            "push/resume-in-the-future"
        ],
        "pushes-before-the-confirm": [
            "push/confirm-names-the-operation"
        ],
        "pushes-the-named-one": [
            "push/resume-in-the-future", "push/resume-skips", "push/waits-for-the-segment",
        ],
        "pushes-to-everybody": [
            "push/confirm-names-the-operation", "push/pause", "push/resume-in-the-future",
            "push/waits-for-the-segment",
        ],
        "refusal-takes-the-stream": [
            "session/welcome-after-close", "window/old-timers-are-over",
        ],
        "repeated-member-lost": [
            "form/unknown-members"
        ],
        "requests-look-like-responses": [
            "cdn/returns"
        ],
        "responses-do-not-wait": [
            "push/last-used-time", "window/stray-confirm-ignored",
        ],
        "return-flow-not-associated": [
            "session/failed-peer-may-come", "session/start-is-told-once", "tracker/public-stream-comes-first",
        ],
        "returns-at-once": [
            "push/stability", "request/has-chunk-after-sixty", "session/idle-is-closed",
        ],
        "says-internal-subtype": [
            "envelope/ids-are-used-once"
        ],
        "short-piece-padded": [
            "request/piece-negative-integer"
        ],
        "speed-test-time-a-number": [
            "form/date-by-reference"
        ],
        "speed-test-unanswered": [
            "form/date-by-reference"
        ],
        "stalls-at-last": [
            "abuse/upstream-lies-about-the-size"
        ],
        "stalls-for-ever": [
            "repair/failure-leads-to-the-cdn"
        ],
        "stops-during-the-return": [
            "push/empty-piece", "push/others-go-on", "push/resume-in-the-future", "push/resume-skips",
            "push/skipped-segment", "push/slice-all", "push/slice-head", "push/slice-middle",
            "push/slice-rest", "push/waits-for-the-segment",
        ],
        "stream-id-2000001-refused": [
            "session/failed-peer-may-come", "session/return-flow-belongs", "session/start-is-told-once",
            "tracker/public-stream-comes-first",
        ],
        "string-references-lost": [
            "form/unknown-members"
        ],
        "subscription-refused": [
            "session/failed-peer-may-come", "session/return-flow-belongs", "session/start-is-told-once",
            "tracker/public-stream-comes-first",
        ],
        "subtype-missing": [
            "cdn/returns", "envelope/known-operations", "repair/resumes", "repair/rounds", "repair/same-slice",
            "stall/pings", "stall/speed-test",
        ],
        "successor-gets-another-slice": [
            "repair/goes-on-from-peers"
        ],
        "takeover-unanswered": [
            "push/takes-over", "push/waits-for-the-segment",
        ],
        "type-15-lost": [
            "cdn/returns", "confirm/of-answers", "push/takeover-echo", "push/takes-over",
            "push/waits-for-the-segment", "request/answer-names-the-request", "request/has-chunk",
            "request/has-chunk-id-null", "request/has-chunk-without-uri", "request/piece-after-the-end",
            "request/piece-after-the-end-to-the-end", "request/piece-at-the-end", "request/piece-beyond",
            "request/piece-doubles", "request/piece-head", "request/piece-id-beyond-count",
            "request/piece-id-is-count", "request/piece-middle", "request/piece-negative-integer",
            "request/piece-nothing", "request/piece-tail", "request/piece-unknown-segment",
            "request/piece-while-loading", "request/piece-whole", "request/speed-test",
            "request/stop-push-empty-id", "request/stop-push-of-nothing", "session/answers-early-requests",
            "session/streams-stay-open", "session/words-on-the-private-stream-only",
            "swarm/division-needs-a-basis", "swarm/too-few",
        ],
        "unwanted-piece-unconfirmed": [
            "form/four-mebibytes", "relay/another-division", "repair/goes-on-from-peers",
            "stall/slow-peer-fails", "swarm/fed-without-http",
        ],
        "uses-one-more": [
            "swarm/division-four", "swarm/division-three",
        ],
        "waits-for-a-takeover-for-ever": [
            "cdn/failed-return-stops"
        ],
        "waits-for-enough-peers": [
            "swarm/division-needs-a-basis", "tracker/answer-cut", "tracker/answer-empty",
            "tracker/answer-html", "tracker/answer-null", "tracker/answer-number", "tracker/answer-object",
            "tracker/answer-status-404", "tracker/answer-status-500",
        ],
        "window-sticks": [
            "envelope/ids-without-gaps", "push/catches-up", "push/empty-piece", "push/others-go-on",
            "push/slice-all", "push/slice-head", "push/slice-middle", "push/slice-rest", "push/takes-over",
            "push/waits-for-the-segment", "relay/another-division",
        ],
        "words-on-the-public-stream": [
            "cdn/returns", "confirm/of-answers", "envelope/ids-without-gaps", "push/catches-up",
            "push/empty-piece", "push/others-go-on", "push/slice-all", "push/slice-head", "push/slice-middle",
            "push/slice-rest", "push/takes-over", "push/waits-for-the-segment", "swarm/division-needs-a-basis",
            "swarm/too-few",
        ],
    ]
}
