"""The Flash profile of RFC 7425 §4: certificates, keys, and packets under protection.

Python has no AES of its own; libcrypto has, and is called as it is.
"""

import ctypes
import ctypes.util
import hashlib
import hmac

from reading import Reader, Refused, octets, options


def aes_cbc_decrypt(key, data):
    """AES-128-CBC with an initialization vector of zeros and without padding."""
    lib = ctypes.CDLL(ctypes.util.find_library("crypto"))
    lib.EVP_CIPHER_CTX_new.restype = lib.EVP_aes_128_cbc.restype = ctypes.c_void_p
    context = ctypes.c_void_p(lib.EVP_CIPHER_CTX_new())
    lib.EVP_DecryptInit_ex(context, ctypes.c_void_p(lib.EVP_aes_128_cbc()), None, key, bytes(16))
    lib.EVP_CIPHER_CTX_set_padding(context, 0)
    plain, count = ctypes.create_string_buffer(len(data) + 16), ctypes.c_int()
    lib.EVP_DecryptUpdate(context, plain, ctypes.byref(count), data, len(data))
    lib.EVP_CIPHER_CTX_free(context)
    return plain.raw[:len(data)]


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def checksum_of(data):
    """RFC 7425 §4.7.3.1; an odd octet at the end is the low half of a word."""
    words = [data[index:index + 2] for index in range(0, len(data), 2)]
    total = sum(int.from_bytes(word, "big") for word in words)
    while total > 0xffff:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


def checksum(test):
    if checksum_of(octets(test["octets"])) != int(test["checksum"], 16):
        raise Refused("authentication")


def unscrambled(datagram):
    """RFC 7016 §2.2.2: the session ID and what is encrypted."""
    if len(datagram) < 4:
        raise Refused("truncated")
    words = datagram[4:12].ljust(8, b"\0")
    return bytes(a ^ b ^ c for a, b, c in zip(datagram, words, words[4:])), datagram[4:]


def session_id(test):
    identifier, encrypted = unscrambled(octets(test["datagram"]))
    return {"sessionID": identifier.hex(), "encrypted": encrypted.hex()}


def packet_protection(test):
    identifier, encrypted = unscrambled(octets(test["datagram"]))
    length = test["hmacLength"]
    if len(encrypted) < 16 + length:
        raise Refused("truncated")
    encrypted, code = encrypted[:len(encrypted) - length], encrypted[len(encrypted) - length:]
    if len(encrypted) % 16:
        raise Refused("length")
    if length and mac(octets(test["hmacKey"]), encrypted)[:length] != code:
        raise Refused("authentication")
    reader = Reader(aes_cbc_decrypt(octets(test["key"]), encrypted))
    number = str(reader.vlu()) if test["sequenceNumbers"] else None
    if not length and reader.integer(2) != checksum_of(reader.octets[reader.position:]):
        raise Refused("authentication")
    return {"sessionID": identifier.hex(), "sequenceNumber": number, "padded": reader.rest().hex()}


def matches_protection(actual, expected):
    """Whether the padding is what `expected` says; the plain packet says itself where it ends."""
    padded = expected["plain"] + "ff" * expected["padding"]
    return actual == {"sessionID": expected["sessionID"], "sequenceNumber": expected["sequenceNumber"], "padded": padded}


def group_and_key(value):
    reader = Reader(value)
    return str(reader.vlu()), reader.rest().hex()


def certificate_of(data):
    reader, end, canonical = Reader(data), 0, []
    is_canonical = True
    while reader.left:
        option = reader.option()
        is_canonical = is_canonical and option is not None
        if is_canonical:
            canonical.append(option)
            end = reader.position
    values = lambda kind: [octets(option["value"]) for option in canonical if option["type"] == str(kind)]
    groups = [group_and_key(value)[0] for value in values(0x15)]
    keys = {}
    for value in values(0x1d):
        group, key = group_and_key(value)
        keys.setdefault(group, key)
    hostnames = values(0x00)
    if len(hostnames) > 1 or bool(groups) == bool(keys):
        raise Refused("combination")
    return {
        "canonicalSection": data[:end].hex(), "fingerprint": hashlib.sha256(data[:end]).hexdigest(),
        "hostname": hostnames[0].hex() if hostnames else None, "acceptsAncillaryData": bool(values(0x0a)),
        "ephemeralGroups": groups, "staticKeys": keys,
    }


def certificate(test):
    return certificate_of(octets(test["certificate"]))


def precedence(test):
    return {"nearPrevails": octets(test["near"]) <= octets(test["far"])}


def endpoint_discriminator(test):
    """RFC 7425 §4.4.3."""
    holder, parts = certificate_of(octets(test["certificate"])), {}
    for option in options(octets(test["discriminator"])):
        if option:
            parts.setdefault(int(option["type"]), option["value"])
    name, has_uri, fingerprint = parts.get(0x00), 0x0a in parts, parts.get(0x0f)
    if fingerprint is not None:
        return {"selected": fingerprint == holder["fingerprint"]}
    if name is not None:
        return {"selected": name == holder["hostname"] and (not has_uri or holder["acceptsAncillaryData"])}
    return {"selected": has_uri and holder["acceptsAncillaryData"]}


def canonical_discriminator(test):
    data = octets(test["discriminator"])
    if len(data) != 34:
        raise Refused("length")
    if data[:2] != b"\x21\x0f":
        raise Refused("value")
    return {"fingerprint": data[2:].hex()}


def flags_of(octet):
    return {"willSendAlways": bool(octet & 4), "willSendOnRequest": bool(octet & 2), "request": bool(octet & 1)}


def keying_component(test):
    found, parts = options(octets(test["component"])), {}
    for option in found:
        if not option:
            continue
        kind, reader = int(option["type"]), Reader(octets(option["value"]))
        if kind == 0x0d:
            part = dict(zip(("group", "publicKey"), group_and_key(reader.octets)))
        elif kind == 0x1d:
            part = str(reader.vlu())
        elif kind == 0x1a:
            part = (reader.integer(1), reader.vlu())
        elif kind == 0x1e:
            part = reader.integer(1)
        elif kind == 0x0e:
            part = option["value"]
        else:
            continue
        if kind in parts and kind in (0x0d, 0x1d):
            raise Refused("combination")
        parts.setdefault(kind, part)
    sends, length = parts.get(0x1a, (0, 0))
    if not (4 <= length <= 32 if sends & 6 else length == 0):
        raise Refused("value")
    return {
        "options": found, "ephemeralKey": parts.get(0x0d), "groupSelect": parts.get(0x1d), "extraRandomness": parts.get(0x0e),
        "hmac": flags_of(sends), "hmacLength": str(length), "sequenceNumbers": flags_of(parts.get(0x1e, 0)),
    }


def negotiation(test):
    def sends(near, far):
        return near["willSendAlways"] or near["willSendOnRequest"] and far["request"]
    initiator, responder = test["initiator"], test["responder"]
    return {"initiatorSends": sends(initiator, responder), "responderSends": sends(responder, initiator)}


def key_derivation(test):
    secret, near, far = (octets(test[name]) for name in ("secret", "nearComponent", "farComponent"))
    encrypt, decrypt = mac(secret, mac(far, near)), mac(secret, mac(near, far))
    derived = {
        "encryptKey": encrypt, "decryptKey": decrypt, "hmacSendKey": mac(secret, encrypt),
        "hmacReceiveKey": mac(secret, decrypt), "nearNonce": mac(secret, near), "farNonce": mac(secret, far),
    }
    if any(octets(test[name]) != key for name, key in derived.items()):
        raise Refused("mismatch")


def simple_password(test):
    code = mac(octets(test["password"]), octets(test["signedParameters"]))
    values = [octets(option["value"]) for option in options(octets(test["signature"])) if option and option["type"] == "29"]
    codes = [value[:32] for value in values if value[32:].hex() == test["passwordID"]]
    if not codes:
        raise Refused("missing")
    if any(other != code for other in codes):
        raise Refused("authentication")


CHECKS = {
    "checksum": checksum, "session-id": session_id, "packet-protection": packet_protection, "certificate": certificate,
    "certificate-precedence": precedence, "endpoint-discriminator": endpoint_discriminator,
    "canonical-discriminator": canonical_discriminator, "keying-component": keying_component, "negotiation": negotiation,
    "key-derivation": key_derivation, "simple-password": simple_password,
}
