"""AMF0 and AMF3, and the RTMP messages that hold them (RFC 7425 §5)."""

import math
import struct

from reading import Reader, Refused, octets


def double(reader):
    value = struct.unpack(">d", reader.take(8))[0]
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "-0" if value == 0 and math.copysign(1, value) < 0 else value


def text(reader, count):
    try:
        return reader.take(count).decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("value") from None


class AMF3:
    """Values of AMF3 that share their tables of references."""

    def __init__(self, reader):
        self.reader, self.strings, self.traits, self.count = reader, [], [], 0

    def u29(self):
        reader, value, start = self.reader, 0, self.reader.position
        for _ in range(3):
            octet = reader.integer(1)
            value = value << 7 | octet & 0x7f
            if octet < 0x80:
                break
        else:
            value = value << 8 | reader.integer(1)
        length = reader.position - start
        if length != 1 + (value >= 1 << 7) + (value >= 1 << 14) + (value >= 1 << 21):
            reader.canonical = False
        return value

    def string(self):
        header = self.u29()
        if not header & 1:
            if header >> 1 >= len(self.strings):
                raise Refused("value")
            return self.strings[header >> 1]
        string = text(self.reader, header >> 1)
        if string in self.strings:
            self.reader.canonical = False  # An encoder refers to the first one.
        if string:
            self.strings.append(string)
        return string

    def members(self):
        members = []
        while name := self.string():
            members.append([name, self.value()])
        return members

    def value(self):
        reader = self.reader
        marker = reader.integer(1)
        simple = {0: {"undefined": True}, 1: {"null": True}, 2: {"boolean": False}, 3: {"boolean": True}}
        if marker in simple:
            return simple[marker]
        if marker == 4:
            value = self.u29()
            return {"integer": value - (1 << 29) if value >> 28 else value}
        if marker == 5:
            return {"double": double(reader)}
        if marker == 6:
            return {"string": self.string()}
        if marker > 0x11:
            raise Refused("value")
        header = self.u29()
        if not header & 1:
            if header >> 1 >= self.count:
                raise Refused("value")
            return {"reference": header >> 1}
        self.count += 1
        return self.content(marker, header >> 1)

    def content(self, marker, count):
        reader = self.reader
        if marker in (7, 11):
            return {"xmlDocument" if marker == 7 else "xml": text(reader, count)}
        if marker == 8:
            return {"date": double(reader)}
        if marker == 9:
            members = self.members()
            return {"array": self.elements(count), "associative": members}
        if marker == 10:
            return self.object(count)
        if marker == 12:
            return {"byteArray": reader.take(count).hex()}
        flag = reader.integer(1)
        if flag > 1:
            reader.canonical = False
        if marker == 17:
            self.bounded(2 * count)
            return {"dictionary": [[self.value(), self.value()] for _ in range(count)], "weak": flag != 0}
        if marker == 16:
            name = self.string()
            return {"objectVector": self.elements(count), "type": name, "fixed": flag != 0}
        self.bounded(count * (8 if marker == 15 else 4))
        name = {13: "intVector", 14: "uintVector", 15: "doubleVector"}[marker]
        read = {13: lambda: struct.unpack(">i", reader.take(4))[0], 14: lambda: reader.integer(4), 15: lambda: double(reader)}
        return {name: [read[marker]() for _ in range(count)], "fixed": flag != 0}

    def bounded(self, count):
        if count > self.reader.left:
            raise Refused("truncated")

    def elements(self, count):
        self.bounded(count)
        return [self.value() for _ in range(count)]

    def object(self, header):
        if not header & 1:
            if header >> 1 >= len(self.traits):
                raise Refused("value")
            traits = self.traits[header >> 1]
        else:
            name = self.string()
            if header & 2:
                traits = (name, None, False)
            else:
                self.bounded(header >> 3)
                traits = (name, tuple(self.string() for _ in range(header >> 3)), bool(header & 4))
            if traits in self.traits:
                self.reader.canonical = False
            self.traits.append(traits)
        name, names, is_dynamic = traits
        if names is None:
            return {"externalizable": self.reader.rest().hex(), "class": name}
        self.bounded(len(names))
        sealed = [[member, self.value()] for member in names]
        return {"object": sealed, "class": name, "dynamic": self.members() if is_dynamic else None}


class AMF0:
    """Values of AMF0 that share their table of references."""

    def __init__(self, reader):
        self.reader, self.count, self.amf3 = reader, 0, AMF3(reader)

    def string(self, length=2):
        return text(self.reader, self.reader.integer(length))

    def value(self):
        return self.content(self.reader.integer(1))

    def content(self, marker):
        reader = self.reader
        if marker == 0:
            return {"number": double(reader)}
        if marker == 1:
            octet = reader.integer(1)
            reader.canonical = reader.canonical and octet < 2
            return {"boolean": octet != 0}
        if marker == 2:
            return {"string": self.string()}
        if marker in (3, 8, 16):
            return self.object(marker)
        if marker in (5, 6, 13):
            return {{5: "null", 6: "undefined", 13: "unsupported"}[marker]: True}
        if marker == 7:
            place = reader.integer(2)
            if place >= self.count:
                raise Refused("value")
            return {"reference": place}
        if marker == 10:
            self.count += 1
            count = reader.integer(4)
            if count > reader.left:
                raise Refused("truncated")
            return {"strictArray": [self.value() for _ in range(count)]}
        if marker == 11:
            return {"date": double(reader), "timeZone": struct.unpack(">h", reader.take(2))[0]}
        if marker in (12, 15):
            string = self.string(4)
            if marker == 12 and len(string.encode()) < 1 << 16:
                reader.canonical = False
            return {"string" if marker == 12 else "xmlDocument": string}
        if marker == 17:
            return {"amf3": self.amf3.value()}
        raise Refused("value")

    def object(self, marker):
        self.count += 1
        if marker == 8:
            count = self.reader.integer(4)
            members = self.members()
            self.reader.canonical = self.reader.canonical and count == len(members)
            return {"ecmaArray": members}
        if marker == 3:
            return {"object": self.members()}
        name = self.string()
        return {"typedObject": self.members(), "class": name}

    def members(self):
        members = []
        while True:
            name, marker = self.string(), self.reader.integer(1)
            if not name and marker == 9:
                return members
            members.append([name, self.content(marker)])


def values_of(data, decoder):
    reader = Reader(data)
    decoder, values = decoder(reader), []
    while reader.left:
        values.append(decoder.value())
    return values, reader.canonical


def values(decoder):
    def check(test):
        result, canonical = values_of(octets(test["octets"]), decoder)
        return {"values": result, "canonical": canonical}
    return check


def message_of(data):
    """RFC 7425 §5.1.2: type, timestamp, payload."""
    reader = Reader(data)
    kind = reader.integer(1)
    if kind in (1, 2, 3, 5, 6):
        raise Refused("value")
    return kind, reader.integer(4), reader.rest()


def message(test):
    kind, time, payload = message_of(octets(test["message"]))
    return {"type": kind, "timestamp": time, "payload": payload.hex()}


def payload_values(payload, is_extended):
    if is_extended:
        if not payload:
            raise Refused("truncated")
        if payload[0]:
            raise Refused("value")
        payload = payload[1:]
    return values_of(payload, AMF0)[0]


def command(test):
    kind, time, payload = message_of(octets(test["message"]))
    if kind not in (17, 20):
        raise Refused("type")
    result = payload_values(payload, kind == 17)
    if not result or "string" not in result[0] or len(result) > 1 and "number" not in result[1]:
        raise Refused("type")
    return {"type": kind, "timestamp": time, "values": result}


def flow_metadata(test):
    reader = Reader(octets(test["metadata"]))
    if reader.take(2) != b"TC":
        raise Refused("value")
    flags = reader.integer(1)
    if not flags & 4:
        raise Refused("value")
    stream = reader.vlu()
    if stream >> 24:
        raise Refused("value")
    canonical = reader.canonical and flags & 0xfa == 0 and not reader.left
    return {"streamID": str(stream), "receiveIntent": flags & 1, "canonical": canonical}


def user_control(test):
    kind, time, payload = message_of(octets(test["message"]))
    reader = Reader(payload)
    event = reader.integer(2)
    parameters = [reader.integer(4) for _ in range({0: 1, 1: 1, 34: 2, 41: 2}.get(event, 0))]
    if event == 34 and parameters[1] == 0:
        raise Refused("value")
    return {"timestamp": time, "event": event, "parameters": parameters}


CHECKS = {
    "amf0": values(AMF0), "amf3": values(AMF3), "message": message, "command": command, "flow-metadata": flow_metadata,
    "user-control": user_control,
}
