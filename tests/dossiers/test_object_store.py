"""Documents in an S3-compatible bucket: sealed before they leave, there whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers.outside.object_store import ObjectStore, open_bucket
from dossiers.outside.store import Missing
from dossiers.outside.vault import Tampered, Vault
from tests.fixtures.s3 import bucket

SECRET = b"%PDF synthetic"


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "invented")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented")
    with bucket() as (address, held):
        yield ObjectStore(open_bucket("s3://papers/site", address, "local"), Vault(b"k" * 32)), held


def test_a_content_comes_back_and_goes(served):
    store, _ = served
    key = store.put(SECRET)
    assert store.get(key) == SECRET
    store.remove(key)
    store.remove(key)
    with pytest.raises(Missing):
        store.get(key)


def test_nothing_in_the_bucket_can_be_read_without_the_vault(served):
    store, held = served
    key = store.put(SECRET)
    [(path, sealed)] = held.items()
    assert path == f"papers/site/{key[:2]}/{key}"
    assert SECRET not in sealed
    held[path] = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(Tampered):
        store.get(key)


def test_a_paper_made_again_takes_its_own_place(served):
    store, held = served
    for content in (b"first", b"second"):
        assert store.put(content, "paper-" + "a" * 40) == "paper-" + "a" * 40
    assert (len(held), store.get("paper-" + "a" * 40)) == (1, b"second")


def test_the_keys_of_what_is_old_are_listed(served):
    store, held = served
    key = store.put(SECRET)
    held["papers/site/zz/README"] = b"not ours"
    assert list(store.keys(timedelta(days=1))) == [key]


@pytest.mark.parametrize("key", ["../keys.json", "a", "", "A" * 32])
def test_no_key_leads_out_of_the_folder(served, key):
    store, _ = served
    with pytest.raises(ValueError, match="is no key"):
        store.get(key)


def test_an_address_that_is_no_bucket_is_told():
    with pytest.raises(ValueError, match="is no bucket"):
        open_bucket("papers", None, "local")
