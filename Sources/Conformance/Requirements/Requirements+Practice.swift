extension Requirements {
    /// What implementations do beyond the RFCs.
    static let practice = """
        § practice | -
        DEFACTO-X-01 | FACT | server | groups | active-server | degraded
        = [not in RFC] NetGroup control flow metadata is 'GC' (47 43); the client sends 01 then an option-coded
          group id (21 15 <32-byte id> or <len> 10 <spec>) to join.
        ? flow with metadata 47 43 associated to the server control flow, message 01 21 15 <32> -> accepted by
          servers that support groups, else 5e
        ! session closed for an unsupported signature

        DEFACTO-X-02 | FACT | server | groups | active-server | degraded
        = [not in RFC] The server answers a join with messages 0b <32-byte peer id> for up to 6 members.
        ? two members join the same id -> second one receives 0b <first's fingerprint>
        ! wrong id or none (if groups are supported)

        DEFACTO-X-03 | FACT | server | groups | active-server | degraded
        = [not in RFC] The group id is used as is (type 15) or SHA-256 of the spec (type 10).
        ? join by 10 <spec> and by 15 SHA256(spec) -> same group
        ! different groups

        DEFACTO-X-04 | FACT | server | groups | active-server | degraded
        = [not in RFC] A server without group support rejects the GC flow with 5e and keeps the session.
        ? GC flow -> 5e 0 + Ack, Ping still answered
        ! session closed

        DEFACTO-X-05 | FACT | server | netconnection | active-server | degraded
        = [not in RFC] objectEncoding of connect (0 or 3) is echoed in _result and honoured.
        ? connect with 0 and with 3 -> _result objectEncoding equal
        ! AMF0 clients refused (Cumulus)

        DEFACTO-X-06 | FACT | client | netstream-p2p | active-peer | cosmetic
        = [not in RFC] Flash P2P stream ids are 2000000+n (VLU fa 89 nn).
        ? decode metadata VLU of the peer's play flow (record; Flash/librtmfp use fa 89 01)
        ! stream id 0

        DEFACTO-X-07 | FACT | either | chunk | active-server | degraded
        = [not in RFC] rtmfp-cpp's experimental ECN Report chunk 0xec must be ignored by others.
        ? [ec 0001 00][Ping] -> Ping Reply
        ! packet dropped
        """
}
