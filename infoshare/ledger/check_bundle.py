#!/usr/bin/env python3
# mypy: ignore-errors
# ruff: noqa: T201, UP031, B905, RUF017
"""Checks a bundle of infoshare's decision log without infoshare: Python's standard library, nothing else, no network.

    python3 check_bundle.py [FOLDER or ZIP] [--key PUBLIC-KEY]

It decrypts what was sealed, works the hashes out again, follows them to the signed root, and checks the signature. The
formulas are in docs/seal.md. AES and Ed25519 are written out below, for reading: slow, and for checking only.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sys
import uuid
import zipfile
import zlib


class NotTrue(Exception):
    """Something in the bundle is not what it claims to be."""


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# --- AES-256 in counter mode (FIPS 197, SP 800-38D); the commitment, not GCM's tag, says that nothing was altered ---


def _double(byte):
    return ((byte << 1) ^ (0x11B if byte & 0x80 else 0)) & 0xFF


def _times(left, right):
    product = 0
    while right:
        if right & 1:
            product ^= left
        left, right = _double(left), right >> 1
    return product


def _substitute():
    box = []
    for byte in range(256):
        inverse = next((other for other in range(256) if _times(byte, other) == 1), 0) if byte else 0
        turned = inverse
        for shift in range(1, 5):
            turned ^= ((inverse << shift) | (inverse >> (8 - shift))) & 0xFF
        box.append(turned ^ 0x63)
    return box


BOX = _substitute()


def round_keys(key):
    words = [list(key[i : i + 4]) for i in range(0, 32, 4)]
    constant = 1
    for place in range(8, 60):
        word = list(words[-1])
        if place % 8 == 0:
            word = [BOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= constant
            constant = _double(constant)
        elif place % 8 == 4:
            word = [BOX[byte] for byte in word]
        words.append([a ^ b for a, b in zip(word, words[place - 8])])
    return [sum(words[i : i + 4], []) for i in range(0, 60, 4)]


def encrypt_block(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number, key in enumerate(keys[1:], 1):
        state = [BOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < 14:
            mixed = []
            for c in range(0, 16, 4):
                a = state[c : c + 4]
                mixed += [
                    _double(a[i]) ^ _double(a[(i + 1) % 4]) ^ a[(i + 1) % 4] ^ a[(i + 2) % 4] ^ a[(i + 3) % 4]
                    for i in range(4)
                ]
            state = mixed
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def decrypt(key, sealed):
    nonce, text = sealed[:12], sealed[12:-16]
    keys = round_keys(key)
    stream = b"".join(encrypt_block(keys, nonce + (n + 2).to_bytes(4, "big")) for n in range((len(text) + 15) // 16))
    return bytes(a ^ b for a, b in zip(text, stream))


# --- Ed25519 (RFC 8032) ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point(coded):
    number = int.from_bytes(coded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P:
        raise NotTrue("The key or signature is not a point of the curve.")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number, base):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, base)
        base, number = add(base, base), number >> 1
    return total


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key, text, signature):
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    left, right = multiply(scalar, BASE), add(point(signature[:32]), multiply(challenge, point(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- what a bundle says ---


def demand(true, words):
    if not true:
        raise NotTrue(words)


def checkpoint(note, public_key):
    """Size and root that `public_key` (name+id+key) signed."""
    name, number, coded = public_key.split("+", 2)
    key = base64.b64decode(coded)
    demand(key[:1] == b"\x01" and sha(name.encode(), b"\n", key)[:4].hex() == number, "The public key is damaged.")
    text, _, lines = note.partition("\n\n")
    for line in lines.splitlines():
        who, _, signature = line.removeprefix("\u2014 ").rpartition(" ")
        blob = base64.b64decode(signature)
        if who == name and blob[:4].hex() == number and signed(key[1:], text.encode() + b"\n", blob[4:]):
            origin, size, root = text.split("\n")[:3]
            demand(origin == name, "The checkpoint is of another log.")
            return int(size), base64.b64decode(root)
    raise NotTrue("The checkpoint is not signed by this key.")


def root_above(leaf, index, size, path):
    """RFC 9162, 2.1.3.2."""
    last = size - 1
    for step in path:
        demand(last > 0, "The way to the root is too long.")
        if index & 1 or index == last:
            leaf = sha(b"\x01", step, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = sha(b"\x01", leaf, step)
        index, last = index >> 1, last >> 1
    demand(last == 0, "The way to the root is too short.")
    return leaf


def whole(number):
    return number.to_bytes(8, "big")


def check_document(told, size, root):
    """What it says, if it is what the signed log committed to."""
    name, key, content = uuid.UUID(told["id"]).bytes, bytes.fromhex(told["data_key"]), base64.b64decode(told["content"])
    committed = bytes.fromhex(told["key_commitment"])
    demand(hmac.new(key, b"key-commitment/v1", "sha256").digest() == committed, "The data key is another one.")
    header = b"\x01" + name + whole(told["organisation"]) + whole(told["sealed_at"])
    header += told["kind"].encode().ljust(32, b"\0") + bytes.fromhex(told["facts"])
    commitment, entry = sha(b"\x10", header, committed, content), told["entry"]
    body = b"\x01" + uuid.UUID(entry["uid"]).bytes + whole(told["organisation"])
    body += entry["kind"].encode().ljust(16, b"\0") + name + whole(entry["at"]) + commitment
    leaf = sha(b"\x00", body, bytes.fromhex(entry["mac"]))
    demand(0 <= told["index"] < size, "The document has no place in this checkpoint.")
    path = [bytes.fromhex(step) for step in told["path"]]
    demand(root_above(leaf, told["index"], size, path) == root, "The document is not the one in the signed log.")
    try:
        return json.loads(zlib.decompress(decrypt(key, content)))
    except (zlib.error, ValueError) as error:
        raise NotTrue("The document cannot be read.") from error


def read(place):
    """File name -> bytes."""
    if place.is_dir():
        return {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def check(files, key=""):
    """The number of documents and the log's size; raises NotTrue."""
    told = json.loads(files["bundle.json"])
    demand(not key or key.strip() == told["public_key"], "The bundle was signed by another key than the one given.")
    size, root = checkpoint(told["checkpoint"], told["public_key"])
    for number, document in enumerate(told["documents"], 1):
        says = check_document(document, size, root)
        shown = json.loads(files["content-%d.json" % number])
        demand(says == shown, "content-%d.json does not say what was sealed." % number)
    return len(told["documents"]), size, told["public_key"]


def main(words):
    key = words.pop(words.index("--key") + 1) if "--key" in words[:-1] else ""
    places = [word for word in words if word != "--key"]
    try:
        documents, size, signer = check(read(pathlib.Path(places[0] if places else ".")), key)
    except NotTrue as problem:
        print("NOT TRUE: %s" % problem)
        return 1
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as problem:
        print("This bundle cannot be read: %s: %s" % (type(problem).__name__, problem))
        return 2
    print("True: %d sealed documents are what the log of %d entries committed to." % (documents, size))
    print("Signed by %s" % signer)
    if not key:
        print("Compare this key with one that you have from elsewhere.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
