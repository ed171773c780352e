extension Requirements {
    /// The HTTP tracker.
    static let hlsp2pTracker = """
        § tracker-protocol | 3
        TRK-001 | MUST | tracker | tracker | active-tracker | -
        = Answers GET /get_peers with status 200 and a JSON array of strings for valid parameters.
        ! other status, object, or non-string entries

        § tracker-protocol | 2
        TRK-002 | MUST | tracker | tracker | active-tracker | -
        = Labels JSON answers application/json (with or without charset).
        ! other content type

        TRK-003 | MUST | tracker | tracker | active-tracker | -
        = Sends Access-Control-Allow-Origin: * on routed answers.
        ! header missing or other value

        TRK-004 | MUST | tracker | tracker | active-tracker | -
        = Accepts query parameters in any order and ignores unknown ones.
        ! size before resourceID fails

        § tracker-protocol | 3
        TRK-005 | MUST | tracker | tracker | active-tracker | -
        = Returns only IDs registered under the given resource.
        ! ID of another resource or invented ID

        § tracker-protocol | 3.1
        TRK-006 | MUST | tracker | tracker | active-tracker | -
        = Returns all registered IDs when there are fewer than size.
        ! subset or empty answer

        TRK-007 | MUST | tracker | tracker | active-tracker | -
        = Returns exactly size IDs when at least size are registered and the list is static.
        ! fewer or more

        TRK-008 | MUST | tracker | tracker | active-tracker | -
        = Returns no more than size IDs.
        ! longer answer

        TRK-009 | SHOULD | tracker | tracker | active-tracker | -
        = Returns no duplicates.
        ! same ID twice on a static list

        TRK-010 | SHOULD | tracker | tracker | active-tracker | -
        = Spreads answers over the population.
        ! 1000 queries of size 1 over 10 peers hit fewer than 5 of them

        § tracker-protocol | 3.1 | Q-068
        TRK-011 | MAY | tracker | tracker | active-tracker | -
        = Never returns the newest entry for size 1 with two or more entries.
        ! none (original's signature, usable for fingerprinting)

        § tracker-protocol | 3.1
        TRK-012 | SHOULD | tracker | tracker | active-tracker | -
        = With size equal to the number of registered IDs returns each exactly once.
        ! duplicate or missing ID

        TRK-013 | MUST | tracker | tracker | active-tracker | -
        = With one registered ID and size 1 returns that ID.
        ! empty answer (off by one at the window start)

        § tracker-protocol | 3.2
        TRK-014 | MUST | tracker | tracker | active-tracker | -
        = Returns an empty array for an unknown resource.
        ! 404, null or error

        TRK-015 | MUST | tracker | tracker | active-tracker | -
        = Returns an empty array for size 0.
        ! non-empty answer

        § tracker-protocol | 3.2 | Q-061
        TRK-016 | MUST | tracker | tracker | active-tracker | -
        = Never returns null entries.
        ! [null] for missing or non-numeric size

        § tracker-protocol | 3.2
        TRK-017 | SHOULD | tracker | tracker | active-tracker | -
        = Answers a missing, empty or non-numeric size with 400 or an empty array.
        ! [null], 500 or no answer

        TRK-018 | SHOULD | tracker | tracker | active-tracker | -
        = Answers a negative size with 400 or an empty array.
        ! IDs returned

        TRK-019 | SHOULD | tracker | tracker | active-tracker | -
        = Answers a missing resourceID with 400 or an empty array.
        ! 500 or no answer

        § tracker-protocol | 3
        TRK-020 | MAY | tracker | tracker | active-tracker | -
        = Parses a leading integer of size (3x as 3, 2.9 as 2).
        ! none

        § tracker-protocol | 3.2 | Q-073
        TRK-021 | SHOULD | tracker | tracker | active-tracker | -
        = Does not expose other registry keys through resourceID.
        ! resourceID=cumulus_app gives anything but an empty array or 400

        § tracker-protocol | 3.2
        TRK-022 | SHOULD | tracker | tracker | active-tracker | -
        = Copes with resourceID given twice.
        ! 500, [null] or no answer

        § tracker-protocol | 3
        TRK-023 | MUST | tracker | tracker | active-tracker | -
        = Treats resourceID as an exact, case-sensitive string after percent-decoding.
        ! App and app share a list, or an encoded name is not found

        § tracker-protocol | 3.1 | Q-069
        TRK-024 | SHOULD | tracker | tracker | active-tracker | -
        = Computes an answer from a consistent view of the list.
        ! duplicates or more than size IDs under concurrent registration

        § tracker-protocol | 2
        TRK-025 | SHOULD | tracker | tracker | active-tracker | -
        = Forbids caching of /get_peers and /get_total_count.
        ! no Cache-Control and repeated identical answers through a cache

        TRK-026 | MAY | tracker | tracker | active-tracker | -
        = Answers a matching If-None-Match with 304.
        ! none

        § tracker-protocol | 4
        TRK-027 | MUST | tracker | tracker | active-tracker | -
        = Answers GET /get_total_count with the bare JSON number of registered peers.
        ! array, object, string or wrong count

        TRK-028 | MUST | tracker | tracker | active-tracker | -
        = Answers 0 for an unknown resource.
        ! error, null or empty body

        TRK-029 | SHOULD | tracker | tracker | active-tracker | -
        = Always answers valid JSON on /get_total_count.
        ! empty body with application/json

        § tracker-protocol | 5
        TRK-030 | MUST | tracker | tracker | active-tracker | -
        = Accepts POST /peer_disconnect with form fields peer_id and app and answers 200.
        ! other status

        TRK-031 | MUST | tracker | tracker | active-tracker | -
        = Removes one registration of peer_id from app on /peer_disconnect.
        ! ID is still returned by /get_peers after a second

        TRK-032 | MUST | tracker | tracker | active-tracker | -
        = Leaves other IDs and other resources untouched on /peer_disconnect.
        ! another ID disappears

        TRK-033 | MUST | tracker | tracker | active-tracker | -
        = Answers 200 for an unknown peer_id or app.
        ! 404 or 500

        § tracker-protocol | 5 | Q-063
        TRK-034 | MUST | tracker | tracker | active-tracker | -
        = Stays up when /peer_disconnect names a key that is not a peer list, or lacks fields.
        ! connection refused afterwards

        § tracker-protocol | 5
        TRK-035 | MUST | tracker | tracker | active-tracker | -
        = Is idempotent: a repeated /peer_disconnect changes nothing more.
        ! count drops again

        § tracker-protocol | 5 | Q-062
        TRK-036 | SHOULD | tracker | tracker | active-tracker | -
        = Limits /peer_disconnect to plausible callers.
        ! any host can remove any ID

        § tracker-protocol | 5
        TRK-037 | SHOULD | tracker | tracker | active-tracker | -
        = Answers /peer_disconnect with an empty body.
        ! body present

        § tracker-protocol | 6
        TRK-038 | MUST | tracker | tracker | active-tracker | -
        = Accepts POST /remote_log with form field log and answers 200 with an empty body.
        ! other status or body

        TRK-039 | SHOULD | tracker | tracker | active-tracker | -
        = Accepts /remote_log without the field.
        ! 500

        § tracker-protocol | 2
        TRK-040 | SHOULD | tracker | tracker | active-tracker | -
        = Rejects request bodies above 100 kB without failing.
        ! crash or unbounded memory

        § tracker-protocol | 6
        TRK-041 | SHOULD | tracker | tracker | active-tracker | -
        = Neutralises control characters when writing client-supplied log text.
        ! forged log lines

        § tracker-protocol | 7
        TRK-042 | MAY | tracker | tracker | active-tracker | -
        = Serves /crossdomain.xml allowing all domains, without requiring security.
        ! 404 (Flash clients then cannot read answers)

        § tracker-protocol | 7 | Q-064
        TRK-043 | MUST | tracker | tracker | active-tracker | -
        = Does not serve its own program files.
        ! GET /index.js or /package.json answers 200

        § tracker-protocol | 2
        TRK-044 | SHOULD | tracker | tracker | active-tracker | -
        = Accepts HEAD where GET is defined and answers 404 to undefined method and path pairs.
        ! 405/500 or a hanging request

        § tracker-protocol | 1
        TRK-045 | MUST | tracker | tracker | active-tracker | -
        = Uses key = resource name (list, newest first, 64 lowercase hex) and set cumulus_app when it shares Redis
          with original components.
        ! IDs pushed by hand into the list are not returned

        § tracker-protocol | 9
        TRK-046 | SHOULD | tracker | tracker | active-tracker | -
        = Expires registrations of dead sessions.
        ! ID returned many minutes after its session died

        § tracker-protocol | 3.3
        TRK-047 | MUST | peer | tracker | active-peer | -
        = Queries the tracker with resourceID and size = trunc(1.5 N).
        ! other parameters or size

        TRK-048 | MUST | peer | tracker | active-peer | -
        = Treats tracker errors, invalid JSON and non-array answers as an empty list.
        ! playback stops after the first segment

        TRK-049 | MUST | peer | tracker | active-peer | -
        = Ignores null, duplicate, malformed, own and more-than-size entries.
        ! connect attempts to such entries

        TRK-050 | SHOULD | peer | tracker | passive | -
        = Queries the tracker only after its public stream is published.
        ! incoming plays fail right after the query

        § tracker-protocol | 5
        TRK-051 | SHOULD | peer | tracker | active-peer | -
        = Announces its departure with POST /peer_disconnect.
        ! ID remains registered until session timeout
        """
}
