"""Files that no document knows go, once they are a day old; those of a document never do."""

import os
import time

import pytest

from dossiers.services import files, orphans
from dossiers.services.files import Upload
from tests.dossiers.effects.conftest import lodged
from tests.fixtures.sent import PDF

DAY = 24 * 3600


def stored(office):
    return {path.name for path in office.settings.files.rglob("*") if path.is_file()}


def age(office, seconds, *names):
    """Make files of the store as old as that: all of them when none is named."""
    for path in office.settings.files.rglob("*"):
        if path.is_file() and (not names or path.name in names):
            os.utime(path, (time.time() - seconds,) * 2)


def test_what_nobody_knows_goes_after_a_day(site, office):
    lodged(site, 0)
    known = stored(office)
    left, fresh = office.store.put(b"left by who died"), office.store.put(b"being sent now")
    half = office.settings.files / "ab" / ".draft-abcdef0123456789.0123456789abcdef"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    age(office, DAY + 60)
    age(office, 60, fresh)
    assert orphans.find(office) == orphans.Orphans((left,), len(known))
    assert stored(office) == {*known, left, fresh, half.name}
    assert orphans.sweep(office) == 1
    assert stored(office) == {*known, fresh}


def test_document_erased_but_not_yet_deleted_is_an_orphan(site, office):
    lodged(site, 0)
    viewer, public_id = site.begin("bea@fictif.example")
    site.save(viewer, public_id, "you", income="1 200", asked=["income"])
    site.save(viewer, public_id, "you", tenant="yes", asked=["tenant"])
    view = site.act(files.add, viewer, public_id, "lease", uploads=[Upload("c.pdf", PDF)]).view
    site.act(files.remove, viewer, public_id, view.documents["lease"][0].public_id)
    age(office, DAY + 60)
    assert orphans.sweep(office) == 1
    assert len(stored(office)) == 2


def test_store_of_another_database_is_left_alone(site, office):
    for number in range(3):
        office.store.put(f"of another site {number}".encode())
    age(office, DAY + 60)
    with pytest.raises(orphans.TooMany) as error:
        orphans.sweep(office)
    assert (error.value.count, error.value.known) == (3, 0)
    assert len(stored(office)) == 3
    assert orphans.sweep(office, even_if_many=True) == 3
    assert stored(office) == set()
