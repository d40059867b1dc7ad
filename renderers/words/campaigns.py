"""Why a campaign left a dossier as it was, or was refused it, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from renderers.catalogues import marked, say
from renderers.words.refusals import SENTENCES

# what a campaign says by itself; the rest are refusals of acts
REASONS: Mapping[str, str] = {
    "keeps_its_version": marked("It fits no line that moves it any more."),
    "moved_already": marked("It follows this version already."),
    "draft": marked("It is a draft, which follows by itself."),
    "not_newly_eligible": marked("It is not newly eligible."),
    "not_refused_any_more": marked("It was not refused any more when its turn came."),
    "no_such_message": marked("The version it follows doesn't have this message."),
    "cancelled": marked("The campaign was stopped before."),
    "anonymised": marked("It was anonymised meanwhile."),
    "guard": marked("The condition of the action doesn't hold."),
}


def reason_sentence(code: str, language: str) -> str:
    """The sentence of a code; the code itself when there is none that stands without its figures."""
    message = REASONS.get(code) or SENTENCES.get(code, "")
    return say(language, message) if message and "%(" not in message else code
