/* The test vectors, compiled in, so that the tool needs no files beside it. Written by Scripts/embed-vectors. */
#include "CVectors.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct vector_file files[] = {
    {"flash/amf0-complex.generated.json", (const char[]){
#embed "../../vectors/flash/amf0-complex.generated.json" suffix(, 0)
    }},
    {"flash/amf0.generated.json", (const char[]){
#embed "../../vectors/flash/amf0.generated.json" suffix(, 0)
    }},
    {"flash/amf3-complex.generated.json", (const char[]){
#embed "../../vectors/flash/amf3-complex.generated.json" suffix(, 0)
    }},
    {"flash/amf3.generated.json", (const char[]){
#embed "../../vectors/flash/amf3.generated.json" suffix(, 0)
    }},
    {"flash/command.generated.json", (const char[]){
#embed "../../vectors/flash/command.generated.json" suffix(, 0)
    }},
    {"flash/command.json", (const char[]){
#embed "../../vectors/flash/command.json" suffix(, 0)
    }},
    {"flash/flow-metadata.generated.json", (const char[]){
#embed "../../vectors/flash/flow-metadata.generated.json" suffix(, 0)
    }},
    {"flash/flow-metadata.json", (const char[]){
#embed "../../vectors/flash/flow-metadata.json" suffix(, 0)
    }},
    {"flash/message.generated.json", (const char[]){
#embed "../../vectors/flash/message.generated.json" suffix(, 0)
    }},
    {"flash/message.json", (const char[]){
#embed "../../vectors/flash/message.json" suffix(, 0)
    }},
    {"flash/user-control.generated.json", (const char[]){
#embed "../../vectors/flash/user-control.generated.json" suffix(, 0)
    }},
    {"flash/user-control.json", (const char[]){
#embed "../../vectors/flash/user-control.json" suffix(, 0)
    }},
    {"hlsp2p/chunk-path.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/chunk-path.generated.json" suffix(, 0)
    }},
    {"hlsp2p/form-fields.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/form-fields.generated.json" suffix(, 0)
    }},
    {"hlsp2p/media-sequence.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/media-sequence.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-id.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-id.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-message-envelopes.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-message-envelopes.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-message-pushes.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-message-pushes.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-message-requests.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-message-requests.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-message-responses.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-message-responses.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-transcript.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-transcript.generated.json" suffix(, 0)
    }},
    {"hlsp2p/peer-transcript.json", (const char[]){
#embed "../../vectors/hlsp2p/peer-transcript.json" suffix(, 0)
    }},
    {"hlsp2p/playlist.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/playlist.generated.json" suffix(, 0)
    }},
    {"hlsp2p/reference-resolution.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/reference-resolution.generated.json" suffix(, 0)
    }},
    {"hlsp2p/resource-name.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/resource-name.generated.json" suffix(, 0)
    }},
    {"hlsp2p/server-transcript-rendezvous.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/server-transcript-rendezvous.generated.json" suffix(, 0)
    }},
    {"hlsp2p/server-transcript-tracker.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/server-transcript-tracker.generated.json" suffix(, 0)
    }},
    {"hlsp2p/server-transcript.json", (const char[]){
#embed "../../vectors/hlsp2p/server-transcript.json" suffix(, 0)
    }},
    {"hlsp2p/swarm-transcript.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/swarm-transcript.generated.json" suffix(, 0)
    }},
    {"hlsp2p/tracker-answer.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/tracker-answer.generated.json" suffix(, 0)
    }},
    {"hlsp2p/tracker-exchange.generated.json", (const char[]){
#embed "../../vectors/hlsp2p/tracker-exchange.generated.json" suffix(, 0)
    }},
    {"rtmfp/acknowledgement-form.json", (const char[]){
#embed "../../vectors/rtmfp/acknowledgement-form.json" suffix(, 0)
    }},
    {"rtmfp/address.generated.json", (const char[]){
#embed "../../vectors/rtmfp/address.generated.json" suffix(, 0)
    }},
    {"rtmfp/address.json", (const char[]){
#embed "../../vectors/rtmfp/address.json" suffix(, 0)
    }},
    {"rtmfp/canonical-discriminator.generated.json", (const char[]){
#embed "../../vectors/rtmfp/canonical-discriminator.generated.json" suffix(, 0)
    }},
    {"rtmfp/canonical-discriminator.json", (const char[]){
#embed "../../vectors/rtmfp/canonical-discriminator.json" suffix(, 0)
    }},
    {"rtmfp/certificate-precedence.generated.json", (const char[]){
#embed "../../vectors/rtmfp/certificate-precedence.generated.json" suffix(, 0)
    }},
    {"rtmfp/certificate-precedence.json", (const char[]){
#embed "../../vectors/rtmfp/certificate-precedence.json" suffix(, 0)
    }},
    {"rtmfp/certificate.generated.json", (const char[]){
#embed "../../vectors/rtmfp/certificate.generated.json" suffix(, 0)
    }},
    {"rtmfp/certificate.json", (const char[]){
#embed "../../vectors/rtmfp/certificate.json" suffix(, 0)
    }},
    {"rtmfp/checksum.generated.json", (const char[]){
#embed "../../vectors/rtmfp/checksum.generated.json" suffix(, 0)
    }},
    {"rtmfp/checksum.json", (const char[]){
#embed "../../vectors/rtmfp/checksum.json" suffix(, 0)
    }},
    {"rtmfp/chunk-bitmap-ack.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-bitmap-ack.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-bitmap-ack.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-bitmap-ack.json" suffix(, 0)
    }},
    {"rtmfp/chunk-buffer-probe.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-buffer-probe.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-buffer-probe.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-buffer-probe.json" suffix(, 0)
    }},
    {"rtmfp/chunk-close-ack.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-close-ack.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-close-ack.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-close-ack.json" suffix(, 0)
    }},
    {"rtmfp/chunk-close.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-close.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-close.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-close.json" suffix(, 0)
    }},
    {"rtmfp/chunk-cookie-change.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-cookie-change.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-cookie-change.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-cookie-change.json" suffix(, 0)
    }},
    {"rtmfp/chunk-fihello.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-fihello.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-fihello.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-fihello.json" suffix(, 0)
    }},
    {"rtmfp/chunk-flow-exception-report.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-flow-exception-report.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-flow-exception-report.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-flow-exception-report.json" suffix(, 0)
    }},
    {"rtmfp/chunk-ihello.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-ihello.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-ihello.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-ihello.json" suffix(, 0)
    }},
    {"rtmfp/chunk-iikeying.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-iikeying.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-iikeying.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-iikeying.json" suffix(, 0)
    }},
    {"rtmfp/chunk-next-user-data.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-next-user-data.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-next-user-data.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-next-user-data.json" suffix(, 0)
    }},
    {"rtmfp/chunk-packet-fragment.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-packet-fragment.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-packet-fragment.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-packet-fragment.json" suffix(, 0)
    }},
    {"rtmfp/chunk-ping-reply.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-ping-reply.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-ping-reply.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-ping-reply.json" suffix(, 0)
    }},
    {"rtmfp/chunk-ping.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-ping.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-ping.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-ping.json" suffix(, 0)
    }},
    {"rtmfp/chunk-range-ack.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-range-ack.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-range-ack.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-range-ack.json" suffix(, 0)
    }},
    {"rtmfp/chunk-redirect.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-redirect.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-redirect.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-redirect.json" suffix(, 0)
    }},
    {"rtmfp/chunk-rhello.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-rhello.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-rhello.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-rhello.json" suffix(, 0)
    }},
    {"rtmfp/chunk-rikeying.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-rikeying.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-rikeying.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-rikeying.json" suffix(, 0)
    }},
    {"rtmfp/chunk-user-data.generated.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-user-data.generated.json" suffix(, 0)
    }},
    {"rtmfp/chunk-user-data.json", (const char[]){
#embed "../../vectors/rtmfp/chunk-user-data.json" suffix(, 0)
    }},
    {"rtmfp/diffie-hellman-integer.generated.json", (const char[]){
#embed "../../vectors/rtmfp/diffie-hellman-integer.generated.json" suffix(, 0)
    }},
    {"rtmfp/diffie-hellman-integer.json", (const char[]){
#embed "../../vectors/rtmfp/diffie-hellman-integer.json" suffix(, 0)
    }},
    {"rtmfp/diffie-hellman-key-check.json", (const char[]){
#embed "../../vectors/rtmfp/diffie-hellman-key-check.json" suffix(, 0)
    }},
    {"rtmfp/diffie-hellman-public-key.json", (const char[]){
#embed "../../vectors/rtmfp/diffie-hellman-public-key.json" suffix(, 0)
    }},
    {"rtmfp/diffie-hellman.json", (const char[]){
#embed "../../vectors/rtmfp/diffie-hellman.json" suffix(, 0)
    }},
    {"rtmfp/endpoint-discriminator.generated.json", (const char[]){
#embed "../../vectors/rtmfp/endpoint-discriminator.generated.json" suffix(, 0)
    }},
    {"rtmfp/endpoint-discriminator.json", (const char[]){
#embed "../../vectors/rtmfp/endpoint-discriminator.json" suffix(, 0)
    }},
    {"rtmfp/key-derivation.generated.json", (const char[]){
#embed "../../vectors/rtmfp/key-derivation.generated.json" suffix(, 0)
    }},
    {"rtmfp/key-derivation.json", (const char[]){
#embed "../../vectors/rtmfp/key-derivation.json" suffix(, 0)
    }},
    {"rtmfp/keying-component.generated.json", (const char[]){
#embed "../../vectors/rtmfp/keying-component.generated.json" suffix(, 0)
    }},
    {"rtmfp/keying-component.json", (const char[]){
#embed "../../vectors/rtmfp/keying-component.json" suffix(, 0)
    }},
    {"rtmfp/negotiation.generated.json", (const char[]){
#embed "../../vectors/rtmfp/negotiation.generated.json" suffix(, 0)
    }},
    {"rtmfp/negotiation.json", (const char[]){
#embed "../../vectors/rtmfp/negotiation.json" suffix(, 0)
    }},
    {"rtmfp/option-list.generated.json", (const char[]){
#embed "../../vectors/rtmfp/option-list.generated.json" suffix(, 0)
    }},
    {"rtmfp/option-list.json", (const char[]){
#embed "../../vectors/rtmfp/option-list.json" suffix(, 0)
    }},
    {"rtmfp/option.generated.json", (const char[]){
#embed "../../vectors/rtmfp/option.generated.json" suffix(, 0)
    }},
    {"rtmfp/option.json", (const char[]){
#embed "../../vectors/rtmfp/option.json" suffix(, 0)
    }},
    {"rtmfp/packet-acceptance.json", (const char[]){
#embed "../../vectors/rtmfp/packet-acceptance.json" suffix(, 0)
    }},
    {"rtmfp/packet-fragments.json", (const char[]){
#embed "../../vectors/rtmfp/packet-fragments.json" suffix(, 0)
    }},
    {"rtmfp/packet-protection.generated.json", (const char[]){
#embed "../../vectors/rtmfp/packet-protection.generated.json" suffix(, 0)
    }},
    {"rtmfp/packet-protection.json", (const char[]){
#embed "../../vectors/rtmfp/packet-protection.json" suffix(, 0)
    }},
    {"rtmfp/packet.generated.json", (const char[]){
#embed "../../vectors/rtmfp/packet.generated.json" suffix(, 0)
    }},
    {"rtmfp/packet.json", (const char[]){
#embed "../../vectors/rtmfp/packet.json" suffix(, 0)
    }},
    {"rtmfp/receive-window.json", (const char[]){
#embed "../../vectors/rtmfp/receive-window.json" suffix(, 0)
    }},
    {"rtmfp/receiver.json", (const char[]){
#embed "../../vectors/rtmfp/receiver.json" suffix(, 0)
    }},
    {"rtmfp/replay-window.generated.json", (const char[]){
#embed "../../vectors/rtmfp/replay-window.generated.json" suffix(, 0)
    }},
    {"rtmfp/replay-window.json", (const char[]){
#embed "../../vectors/rtmfp/replay-window.json" suffix(, 0)
    }},
    {"rtmfp/round-trip.json", (const char[]){
#embed "../../vectors/rtmfp/round-trip.json" suffix(, 0)
    }},
    {"rtmfp/session-id.generated.json", (const char[]){
#embed "../../vectors/rtmfp/session-id.generated.json" suffix(, 0)
    }},
    {"rtmfp/session-id.json", (const char[]){
#embed "../../vectors/rtmfp/session-id.json" suffix(, 0)
    }},
    {"rtmfp/session.json", (const char[]){
#embed "../../vectors/rtmfp/session.json" suffix(, 0)
    }},
    {"rtmfp/simple-password.generated.json", (const char[]){
#embed "../../vectors/rtmfp/simple-password.generated.json" suffix(, 0)
    }},
    {"rtmfp/simple-password.json", (const char[]){
#embed "../../vectors/rtmfp/simple-password.json" suffix(, 0)
    }},
    {"rtmfp/timeout-backoff.json", (const char[]){
#embed "../../vectors/rtmfp/timeout-backoff.json" suffix(, 0)
    }},
    {"rtmfp/timestamp-echo.generated.json", (const char[]){
#embed "../../vectors/rtmfp/timestamp-echo.generated.json" suffix(, 0)
    }},
    {"rtmfp/timestamp-echo.json", (const char[]){
#embed "../../vectors/rtmfp/timestamp-echo.json" suffix(, 0)
    }},
    {"rtmfp/transcript-handshakes.generated.json", (const char[]){
#embed "../../vectors/rtmfp/transcript-handshakes.generated.json" suffix(, 0)
    }},
    {"rtmfp/transcript-sessions.generated.json", (const char[]){
#embed "../../vectors/rtmfp/transcript-sessions.generated.json" suffix(, 0)
    }},
    {"rtmfp/transcript-troubles.generated.json", (const char[]){
#embed "../../vectors/rtmfp/transcript-troubles.generated.json" suffix(, 0)
    }},
    {"rtmfp/transcript.json", (const char[]){
#embed "../../vectors/rtmfp/transcript.json" suffix(, 0)
    }},
    {"rtmfp/user-data-sequence.generated.json", (const char[]){
#embed "../../vectors/rtmfp/user-data-sequence.generated.json" suffix(, 0)
    }},
    {"rtmfp/user-data-sequence.json", (const char[]){
#embed "../../vectors/rtmfp/user-data-sequence.json" suffix(, 0)
    }},
    {"rtmfp/vlu.generated.json", (const char[]){
#embed "../../vectors/rtmfp/vlu.generated.json" suffix(, 0)
    }},
    {"rtmfp/vlu.json", (const char[]){
#embed "../../vectors/rtmfp/vlu.json" suffix(, 0)
    }},
    {"schemas/acknowledgement-form.schema.json", (const char[]){
#embed "../../vectors/schemas/acknowledgement-form.schema.json" suffix(, 0)
    }},
    {"schemas/address.schema.json", (const char[]){
#embed "../../vectors/schemas/address.schema.json" suffix(, 0)
    }},
    {"schemas/amf0.schema.json", (const char[]){
#embed "../../vectors/schemas/amf0.schema.json" suffix(, 0)
    }},
    {"schemas/amf3.schema.json", (const char[]){
#embed "../../vectors/schemas/amf3.schema.json" suffix(, 0)
    }},
    {"schemas/canonical-discriminator.schema.json", (const char[]){
#embed "../../vectors/schemas/canonical-discriminator.schema.json" suffix(, 0)
    }},
    {"schemas/certificate-precedence.schema.json", (const char[]){
#embed "../../vectors/schemas/certificate-precedence.schema.json" suffix(, 0)
    }},
    {"schemas/certificate.schema.json", (const char[]){
#embed "../../vectors/schemas/certificate.schema.json" suffix(, 0)
    }},
    {"schemas/checksum.schema.json", (const char[]){
#embed "../../vectors/schemas/checksum.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-bitmap-ack.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-bitmap-ack.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-buffer-probe.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-buffer-probe.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-close-ack.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-close-ack.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-close.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-close.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-cookie-change.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-cookie-change.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-fihello.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-fihello.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-flow-exception-report.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-flow-exception-report.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-ihello.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-ihello.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-iikeying.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-iikeying.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-next-user-data.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-next-user-data.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-packet-fragment.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-packet-fragment.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-path.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-path.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-ping-reply.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-ping-reply.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-ping.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-ping.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-range-ack.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-range-ack.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-redirect.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-redirect.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-rhello.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-rhello.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-rikeying.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-rikeying.schema.json" suffix(, 0)
    }},
    {"schemas/chunk-user-data.schema.json", (const char[]){
#embed "../../vectors/schemas/chunk-user-data.schema.json" suffix(, 0)
    }},
    {"schemas/command.schema.json", (const char[]){
#embed "../../vectors/schemas/command.schema.json" suffix(, 0)
    }},
    {"schemas/diffie-hellman-integer.schema.json", (const char[]){
#embed "../../vectors/schemas/diffie-hellman-integer.schema.json" suffix(, 0)
    }},
    {"schemas/diffie-hellman-key-check.schema.json", (const char[]){
#embed "../../vectors/schemas/diffie-hellman-key-check.schema.json" suffix(, 0)
    }},
    {"schemas/diffie-hellman-public-key.schema.json", (const char[]){
#embed "../../vectors/schemas/diffie-hellman-public-key.schema.json" suffix(, 0)
    }},
    {"schemas/diffie-hellman.schema.json", (const char[]){
#embed "../../vectors/schemas/diffie-hellman.schema.json" suffix(, 0)
    }},
    {"schemas/endpoint-discriminator.schema.json", (const char[]){
#embed "../../vectors/schemas/endpoint-discriminator.schema.json" suffix(, 0)
    }},
    {"schemas/file.schema.json", (const char[]){
#embed "../../vectors/schemas/file.schema.json" suffix(, 0)
    }},
    {"schemas/flow-metadata.schema.json", (const char[]){
#embed "../../vectors/schemas/flow-metadata.schema.json" suffix(, 0)
    }},
    {"schemas/form-fields.schema.json", (const char[]){
#embed "../../vectors/schemas/form-fields.schema.json" suffix(, 0)
    }},
    {"schemas/key-derivation.schema.json", (const char[]){
#embed "../../vectors/schemas/key-derivation.schema.json" suffix(, 0)
    }},
    {"schemas/keying-component.schema.json", (const char[]){
#embed "../../vectors/schemas/keying-component.schema.json" suffix(, 0)
    }},
    {"schemas/media-sequence.schema.json", (const char[]){
#embed "../../vectors/schemas/media-sequence.schema.json" suffix(, 0)
    }},
    {"schemas/message.schema.json", (const char[]){
#embed "../../vectors/schemas/message.schema.json" suffix(, 0)
    }},
    {"schemas/negotiation.schema.json", (const char[]){
#embed "../../vectors/schemas/negotiation.schema.json" suffix(, 0)
    }},
    {"schemas/option-list.schema.json", (const char[]){
#embed "../../vectors/schemas/option-list.schema.json" suffix(, 0)
    }},
    {"schemas/option.schema.json", (const char[]){
#embed "../../vectors/schemas/option.schema.json" suffix(, 0)
    }},
    {"schemas/packet-acceptance.schema.json", (const char[]){
#embed "../../vectors/schemas/packet-acceptance.schema.json" suffix(, 0)
    }},
    {"schemas/packet-fragments.schema.json", (const char[]){
#embed "../../vectors/schemas/packet-fragments.schema.json" suffix(, 0)
    }},
    {"schemas/packet-protection.schema.json", (const char[]){
#embed "../../vectors/schemas/packet-protection.schema.json" suffix(, 0)
    }},
    {"schemas/packet.schema.json", (const char[]){
#embed "../../vectors/schemas/packet.schema.json" suffix(, 0)
    }},
    {"schemas/peer-id.schema.json", (const char[]){
#embed "../../vectors/schemas/peer-id.schema.json" suffix(, 0)
    }},
    {"schemas/peer-message.schema.json", (const char[]){
#embed "../../vectors/schemas/peer-message.schema.json" suffix(, 0)
    }},
    {"schemas/peer-transcript.schema.json", (const char[]){
#embed "../../vectors/schemas/peer-transcript.schema.json" suffix(, 0)
    }},
    {"schemas/playlist.schema.json", (const char[]){
#embed "../../vectors/schemas/playlist.schema.json" suffix(, 0)
    }},
    {"schemas/receive-window.schema.json", (const char[]){
#embed "../../vectors/schemas/receive-window.schema.json" suffix(, 0)
    }},
    {"schemas/receiver.schema.json", (const char[]){
#embed "../../vectors/schemas/receiver.schema.json" suffix(, 0)
    }},
    {"schemas/reference-resolution.schema.json", (const char[]){
#embed "../../vectors/schemas/reference-resolution.schema.json" suffix(, 0)
    }},
    {"schemas/replay-window.schema.json", (const char[]){
#embed "../../vectors/schemas/replay-window.schema.json" suffix(, 0)
    }},
    {"schemas/resource-name.schema.json", (const char[]){
#embed "../../vectors/schemas/resource-name.schema.json" suffix(, 0)
    }},
    {"schemas/round-trip.schema.json", (const char[]){
#embed "../../vectors/schemas/round-trip.schema.json" suffix(, 0)
    }},
    {"schemas/server-transcript.schema.json", (const char[]){
#embed "../../vectors/schemas/server-transcript.schema.json" suffix(, 0)
    }},
    {"schemas/session-id.schema.json", (const char[]){
#embed "../../vectors/schemas/session-id.schema.json" suffix(, 0)
    }},
    {"schemas/session.schema.json", (const char[]){
#embed "../../vectors/schemas/session.schema.json" suffix(, 0)
    }},
    {"schemas/simple-password.schema.json", (const char[]){
#embed "../../vectors/schemas/simple-password.schema.json" suffix(, 0)
    }},
    {"schemas/swarm-transcript.schema.json", (const char[]){
#embed "../../vectors/schemas/swarm-transcript.schema.json" suffix(, 0)
    }},
    {"schemas/timeout-backoff.schema.json", (const char[]){
#embed "../../vectors/schemas/timeout-backoff.schema.json" suffix(, 0)
    }},
    {"schemas/timestamp-echo.schema.json", (const char[]){
#embed "../../vectors/schemas/timestamp-echo.schema.json" suffix(, 0)
    }},
    {"schemas/tracker-answer.schema.json", (const char[]){
#embed "../../vectors/schemas/tracker-answer.schema.json" suffix(, 0)
    }},
    {"schemas/tracker-exchange.schema.json", (const char[]){
#embed "../../vectors/schemas/tracker-exchange.schema.json" suffix(, 0)
    }},
    {"schemas/transcript.schema.json", (const char[]){
#embed "../../vectors/schemas/transcript.schema.json" suffix(, 0)
    }},
    {"schemas/user-control.schema.json", (const char[]){
#embed "../../vectors/schemas/user-control.schema.json" suffix(, 0)
    }},
    {"schemas/user-data-sequence.schema.json", (const char[]){
#embed "../../vectors/schemas/user-data-sequence.schema.json" suffix(, 0)
    }},
    {"schemas/vlu.schema.json", (const char[]){
#embed "../../vectors/schemas/vlu.schema.json" suffix(, 0)
    }},
};

int vector_file_count(void) {
    return sizeof files / sizeof files[0];
}

struct vector_file vector_file_at(int index) {
    return files[index];
}
