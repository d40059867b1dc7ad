"""A site with the small grant of the services' tests, on both databases, and a worker to do its work."""

import email
from email import policy
from pathlib import Path

import pytest

from dossiers.services import applications, files, tracking
from dossiers.services.desk import Desk
from dossiers.services.files import Upload
from dossiers.worker import Worker
from tests.dossiers.services.conftest import Site, small_office
from tests.fixtures.sent import pdf


@pytest.fixture
def filling(request):
    """Whoever asks for the site finds the grant published."""
    return small_office if "site" in request.fixturenames else None


@pytest.fixture
def site(office, clock, stock):
    """The small grant published, and one member of staff for each role."""
    return Site(Desk(office), clock, dict(stock.given))


@pytest.fixture
def worker(office):
    """A worker moved by hand."""
    return Worker(office)


@pytest.fixture
def outbox(office):
    """The mails in the outbox folder, as (to, subject, plain text, names of what is attached), by subject."""

    def read():
        folder: Path = office.settings.outbox
        if not folder.exists():
            return []
        return sorted(_told(path) for path in folder.glob("*.eml"))

    return read


def _told(path: Path) -> tuple[str, str, str, tuple[str, ...]]:
    found = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    attached = tuple(part.get_filename() for part in found.iter_attachments())
    text = found.get_body(("plain",)).get_content().replace("\r\n", "\n")
    return (found["To"], found["Subject"], text, attached)


def lodged(site, number):
    """A dossier with two files, given up by its applicant."""
    email = f"{('old', 'young')[number]}-{number}@fictif.example"
    viewer, public_id = site.begin(email)
    site.save(viewer, public_id, "you", income="1 200", asked=["income"])
    site.save(viewer, public_id, "you", tenant="yes", asked=["tenant"])
    papers = [Upload(f"{one}.pdf", pdf(one)) for one in ("a", "b")]
    site.act(files.add, viewer, public_id, "lease", uploads=papers)
    site.fill(viewer, public_id, siret=site.siret(number), income="1 200")
    site.act(applications.submit, viewer, public_id)
    site.act(tracking.act, viewer, public_id, "withdraw")
    return public_id
