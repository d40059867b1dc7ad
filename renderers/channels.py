"""How an application typed by an agent reached the office, in words."""

from __future__ import annotations

from collections.abc import Mapping

from renderers.catalogues import marked, say

CHANNELS: Mapping[str, str] = {
    "phone": marked("by telephone"),
    "paper": marked("on paper"),
    "counter": marked("at the counter"),
}


def channel_words(channel: str | None, language: str) -> str:
    """`by telephone`; "" for an application its applicant typed."""
    return say(language, CHANNELS[channel]) if channel and channel in CHANNELS else ""
