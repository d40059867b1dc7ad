"""Effects: what leaves the building, each kind of job with its runner. Runners may be run twice and act once."""

from __future__ import annotations

from collections.abc import Mapping

from dossiers.effects import (
    anonymisation,
    bank_file,
    campaign,
    deadline,
    erasure,
    export,
    figures,
    letter,
    links,
    list_paper,
    look_up,
    mail,
    opinion_link,
    payment_batch,
    platform,
    promotion,
    receipt,
    scan,
)
from dossiers.effects.outcome import Done, GiveUp, GoesOn, Outcome, Retry, Runner

__all__ = ["RUNNERS", "Done", "GiveUp", "GoesOn", "Outcome", "Retry", "Runner"]

RUNNERS: Mapping[str, Runner] = {
    "mail": mail.run,
    "letter": letter.run,
    "receipt": receipt.run,
    "resume_link": links.run_resume,
    "link": links.run,
    "password": links.run_password,
    "party_link": links.run_party,
    "signature_code": links.run_code,
    "opinion_link": opinion_link.run,
    "platform": platform.run,
    "erase": erasure.run,
    "scan": scan.run,
    "anonymise": anonymisation.run,
    "deadline": deadline.run,
    "look_up": look_up.run,
    "campaign": campaign.run,
    "list_paper": list_paper.run,
    "promote": promotion.run,
    "pay_batch": payment_batch.run,
    "bank_file": bank_file.run,
    "export": export.run,
    "export_over": export.run_over,
    "figures": figures.run,
}
