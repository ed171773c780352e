extension Requirements {
    /// What a checker of peers owes them.
    static let hlsp2pChecker = """
        § peer-protocol | 3.7
        CHK-001 | MUST | checker | checker | unit | -
        = Reports deviations from inferred wire details (TC type 15, stream IDs from 2000001) as information, not as
          failures, unless decoding is impossible.
        ! conforming peer failed for an inferred detail

        § peer-protocol | 3.5
        CHK-002 | MUST | checker | checker | unit | -
        = Decodes AMF3 references, both integer forms, AMF0 and AMF3 envelopes.
        ! valid captures reported as malformed

        § peer-protocol | 5.6
        CHK-003 | MUST | checker | checker | unit | -
        = Recognises the original's retransmissions (same id, same content) and reports them as known quirks.
        ! original's capture reported as protocol violation without reference to Q-001 or Q-002

        § peer-protocol | 4.3
        CHK-004 | MUST | checker | checker | unit | -
        = Does not require increasing __msg_id order on the wire.
        ! windowed traffic flagged as out of order

        § peer-protocol | 3.4
        CHK-005 | MUST | checker | checker | unit | -
        = Pairs request, response and confirm across the two private streams of a session.
        ! answers reported missing because they travel on the other stream

        § tracker-protocol | 3.1
        CHK-006 | MUST | checker | checker | unit | -
        = Judges /get_peers by set membership and count, not by order or distribution.
        ! conforming tracker failed for ordering

        CHK-007 | SHOULD | checker | checker | unit | -
        = Repeats random tests enough to make a false verdict less likely than one in a million.
        ! flaky verdicts

        § tracker-protocol | 5
        CHK-008 | MUST | checker | checker | unit | -
        = Allows up to one second between /peer_disconnect and its effect.
        ! asynchronous removal reported as failure

        § swarm-algorithm | 7.1
        CHK-009 | MUST | checker | checker | unit | -
        = Allows for timer granularity (at least 10 percent plus 100 ms) when judging intervals.
        ! flaky verdicts

        § peer-protocol | 6.10
        CHK-010 | SHOULD | checker | checker | unit | -
        = Answers ping, hasChunk and stopPush itself during active tests so that the peer under test does not drop
          it.
        ! test sessions die after 30 s

        § peer-protocol | 5.3
        CHK-011 | MUST | checker | checker | unit | -
        = Confirms responses during active tests unless withholding is the purpose of the test.
        ! peer under test stalls and is blamed

        § quirks | -
        CHK-012 | SHOULD | checker | checker | unit | -
        = Refers to the quirk id when a violation matches a known defect of the original.
        ! report without reference
        """
}
