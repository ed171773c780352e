"""Elements, chunks and packets of RFC 7016 §2."""

import ipaddress

from reading import Reader, Refused, octets

FRAGMENTS = ["whole", "begin", "end", "middle"]
LIMIT = 1 << 64


def address(reader):
    flags = reader.integer(1)
    if flags & 0x7c:
        reader.canonical = False
    ip = ipaddress.ip_address(reader.take(16 if flags & 0x80 else 4))
    return {"ip": str(ip), "port": reader.integer(2), "origin": flags & 3}


def ihello(reader):
    return {"endpointDiscriminator": reader.counted().hex(), "tag": reader.rest().hex()}


def fihello(reader):
    return {
        "endpointDiscriminator": reader.counted().hex(), "replyAddress": address(reader), "tag": reader.rest().hex(),
    }


def rhello(reader):
    return {
        "tagEcho": reader.counted().hex(), "cookie": reader.counted().hex(), "responderCertificate": reader.rest().hex(),
    }


def redirect(reader):
    tag, destinations = reader.counted().hex(), []
    while reader.left:
        destinations.append(address(reader))
    return {"tagEcho": tag, "redirectDestinations": destinations}


def cookie_change(reader):
    return {"oldCookie": reader.counted().hex(), "newCookie": reader.rest().hex()}


def iikeying(reader):
    return {
        "initiatorSessionID": reader.take(4).hex(), "cookieEcho": reader.counted().hex(),
        "initiatorCertificate": reader.counted().hex(), "sessionKeyInitiatorComponent": reader.counted().hex(),
        "signature": reader.rest().hex(),
    }


def rikeying(reader):
    return {
        "responderSessionID": reader.take(4).hex(), "sessionKeyResponderComponent": reader.counted().hex(),
        "signature": reader.rest().hex(),
    }


def fragment_flags(reader):
    flags = reader.integer(1)
    if flags & 0x4c:
        reader.canonical = False
    return flags, {
        "fragmentControl": FRAGMENTS[flags >> 4 & 3], "abandon": bool(flags & 2), "final": bool(flags & 1),
    }


def user_data(reader):
    flags, members = fragment_flags(reader)
    flow, sequence, offset = reader.vlu(), reader.vlu(), reader.vlu()
    if offset > sequence:
        raise Refused("value")
    options = reader.option_list() if flags & 0x80 else None
    return members | {
        "flowID": str(flow), "sequenceNumber": str(sequence), "fsnOffset": str(offset), "options": options,
        "userData": reader.rest().hex(),
    }


def next_user_data(reader):
    flags, members = fragment_flags(reader)
    options = reader.option_list() if flags & 0x80 else None
    return members | {"options": options, "userData": reader.rest().hex()}


def acknowledgement(reader):
    members = ["flowID", "bufferBlocksAvailable", "cumulativeAcknowledgement"]
    return {name: str(reader.vlu()) for name in members}


def bitmap_ack(reader):
    members = acknowledgement(reader)
    cumulative, bitmap, runs = int(members["cumulativeAcknowledgement"]), reader.rest(), []
    if cumulative + 8 * len(bitmap) + 1 >= LIMIT:
        raise Refused("value")
    for index in range(8 * len(bitmap)):
        if bitmap[index // 8] >> index % 8 & 1:
            number = cumulative + 2 + index
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
    return members | {"ranges": [[str(first), str(last)] for first, last in runs]}


def range_ack(reader):
    members, runs = acknowledgement(reader), []
    cursor = int(members["cumulativeAcknowledgement"])
    while reader.left:
        try:
            holes, received = reader.vlu(), reader.vlu()
        except Refused as refused:
            if refused.error != "truncated":
                raise
            reader.canonical = False  # The pair that is cut off is left out.
            break
        first, last = cursor + holes + 2, cursor + holes + 2 + received
        if last >= LIMIT:
            raise Refused("value")
        runs.append([str(first), str(last)])
        cursor = last
    return members | {"ranges": runs}


def packet_fragment(reader):
    flags = reader.integer(1)
    if flags & 0x7f:
        reader.canonical = False
    return {
        "moreFragments": bool(flags & 0x80), "packetID": str(reader.vlu()), "fragmentNumber": str(reader.vlu()),
        "packetFragment": reader.rest().hex(),
    }


def close(reader):
    reader.canonical = not reader.rest()
    return {}


PAYLOADS = {
    "ihello": ihello, "fihello": fihello, "rhello": rhello, "redirect": redirect, "cookie-change": cookie_change,
    "iikeying": iikeying, "rikeying": rikeying, "user-data": user_data, "next-user-data": next_user_data,
    "bitmap-ack": bitmap_ack, "range-ack": range_ack, "packet-fragment": packet_fragment, "close": close,
    "close-ack": close, "ping": lambda reader: {"message": reader.rest().hex()},
    "ping-reply": lambda reader: {"messageEcho": reader.rest().hex()},
    "buffer-probe": lambda reader: {"flowID": str(reader.vlu())},
    "flow-exception-report": lambda reader: {"flowID": str(reader.vlu()), "exceptionCode": str(reader.vlu())},
}


def chunk(name):
    def check(test):
        reader = Reader(octets(test["payload"]))
        members = PAYLOADS[name](reader)
        return members | {"canonical": reader.canonical}
    return check


def chunks(reader):
    """RFC 7016 §2.2.4: chunks as long as they fit; the rest is padding."""
    while reader.left > 2:
        kind, length = reader.octets[reader.position], int.from_bytes(reader.octets[reader.position + 1:][:2], "big")
        if length > reader.left - 3:
            break
        reader.take(3)
        yield kind, reader.take(length)


def packet(test):
    reader = Reader(octets(test["packet"]))
    flags = reader.integer(1)
    members = {
        "mode": flags & 3, "timeCritical": bool(flags & 0x80), "timeCriticalReverse": bool(flags & 0x40),
        "timestamp": reader.integer(2) if flags & 8 else None, "timestampEcho": reader.integer(2) if flags & 4 else None,
    }
    members["chunks"] = [{"type": f"{kind:02x}", "payload": payload.hex()} for kind, payload in chunks(reader)]
    return members | {"padding": reader.rest().hex(), "canonical": flags & 0x30 == 0}


def user_data_sequence(test):
    """RFC 7016 §2.3.12: Next User Data has the flow of what came before, and the number after."""
    fragments, last = [], None
    for kind, payload in chunks(Reader(octets(test["chunks"]))):
        if kind == 0x10:
            data = user_data(Reader(payload))
            sequence, forward = int(data["sequenceNumber"]), int(data["sequenceNumber"]) - int(data["fsnOffset"])
            last = (data["flowID"], sequence, forward)
        elif kind == 0x11:
            if last is None:
                raise Refused("order")
            data = next_user_data(Reader(payload))
            last = (last[0], last[1] + 1, last[2])
        else:
            continue
        fragments.append({
            "flowID": last[0], "sequenceNumber": str(last[1]), "forwardSequenceNumber": str(last[2]),
            **{name: data[name] for name in ("fragmentControl", "abandon", "final", "userData")},
        })
    return {"fragments": fragments}


def element(read):
    """A check that decodes one element at the beginning of some octets."""
    def check(test):
        reader = Reader(octets(test["octets"]))
        members = read(reader)
        return members | {"consumed": reader.position, "canonical": reader.canonical and not reader.left}
    return check


def option_list(test):
    reader = Reader(octets(test["octets"]))
    return {"options": reader.option_list(), "consumed": reader.position}


CHECKS = {
    "vlu": element(lambda reader: {"value": str(reader.vlu())}),
    "option": element(lambda reader: reader.option() or {"type": None, "value": None}),
    "option-list": option_list, "address": element(address), "packet": packet, "user-data-sequence": user_data_sequence,
    **{f"chunk-{name}": chunk(name) for name in PAYLOADS},
}
