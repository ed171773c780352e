"""Diffie-Hellman keys of RFC 7425 §4.6.2, in the groups of RFC 2409 and RFC 3526: their primes follow from pi."""

from reading import Refused, octets

# Bits of the prime, and the number that RFC 2409 §6 and RFC 3526 add to the digits of pi.
GROUPS = {1: (768, 149686), 2: (1024, 129093), 5: (1536, 741804), 14: (2048, 124476), 15: (3072, 1690314), 16: (4096, 240904)}


def pi_times(power):
    """The integer part of 2^power pi, by Machin's formula."""
    one = 1 << (power + 64)

    def arctangent_of_inverse(number):
        term, total, divisor = one // number, 0, 1
        while term:
            total += term // divisor if divisor % 4 == 1 else -(term // divisor)
            term, divisor = term // (number * number), divisor + 2
        return total

    return 4 * (4 * arctangent_of_inverse(5) - arctangent_of_inverse(239)) >> 64


PRIMES = {
    group: (1 << bits) - (1 << bits - 64) - 1 + ((pi_times(bits - 130) + addend) << 64)
    for group, (bits, addend) in GROUPS.items()
}


def shortest(integer):
    return integer.to_bytes((integer.bit_length() + 7) // 8, "big").hex()


def number(text):
    return int.from_bytes(octets(text), "big")


def diffie_hellman(test):
    prime = PRIMES[test["group"]]
    return {"sharedSecret": shortest(pow(number(test["publicKey"]), number(test["privateKey"]), prime))}


def public_key(test):
    return {"publicKey": shortest(pow(2, number(test["privateKey"]), PRIMES[test["group"]]))}


def key_check(test):
    key, prime = number(test["publicKey"]), PRIMES[test["group"]]
    ones = key.bit_count()
    zeros = key.bit_length() - ones
    if key < 1 << 24 or key > prime - (1 << 24) or ones < 16 or zeros < 16:
        raise Refused("value")


def integer(test):
    return {"octets": shortest(int(test["integer"]))}


CHECKS = {
    "diffie-hellman": diffie_hellman, "diffie-hellman-public-key": public_key, "diffie-hellman-key-check": key_check,
    "diffie-hellman-integer": integer,
}
