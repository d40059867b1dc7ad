"""What a job of the worker is for, and why it failed, in words an administrator reads."""

from __future__ import annotations

import re
from collections.abc import Mapping

from renderers.catalogues import marked, say

KINDS: Mapping[str, str] = {
    "mail": marked("A mail to the applicant"),
    "letter": marked("A letter, as a PDF"),
    "receipt": marked("A proof of deposit, as a PDF"),
    "resume_link": marked("A link to go on with a draft, by mail"),
    "link": marked("A sign-in link, by mail"),
    "password": marked("A link to choose a password, by mail"),
    "party_link": marked("An invitation to a party, by mail"),
    "signature_code": marked("A signature code, by mail"),
    "opinion_link": marked("A mail to who is asked for an opinion"),
    "platform": marked("A mail of the house (message, reminder, warning)"),
    "erase": marked("Erasing documents"),
    "scan": marked("Looking for viruses in a document"),
    "anonymise": marked("Anonymising a dossier"),
    "deadline": marked("A deadline that has come"),
    "look_up": marked("Asking a source outside"),
    "campaign": marked("A batch or a campaign over many dossiers"),
    "list_paper": marked("A list of decisions, as a PDF"),
    "promote": marked("Calling dossiers from a waiting list"),
    "bank_file": marked("Noting what the bank answered, payment by payment"),
    "figures": marked("The figures of a scheme, by mail"),
    "pay_batch": marked("Noting a batch of payments as paid"),
    "export": marked("Making the file of an export"),
    "export_over": marked("Erasing the file of an export"),
}
OTHER = marked("Work of another sort (%(kind)s)")
# what an error begins with or holds → what it means, and what to do
ERRORS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"^waits for ", marked("What it waits for was given up: try that one again, this one follows.")),
        (r"no address to write to", marked("There is no address to write to.")),
        (
            r"letter that goes with",
            marked("The letter that goes with this mail is gone: make it again, or write to the applicant."),
        ),
        (
            r"refused|recipient|mailbox|\b55\d\b",
            marked("The mail server refuses this address or this mail: correct the address, then try again."),
        ),
        (
            r"timed? ?out|timeout|unreachable|connection|name or service|disconnected|gaierror|answer",
            marked(
                "The other side doesn't answer: see that the server or the network is there, then try again."
            ),
        ),
        (r"locked|deadlock|operationalerror", marked("The database was busy or away: try again.")),
        (
            r"missing|nosuchkey|not there any more|filenotfound",
            marked("A stored file is missing: look at the store and its backups."),
        ),
        (r"no space|disk", marked("The disk is full: make room, then try again.")),
        (r"glyph|font|paper took|typst", marked("The PDF couldn't be made: look at the text or the fonts.")),
        (r"^nobody here knows", marked("This worker is of an older release: update it.")),
    )
)
UNKNOWN = marked(
    "It failed for a reason this page has no words for: see the line below, and the worker's log."
)
NOBODY_CAME = marked("No worker has taken it up: see that one is running.")


def kind_words(kind: str, language: str) -> str:
    """What a kind of job is for."""
    return say(language, KINDS[kind]) if kind in KINDS else say(language, OTHER, {"kind": kind})


def error_words(error: str, language: str) -> str:
    """What an error means and what to do about it; a job without one was never taken up."""
    if not error:
        return say(language, NOBODY_CAME)
    found = next((words for pattern, words in ERRORS if pattern.search(error)), UNKNOWN)
    return say(language, found)
