"""Verifies certificates of Nunba with nothing but Python's standard library.

Reads a JSON list of certificates from standard input; prints a JSON list with, for each, the SHA-256 of the bytes that
json.dumps(sort_keys=True, separators=(',', ':')) gives for what was signed, and whether the parent's signature over
them holds by RFC 8032, section 5.1.7. Slow; for tests alone.
"""

import hashlib
import json
import sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(a, b):
    """Extended coordinates, RFC 8032, section 5.1.4."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % P, k * m % P, j * k % P, i * m % P)


def times(scalar, point):
    result = NEUTRAL
    while scalar > 0:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def is_same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decode(text):
    """The point of 32 bytes, or None."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verify(public_key, message, signature):
    key, r = decode(public_key), decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    return is_same(times(s, BASE), add(r, times(k, key)))


def judge(certificate):
    body = {name: value for name, value in certificate.items() if name != "parent_signature"}
    signed = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    key, signature = (bytes.fromhex(certificate[name]) for name in ("parent_public_key", "parent_signature"))
    return {"sha256": hashlib.sha256(signed).hexdigest(), "valid": verify(key, signed, signature)}


print(json.dumps([judge(certificate) for certificate in json.load(sys.stdin)]))
