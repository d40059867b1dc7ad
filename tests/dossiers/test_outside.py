"""Keys, sealed answers, stored documents, the outbox folder: there whole, once, and for the right eyes only."""

import stat
import threading

import pytest

from dossiers.outside import durable, keys
from dossiers.outside.post import OutboxFolder, Parcel, SmtpServer, file_name
from dossiers.outside.scanner import NoScanner
from dossiers.outside.store import LocalStore, Missing
from dossiers.outside.vault import Tampered, Vault

IBAN = "FR7630006000011234567890189"  # synthetic


@pytest.fixture
def vault(tmp_path):
    return Vault.open_at(tmp_path / "keys.json")


@pytest.fixture
def store(tmp_path, vault):
    return LocalStore(tmp_path / "files", vault)


def test_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "keys.json"
    first = keys.load_or_make(path)
    assert keys.load_or_make(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["keys.json"]


def test_processes_started_together_share_one_key(tmp_path):
    path, found, ready = tmp_path / "keys.json", [], threading.Barrier(8)

    def run():
        ready.wait()
        found.append(keys.load_or_make(path))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize("content", ["", "{}", '{"master": "xyz"}', '{"master": 7}'])
def test_damaged_key_is_never_replaced(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(keys.KeysError, match=r"is damaged: restore it from a backup"):
        keys.load_or_make(path)
    assert path.read_text() == content


def test_sealed_answer_opens_only_in_its_place(vault):
    sealed = vault.seal(IBAN.encode(), "filing:a:1")
    assert vault.open(sealed, "filing:a:1") == IBAN.encode()
    assert IBAN.encode() not in sealed
    with pytest.raises(Tampered):
        vault.open(sealed, "filing:b:1")


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s[:-1] + b"x", lambda s: b"\x02" + s[1:], lambda s: b""]
)
def test_altered_seal_never_opens(vault, change):
    with pytest.raises(Tampered):
        vault.open(change(vault.seal(b"secret", "a")), "a")


def test_same_answer_is_never_sealed_alike(vault):
    assert vault.seal(b"a", "x") != vault.seal(b"a", "x")


def test_blind_index_needs_the_key(vault):
    assert vault.blind_index(IBAN) == vault.blind_index(IBAN)
    assert vault.blind_index(IBAN) != Vault(b"\0" * 32).blind_index(IBAN)


def test_signature_is_checked(vault):
    signature = vault.sign(b"seal 1")
    assert vault.is_signed(b"seal 1", signature)
    assert not vault.is_signed(b"seal 2", signature)
    assert not Vault(b"\0" * 32).is_signed(b"seal 1", signature)


def test_document_comes_back_and_is_encrypted(tmp_path, store):
    key = store.put(b"%PDF synthetic")
    [path] = [one for one in (tmp_path / "files").rglob("*") if one.is_file()]
    assert store.get(key) == b"%PDF synthetic"
    assert b"PDF" not in path.read_bytes()


def test_document_in_another_place_is_refused(tmp_path, store):
    first, second = store.put(b"one"), store.put(b"two")
    folder = tmp_path / "files"
    (folder / second[:2] / second).write_bytes((folder / first[:2] / first).read_bytes())
    with pytest.raises(Tampered):
        store.get(second)


def test_removed_document_is_gone_and_may_be_again(store):
    key = store.put(b"one")
    store.remove(key)
    store.remove(key)
    with pytest.raises(Missing):
        store.get(key)


def test_document_under_a_given_key_is_replaced(store):
    key = "paper-0123456789abcdef"
    assert store.put(b"one", key) == store.put(b"two", key) == key
    assert store.get(key) == b"two"


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "a", "ABCDEFGHIJKLMNOPQRST", "..", ""])
def test_store_never_leaves_its_folder(store, key):
    with pytest.raises(ValueError, match="is no key of the store"):
        store.get(key)


def test_mail_is_in_the_outbox_once(tmp_path):
    outbox = OutboxFolder(tmp_path / "outbox")
    for content in (b"first", b"second"):
        outbox.send(Parcel("mail:accepted:x:3", "a@office.example", "b@fictif.example", content))
    [path] = (tmp_path / "outbox").iterdir()
    assert path.name.startswith("mail-accepted-x-3.")
    assert path.suffix == ".eml"
    assert path.read_bytes() == b"first"


def test_rivals_write_one_file(tmp_path):
    path, wrote, ready = tmp_path / "a.eml", [], threading.Barrier(8)

    def run(number):
        ready.wait()
        wrote.append(durable.create_once(path, b"%d" % number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wrote) == [False] * 7 + [True]
    assert [one.name for one in tmp_path.iterdir()] == ["a.eml"]


@pytest.mark.parametrize("key", ["../../x", "a/b", "a" * 300, "été", "a:b"])
def test_outbox_file_of_any_key_is_a_plain_name(key):
    name = file_name(key)
    assert "/" not in name
    assert len(name) < 110
    assert name != file_name(key + " ")


@pytest.mark.parametrize("url", ["http://host", "smtp:", "host:25", ""])
def test_address_of_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="write smtp://host:587"):
        SmtpServer(url)


def test_null_scanner_never_says_clean():
    assert (NoScanner().first_state, NoScanner().scan(b"anything")) == ("unscanned", "unscanned")
