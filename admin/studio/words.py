"""What the editor's script says, in the viewer's language: its own sentences, and those of CodeMirror."""

from __future__ import annotations

from collections.abc import Mapping

from renderers.catalogues import marked, say

WORDS: Mapping[str, str] = {
    "problems": marked("Errors: %(errors)s, warnings: %(warnings)s"),
    "none": marked("No problem found"),
    "checking": marked("checking…"),
    "deep": marked("every check done, proofs included"),
    "quick": marked("first checks done, the proofs are coming…"),
    "replace": marked("Replace by “%(word)s”"),
    "line": marked("%(file)s, line %(line)s"),
    "error": marked("Error"),
    "warning": marked("Warning"),
    "unsaved": marked("Not saved yet"),
    "away": marked(
        "The server doesn't answer: your text is still here. Check the connection, then save again."
    ),
    "signed_out": marked(
        "Your session is over. Your text is still here: sign in again in another tab, then save."
    ),
    "type": marked("Type of the expression: %(type)s"),
    "field": marked("field"),
    "total": marked("total"),
    "parameter": marked("figure"),
    "computed": marked("computed value"),
    "state": marked("state"),
    "action": marked("action"),
    "role": marked("role"),
    "rule": marked("rule"),
    "text": marked("text"),
    "list": marked("list"),
    "shared": marked("shared file"),
    "label": marked("Text of the file %(file)s"),
}
PHRASES: Mapping[str, str] = {
    "Completions": marked("Completions"),
    "Diagnostics": marked("Problems"),
    "No diagnostics": marked("No problem found"),
    "Find": marked("Find"),
    "Replace": marked("Replace"),
    "next": marked("next"),
    "previous": marked("previous"),
    "all": marked("all"),
    "match case": marked("match case"),
    "by word": marked("whole words"),
    "regexp": marked("pattern"),
    "replace": marked("replace"),
    "replace all": marked("replace all"),
    "close": marked("close"),
    "Go to line": marked("Go to line"),
    "go": marked("go"),
    "Fold line": marked("Fold line"),
    "Unfold line": marked("Unfold line"),
    "folded code": marked("folded lines"),
    "unfold": marked("unfold"),
    "Control character": marked("Invisible sign"),
}


def editor_words(language: str) -> Mapping[str, object]:
    """The sentences by name; those of CodeMirror by its own English under `phrases`."""
    own = {name: say(language, text) for name, text in WORDS.items()}
    return {**own, "phrases": {english: say(language, text) for english, text in PHRASES.items()}}
