"""Reading octets: what every decoder of this example stands on."""


class Refused(Exception):
    """The input is not what it should be; `error` is one of the classes of vectors/README.md."""

    def __init__(self, error):
        super().__init__(error)
        self.error = error


class Reader:
    """Reads fields one after the other; `canonical` becomes False where an encoder would have written something else."""

    def __init__(self, octets):
        self.octets = octets
        self.position = 0
        self.canonical = True

    @property
    def left(self):
        return len(self.octets) - self.position

    def take(self, count):
        if count > self.left:
            raise Refused("truncated")
        self.position += count
        return self.octets[self.position - count:self.position]

    def rest(self):
        return self.take(self.left)

    def integer(self, count):
        return int.from_bytes(self.take(count), "big")

    def vlu(self):
        """RFC 7016 §2.1.2: seven bits an octet, the high bit says that another one follows."""
        value, start = 0, self.position
        while True:
            octet = self.integer(1)
            value = value << 7 | octet & 0x7f
            if value >> 64:
                raise Refused("overflow")
            if octet < 0x80:
                break
        if self.position - start > 1 and self.octets[start] == 0x80:
            self.canonical = False
        return value

    def counted(self):
        return self.take(self.vlu())

    def option(self):
        """RFC 7016 §2.1.3: the type and the value, or None for a Marker."""
        inside = Reader(self.counted())
        if not inside.octets:
            return None
        option = {"type": str(inside.vlu()), "value": inside.rest().hex()}
        self.canonical = self.canonical and inside.canonical
        return option

    def option_list(self):
        """RFC 7016 §2.1.4: options up to a Marker."""
        options = []
        while (option := self.option()) is not None:
            options.append(option)
        return options


def octets(text):
    return bytes.fromhex(text)


def options(octets):
    """Options up to the end, Markers among them."""
    reader, result = Reader(octets), []
    while reader.left:
        result.append(reader.option())
    return result
