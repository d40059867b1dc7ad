"""The vault: what is sensitive is sealed (AES-256-GCM), found again by blind index (HMAC), and signed (Ed25519)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dossiers.outside import keys

FORMAT = b"\x01"
NONCE = 12  # bytes, drawn at random: safe for 2^32 sealings under one key


class Tampered(Exception):
    """Sealed bytes that don't open: altered, moved to another place, or sealed under another key."""


class Vault:
    """Seals and signs with keys derived from the site's own."""

    def __init__(self, master: bytes) -> None:
        self._seal = AESGCM(keys.derive(master, "seal"))
        self._index = keys.derive(master, "index")
        self._signature = Ed25519PrivateKey.from_private_bytes(keys.derive(master, "sign"))
        self._web = keys.derive(master, "web")

    @classmethod
    def open_at(cls, path: Path) -> Vault:
        """The vault of a site, its key made at the first start. Raises keys.KeysError."""
        return cls(keys.load_or_make(path))

    def seal(self, content: bytes, context: str) -> bytes:
        """Encrypt. `context` (what the bytes belong to) must be the same to open them; it is not kept in them."""
        nonce = secrets.token_bytes(NONCE)
        return FORMAT + nonce + self._seal.encrypt(nonce, content, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` gave for this context. Raises Tampered."""
        nonce, secret = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        if sealed[:1] != FORMAT or len(nonce) < NONCE:
            raise Tampered(context)
        try:
            return self._seal.decrypt(nonce, secret, context.encode())
        except InvalidTag as error:
            raise Tampered(context) from error

    def blind_index(self, text: str) -> str:
        """A keyed digest: the same text gives the same one, and without the key nobody can try texts out."""
        return hmac.new(self._index, text.encode(), hashlib.sha256).hexdigest()

    def sign(self, content: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._signature.sign(content)

    def is_signed(self, content: bytes, signature: bytes) -> bool:
        """Whether this is our signature of these bytes."""
        try:
            self._signature.public_key().verify(signature, content)
        except InvalidSignature:
            return False
        return True

    def public_key(self) -> bytes:
        """The raw Ed25519 public key (32 bytes), for who checks signatures elsewhere."""
        return self._signature.public_key().public_bytes_raw()

    def web_key(self) -> bytes:
        """The key the web application signs its cookies with."""
        return self._web
