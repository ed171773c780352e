extension Recipe {
    /// The chunks that are nothing but a row of fields.
    static let plainChunks: [Recipe] = [
        ChunkRecipe(
            kind: "chunk-ihello",
            title: "Initiator Hello, field by field",
            section: "2.3.2",
            requirement: "RFC7016-2.3.2-01",
            fields: [.init("endpointDiscriminator", .counted), .init("tag", .rest)]
        ),
        ChunkRecipe(
            kind: "chunk-rhello",
            title: "Responder Hello, field by field",
            section: "2.3.4",
            requirement: "RFC7016-2.3.4-01",
            fields: [.init("tagEcho", .counted), .init("cookie", .counted), .init("responderCertificate", .rest)]
        ),
        ChunkRecipe(
            kind: "chunk-cookie-change",
            title: "Responder Hello Cookie Change, field by field",
            section: "2.3.6",
            requirement: "RFC7016-2.3.6-03",
            fields: [.init("oldCookie", .counted), .init("newCookie", .rest)]
        ),
        ChunkRecipe(
            kind: "chunk-iikeying",
            title: "Initiator Initial Keying, field by field",
            section: "2.3.7",
            requirement: "RFC7016-2.3.7-03",
            fields: [
                .init("initiatorSessionID", .sessionID), .init("cookieEcho", .counted),
                .init("initiatorCertificate", .counted), .init("sessionKeyInitiatorComponent", .counted),
                .init("signature", .rest),
            ]
        ),
        ChunkRecipe(
            kind: "chunk-rikeying",
            title: "Responder Initial Keying, field by field",
            section: "2.3.8",
            requirement: "RFC7016-2.3.8-02",
            fields: [
                .init("responderSessionID", .sessionID), .init("sessionKeyResponderComponent", .counted),
                .init("signature", .rest),
            ]
        ),
        ChunkRecipe(
            kind: "chunk-ping",
            title: "Ping, field by field",
            section: "2.3.9",
            requirement: "RFC7016-2.3.9-01",
            fields: [.init("message", .rest)]
        ),
        ChunkRecipe(
            kind: "chunk-ping-reply",
            title: "Ping Reply, field by field",
            section: "2.3.10",
            requirement: "RFC7016-2.3.10-01",
            fields: [.init("messageEcho", .rest)]
        ),
        ChunkRecipe(
            kind: "chunk-buffer-probe",
            title: "Buffer Probe, field by field",
            section: "2.3.15",
            requirement: "RFC7016-2.3.15-01",
            fields: [.init("flowID", .integer)]
        ),
        ChunkRecipe(
            kind: "chunk-flow-exception-report",
            title: "Flow Exception Report, field by field",
            section: "2.3.16",
            requirement: "RFC7016-2.3.16-01",
            fields: [.init("flowID", .integer), .init("exceptionCode", .integer)]
        ),
    ].map(\.recipe)
}
