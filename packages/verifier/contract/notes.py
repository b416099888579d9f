"""Canonical JSON, signed notes and Merkle trees, for verifier.py. Python 3, no library.

RFC 8785 (canonical JSON), RFC 8032 (Ed25519), RFC 6962 section 2.1 (trees), and of C2SP
signed-note, tlog-checkpoint and tlog-cosignature.
"""

import base64
import hashlib
import json
from decimal import Decimal

# Canonical JSON.


def whole(text):
    value = int(text)
    return value if abs(value) < 2**53 else float(text)


def write_number(value):
    """As ECMAScript writes a number: the shortest digits that give it back."""
    if value == 0:
        return "0"
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    sign, digits, power = Decimal(repr(value)).as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    shorn = text.rstrip("0")
    power, text = power + len(text) - len(shorn), shorn
    point = len(text) + power
    if 0 < point <= 21:
        body = text + "0" * (point - len(text)) if point >= len(text) else (
            text[:point] + "." + text[point:]
        )
    elif -6 < point <= 0:
        body = "0." + "0" * -point + text
    else:
        exponent = point - 1
        fraction = "." + text[1:] if len(text) > 1 else ""
        body = f"{text[0]}{fraction}e{'+' if exponent > 0 else '-'}{abs(exponent)}"
    return ("-" if sign else "") + body


def canonical(value):
    """RFC 8785."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, dict):
        names = sorted(value, key=in_utf16)
        return "{" + ",".join([string(n) + ":" + canonical(value[n]) for n in names]) + "}"
    if isinstance(value, list):
        return "[" + ",".join([canonical(one) for one in value]) + "]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return str(value) if isinstance(value, int) else write_number(value)


def string(text):
    return json.dumps(text, ensure_ascii=False)


def in_utf16(name):
    return name.encode("utf-16-be")


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def digest(value):
    return sha256(canonical(value))


def parsed(raw):
    """The document, in canonical form to the byte, and the digest of each of its members."""
    document = json.loads(raw.decode("utf-8"), parse_int=whole, parse_float=float)
    if not isinstance(document, dict):
        raise ValueError("it is no object")
    texts = {name: canonical(document[name]) for name in document}
    text = "{" + ",".join(f"{canonical(name)}:{texts[name]}" for name in sorted(texts)) + "}"
    if text.encode("utf-8") != raw:
        raise ValueError("it is not in canonical form")
    return document, {name: sha256(text) for name, text in texts.items()}


# Ed25519. Points are (x, y, z, t) with x = X/Z, y = Y/Z, x·y = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    w, x, y, z = f - e, d - c, d + c, f + e
    return w * x % P, y * z % P, x * y % P, w * z % P


def times(factor, point):
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = add(total, point)
        point, factor = add(point, point), factor >> 1
    return total


def point_of(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed_by(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    left = times(s, BASE)
    right = add(r, times(int.from_bytes(hashed, "little") % ORDER, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P
                or (left[1] * right[2] - right[1] * left[2]) % P)


# Signed notes.

SIGNATURE, COSIGNATURE = 1, 4


class Key:
    """A verifier key: `name+key id+base64 of type and key`."""

    def __init__(self, line):
        self.line = line
        self.name, key_id, rest = line.split("+", 2)
        raw = base64.b64decode(rest, validate=True)
        self.kind, self.public = raw[0], raw[1:]
        if len(raw) != 33 or self.kind not in (SIGNATURE, COSIGNATURE):
            raise ValueError(f"{line} is no key")
        if self.id_for(self.name).hex() != key_id:
            raise ValueError(f"{line} has the wrong key id")

    def id_for(self, name):
        return hashlib.sha256(name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def signs(self, note, name=None):
        """Whether this key signed the note, under its own name or another; or when."""
        name = name or self.name
        for line in note.lines:
            if line[0] != name or line[1][:4] != self.id_for(name):
                continue
            if self.kind == SIGNATURE:
                return signed_by(self.public, note.text.encode(), line[1][4:])
            time = int.from_bytes(line[1][4:12], "big")
            message = f"cosignature/v1\ntime {time}\n{note.text}"
            return signed_by(self.public, message.encode(), line[1][12:])
        return False


class Note:
    """A text that ends in a line feed, an empty line, and a line for each signature."""

    def __init__(self, whole):
        text, _, signatures = whole.rpartition("\n\n")
        if not text or not signatures.endswith("\n"):
            raise ValueError("it is no signed note")
        self.whole, self.text, self.lines = whole, text + "\n", []
        for line in signatures[:-1].split("\n"):
            dash, name, encoded = line.split(" ")
            if dash != "—":
                raise ValueError("a line of the note is no signature")
            self.lines.append((name, base64.b64decode(encoded, validate=True)))


# Merkle trees.


def leaf_hash(raw):
    return hashlib.sha256(b"\0" + raw).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(tree_root(leaves[:split]), tree_root(leaves[split:]))


def consistency_proof(leaves, size, whole=True):
    """RFC 6962, 2.1.2: SUBPROOF(size, leaves, whole)."""
    if size == len(leaves):
        return [] if whole else [tree_root(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if size <= split:
        return consistency_proof(leaves[:split], size, whole) + [tree_root(leaves[split:])]
    return consistency_proof(leaves[split:], size - split, False) + [tree_root(leaves[:split])]


# RFC 3161: which digest a timestamp was made for, in DER.


def children(der):
    found, at = [], 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length > 127:
            count = length & 127
            length, at = int.from_bytes(der[at : at + count], "big"), at + count
        if at + length > len(der):
            raise ValueError("the timestamp is cut short")
        found.append((tag, der[at : at + length]))
        at += length
    return found


def imprint_of(der):
    """Of a TimeStampResp or a bare TimeStampToken: the message imprint, a SHA-256."""
    outer = children(children(der)[0][1])
    token = children(outer[1][1]) if outer[0][0] == 0x30 else outer
    signed_data = children(children(token[1][1])[0][1])
    content = children(signed_data[2][1])[1][1]
    info = children(children(children(content)[0][1])[0][1])
    algorithm, imprint = children(info[2][1])
    if children(algorithm[1])[0][1].hex() != "608648016503040201":
        raise ValueError("the timestamp is of another kind of digest")
    return imprint[1]


def timestamped(note):
    """What a timestamp is made for: the note with its first signature line alone."""
    text, _, signatures = note.rpartition("\n\n")
    return hashlib.sha256(f"{text}\n\n{signatures.split(chr(10))[0]}\n".encode()).digest()
