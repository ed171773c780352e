extension Requirements {
    /// The rendezvous application.
    static let hlsp2pRendezvous = """
        § tracker-protocol | 8.2
        RDV-001 | MUST | rendezvous | rendezvous | active-tracker | -
        = Registers the peer ID at the head of the list named by the first extra connect argument before confirming
          the connection.
        ! own ID missing from /get_peers right after connect success

        RDV-002 | MUST | rendezvous | rendezvous | active-tracker | -
        = Registers the ID as 64 lowercase hexadecimal digits equal to the certificate fingerprint.
        ! uppercase, truncated or other value

        RDV-003 | MUST | rendezvous | rendezvous | active-tracker | -
        = Adds the resource name to the set cumulus_app when sharing Redis.
        ! name missing from the set

        § tracker-protocol | 8.3
        RDV-004 | MUST | rendezvous | rendezvous | active-tracker | -
        = Removes one registration when the session ends for any reason.
        ! ID still listed after close

        § tracker-protocol | 1
        RDV-005 | SHOULD | rendezvous | rendezvous | active-tracker | -
        = Notices a silent dead client within about three minutes.
        ! ID listed much longer

        § tracker-protocol | 8.7 | Q-066
        RDV-006 | SHOULD | rendezvous | rendezvous | active-tracker | -
        = Does not drop registrations of connected clients on a configuration or script reload.
        ! list empties while clients stay connected

        § tracker-protocol | 8.7
        RDV-007 | SHOULD | rendezvous | rendezvous | active-tracker | -
        = Deletes the lists it owns at shutdown.
        ! stale IDs after an orderly stop

        § tracker-protocol | 8.1
        RDV-008 | MUST | rendezvous | rendezvous | passive | -
        = Refuses a connect without a resource name with _error NetConnection.Connect.Rejected.
        ! success, or no answer

        RDV-009 | MUST | rendezvous | rendezvous | passive | -
        = Answers an accepted connect with _result, NetConnection.Connect.Success and objectEncoding 3 for AMF3
          clients.
        ! other code or encoding 0

        § tracker-protocol | 8.1 | RFC 7425 §5.3.4
        RDV-010 | SHOULD | rendezvous | rendezvous | passive | -
        = Advises keepalive periods of at least 5000 ms after setPeerInfo.
        ! no User Control 41, or smaller values

        § tracker-protocol | 8.8 | RFC 7016 §3.5.1.6
        RDV-011 | MUST | rendezvous | rendezvous | active-peer | -
        = Introduces connected clients to each other by fingerprint.
        ! hello for a connected ID gets neither redirect nor forward

        § tracker-protocol | 8.4
        RDV-012 | MAY | rendezvous | rendezvous | passive | -
        = Offers getParticipants(resource) returning at most 20 objects with protocol rtmfp and farID, caller
          excluded, shuffled.
        ! more than 20, caller included, or other member names

        RDV-013 | MUST | rendezvous | rendezvous | passive | -
        = Answers an unknown RPC with _error NetConnection.Call.Failed and keeps the connection.
        ! connection closed or no answer

        § tracker-protocol | 8.6 | Q-072
        RDV-014 | MUST | rendezvous | rendezvous | passive | -
        = Does not offer RPCs that read server files.
        ! getPlaylist or getPiece RPC answers with file content

        § tracker-protocol | 8.5
        RDV-015 | MAY | rendezvous | rendezvous | passive | -
        = Never sends participantChanged.
        ! none (clients ignore it)

        § tracker-protocol | 8.1
        RDV-016 | MUST | peer | rendezvous | passive | -
        = Passes the resource name as first extra argument of connect, to the URL without it.
        ! name missing, or left in the connect URL only

        § tracker-protocol | 8.1 | RFC 7425 §5.3.3
        RDV-017 | MUST | peer | rendezvous | passive | -
        = Sends setPeerInfo after connect success.
        ! missing command

        § RFC 7425 | 5.3
        RDV-018 | MUST | peer | rendezvous | passive | -
        = Uses a fresh certificate, hence a new peer ID, for every rendezvous connection.
        ! same peer ID in two connections

        § tracker-protocol | 8.5
        RDV-019 | MUST | peer | rendezvous | passive | -
        = Ignores unknown server commands such as participantChanged.
        ! connection closed by the client
        """
}
