"""What mails must not print: answers marked as sensitive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.language.loader.loading import Loading
from engine.language.model import Scheme
from engine.problems import Place, Problem

_PRINTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def check_mails(load: Loading, scheme: Scheme) -> None:
    """Warn where the text of a mail names a sensitive field."""
    sensitive = {field.id for field in scheme.fields.values() if field.sensitive}
    mails = {
        effect.name
        for action in scheme.workflow.actions.values()
        for effect in action.effects
        if effect.kind == "mail"
    }
    for name in sorted(mails & scheme.texts.keys()):
        for language, text in scheme.texts[name].items():
            file = load.bundle.name_of(f"texts/{name}.{language}.md")
            for field, index in _named(text, sensitive):
                place = Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
                load.problems.append(
                    Problem("sensitive_in_mail", {"field": field}, place, severity="warning")
                )


def _named(text: str, names: set[str]) -> Iterator[tuple[str, int]]:
    """Each name said inside `{{ … }}`, with its offset."""
    for printed in _PRINTED.finditer(text):
        for word in re.finditer(r"[a-z][a-z0-9_]*", printed[0]):
            if word[0] in names:
                yield word[0], printed.start() + word.start()
