"""The store of documents in an S3-compatible bucket (extra `s3`): what leaves this machine is sealed by our own vault."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from dossiers.outside.store import KEY, Missing
from dossiers.outside.vault import Vault


class ObjectStore:
    """Sealed contents in a bucket, each bound to its own key, as LocalStore keeps them in a folder.

    A content is there whole or not at all, so nothing is left to tidy.
    """

    def __init__(self, bucket: Any, vault: Vault) -> None:
        """`bucket` is a store of obstore."""
        self._bucket = bucket
        self._vault = vault

    def put(self, content: bytes, key: str | None = None) -> str:
        """Keep a content, in the bucket when this returns; one under a fresh key never replaces another."""
        import obstore

        mode: Literal["create", "overwrite"] = "create" if key is None else "overwrite"
        key = key or secrets.token_hex(16)
        obstore.put(self._bucket, _path(key), self._vault.seal(content, f"file:{key}"), mode=mode)
        return key

    def get(self, key: str) -> bytes:
        """The content under a key. Raises Missing, and vault.Tampered when it was altered."""
        import obstore

        try:
            sealed = bytes(obstore.get(self._bucket, _path(key)).bytes())
        except FileNotFoundError as error:
            raise Missing(key) from error
        return self._vault.open(sealed, f"file:{key}")

    def remove(self, key: str) -> None:
        """Delete a content; one that is gone already is no error."""
        import obstore

        try:
            obstore.delete(self._bucket, _path(key))
        except FileNotFoundError:
            return

    def keys(self, age: timedelta) -> Iterator[str]:
        """The keys of what has been there for longer than `age`, by the bucket's clock."""
        import obstore

        latest = datetime.now(UTC) - age
        for batch in obstore.list(self._bucket):
            for one in batch:
                name = str(one["path"]).rpartition("/")[2]
                if KEY.fullmatch(name) and one["last_modified"] < latest:
                    yield name

    def tidy(self, age: timedelta) -> None:
        """Nothing: a content half written never shows in a bucket."""


def open_bucket(address: str, endpoint: str | None, region: str) -> Any:
    """The bucket at `s3://name/prefix`; who may open it is said by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.

    Raises ImportError without the extra, ValueError for an address that can't be understood.
    """
    from obstore.store import S3Store

    if not address.startswith("s3://"):
        raise ValueError(f"{address!r} is no bucket; write s3://name or s3://name/folder")
    options: dict[str, Any] = {"region": region}
    if endpoint is not None:
        options |= {"endpoint": endpoint, "client_options": {"allow_http": endpoint.startswith("http:")}}
    return S3Store.from_url(address, **options)


def _path(key: str) -> str:
    """Never outside the bucket's folder: a key has no dot and no slash."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of the store")
    return f"{key[:2]}/{key}"
