"""Which answers are kept in clear, and which are sealed by the vault: a field the scheme calls sensitive, or a repeat
that holds one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dossiers.outside.vault import Vault
from engine.asked.kept import Kept
from engine.kinds import Json
from engine.language import Scheme


def _sensitive(scheme: Scheme) -> frozenset[str]:
    return frozenset(field.id for field in scheme.fields.values() if field.is_secret)


sensitive_ids: Kept[frozenset[str]] = Kept(
    _sensitive
)  # the top-level fields of a scheme whose answers are sealed


def seal_answers(
    vault: Vault, scheme: Scheme, answers: Mapping[str, Json], context: str
) -> tuple[dict[str, Json], bytes | None]:
    """Answers as they are kept: in clear, and sealed (None when there is nothing to seal).

    `context` is bound to the seal: sealed bytes moved to another dossier don't open.
    """
    secret_ids = sensitive_ids(scheme)
    secret = {id: answer for id, answer in answers.items() if id in secret_ids}
    plain = {id: answer for id, answer in answers.items() if id not in secret_ids}
    if not secret:
        return plain, None
    return plain, vault.seal(json.dumps(secret).encode(), context)


def open_answers(
    vault: Vault, plain: Mapping[str, Any], sealed: bytes | None, context: str
) -> dict[str, Json]:
    """All the answers of a draft or a filing, the sealed ones opened."""
    if sealed is None:
        return dict(plain)
    return {**plain, **json.loads(vault.open(sealed, context))}
