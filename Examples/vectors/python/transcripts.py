"""Whole exchanges: every datagram opened with the private keys and what the former ones tell; every message of a peer read.

To play an end needs an endpoint, which is not here: that is what an implementation under test does with a transcript.
"""

import chunks
import crypto
import groups
import peers
from reading import Reader, Refused, octets

NAMES = {
    0x7f: "Packet Fragment", 0x30: "IHello", 0x0f: "FIHello", 0x70: "RHello", 0x71: "Redirect",
    0x79: "RHello Cookie Change", 0x38: "IIKeying", 0x78: "RIKeying", 0x01: "Ping", 0x41: "Ping Reply", 0x10: "User Data",
    0x11: "Next User Data", 0x50: "Bitmap Ack", 0x51: "Range Ack", 0x18: "Buffer Probe", 0x5e: "Flow Exception Report",
    0x0c: "Close", 0x4c: "Close Ack", 0x00: "Padding",
}
STARTUP = {"key": b"Adobe Systems 02".hex(), "hmacKey": None, "hmacLength": 0, "sequenceNumbers": False}


def public_key(component, certificate, group):
    """RFC 7425 §4.6.1: the ephemeral key, or else that of the certificate."""
    key = component["ephemeralKey"]
    return key["publicKey"] if key else crypto.certificate_of(certificate)["staticKeys"][str(group)]


class Transcript:
    def __init__(self, test):
        self.certificates = {end["name"]: octets(end["certificate"]) for end in test["ends"]}
        self.secrets = test["sessions"]
        self.offers, self.sessions, self.protections = {}, [], []

    def agree(self, offer, component, responder, identifier):
        """RFC 7425 §4.6: the keys of both ends."""
        secrets = self.secrets[len(self.sessions)]
        initiator, certificate, near = offer
        if (initiator, responder) != (secrets["initiator"], secrets["responder"]):
            raise Refused("mismatch")
        group, modulus = secrets["group"], groups.PRIMES[secrets["group"]]
        halves = [crypto.keying_component({"component": half.hex()}) for half in (near, component)]
        exponents = [int(secrets[end + "PrivateKey"], 16) for end in ("initiator", "responder")]
        owners = (certificate, self.certificates[responder])
        public = [int(public_key(half, owner, group), 16) for half, owner in zip(halves, owners)]
        if public != [pow(2, exponent, modulus) for exponent in exponents]:
            raise Refused("mismatch")
        shared = pow(public[1], exponents[0], modulus)
        secret = shared.to_bytes((shared.bit_length() + 7) // 8, "big")
        session = {"sharedSecret": secret.hex()}
        for index, end in enumerate(("initiator", "responder")):
            own, other = (near, component) if index == 0 else (component, near)
            sender, receiver = halves[index], halves[1 - index]
            key = crypto.mac(secret, crypto.mac(other, own))

            def sends(name):
                flags = sender[name]
                return flags["willSendAlways"] or flags["willSendOnRequest"] and receiver[name]["request"]
            session[end] = {
                "key": key.hex(), "hmacKey": crypto.mac(secret, key).hex(),
                "hmacLength": int(sender["hmacLength"]) if sends("hmac") else 0, "sequenceNumbers": sends("sequenceNumbers"),
                "nonce": crypto.mac(secret, own).hex(),
            }
        session |= identifier
        self.sessions.append(session)
        # Whoever says something says it to the session ID of the other.
        self.protections += [
            (initiator, identifier["responderSessionID"], len(self.sessions) - 1, session["initiator"]),
            (responder, identifier["initiatorSessionID"], len(self.sessions) - 1, session["responder"]),
        ]

    def read(self, step):
        identifier = crypto.unscrambled(octets(step["datagram"]))[0].hex()
        for end, session_id, number, protection in reversed(self.protections):
            if (end, session_id) == (step["from"], identifier):
                try:
                    return self.content(step, number, protection)
                except Refused:
                    pass
        return self.content(step, None, STARTUP)

    def content(self, step, number, protection):
        opened = crypto.packet_protection(step | protection | {"key": protection["key"][:32]})
        padded = octets(opened["padded"])
        position = 1 + (2 if padded[0] & 8 else 0) + (2 if padded[0] & 4 else 0)
        found = []
        for kind, payload in chunks.chunks(Reader(padded[position:])):
            if kind == 0xff:
                break
            found.append({
                "type": f"{kind:02x}", "name": NAMES.get(kind, "unknown"), "offset": position, "length": len(payload) + 3,
            })
            position += len(payload) + 3
            if number is None:
                self.learn(kind, Reader(payload), step["from"], opened["sessionID"])
        return {
            "sessionID": opened["sessionID"], "session": number, "sequenceNumber": opened["sequenceNumber"],
            "plain": padded[:position].hex(), "chunks": found,
        }

    def learn(self, kind, reader, end, session_id):
        if kind == 0x38:
            identifier = reader.take(4).hex()
            reader.counted()
            self.offers[identifier] = (end, reader.counted(), reader.counted())
        elif kind == 0x78 and session_id in self.offers:
            identifier = {"initiatorSessionID": session_id, "responderSessionID": reader.take(4).hex()}
            if not any(session.items() >= identifier.items() for session in self.sessions):
                self.agree(self.offers[session_id], reader.counted(), end, identifier)


def transcript(test):
    reading = Transcript(test)
    steps = [None if "act" in step else reading.read(step) for step in test["steps"]]
    return {"sessions": reading.sessions, "steps": steps}


def swarm_transcript(test):
    return {"says": [peers.peer_message(step) if "message" in step else None for step in test["steps"]]}


def matches_swarm(actual, expected):
    """What is said; which section a step shows is for people."""
    return actual["says"] == [step["says"] for step in expected["steps"]]


CHECKS = {"transcript": transcript, "swarm-transcript": swarm_transcript}
