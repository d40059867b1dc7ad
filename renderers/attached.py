"""Files that go with a message or answer a request by name: what they may be, and what is wrong with one, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.language.model import Field, Text
from engine.problems import AnswerProblem
from renderers.words import problem_sentence

MOST = 5  # beside one message, or for one point
FORMATS = ("pdf", "jpeg", "png", "heic", "docx", "odt")
ANY_FILE = Field("attachment", "file", Text({}), options={"at_most": MOST, "accept": list(FORMATS)})


class Wrong(Protocol):
    """What can't be taken, and why."""

    @property
    def problems(self) -> Sequence[AnswerProblem]: ...


def file_problems(wrong: Wrong, language: str) -> str:
    """What is wrong with the files sent, a sentence each."""
    said = (problem_sentence(one, ANY_FILE, language, labelled=False) for one in wrong.problems)
    return " ".join(dict.fromkeys(said))
