"""The addresses of who treats which dossier, and of what is put beside one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkLinks:
    """Addresses under a base, as Links."""

    base_url: str = ""

    def _to(self, *parts: str) -> str:
        return "/".join((self.base_url.rstrip("/"), "bureau", *parts))

    def take_next(self, slug: str) -> str:
        """Where the next dossier of the queue is taken."""
        return self._to(slug, "suivant")

    def team(self, slug: str) -> str:
        """The team of a scheme: loads, groups, absences."""
        return self._to(slug, "equipe")

    def share_out(self, slug: str) -> str:
        """Where dossiers are shared out again."""
        return self._to(slug, "equipe", "repartition")

    def agent_groups(self, slug: str, account: str) -> str:
        """Where the groups of an agent are set."""
        return self._to(slug, "equipe", account, "groupes")

    def absences(self, slug: str, account: str) -> str:
        """Where an absence of an agent is entered."""
        return self._to(slug, "equipe", account, "absences")

    def end_absence(self, slug: str, account: str, absence: int) -> str:
        """Where an absence is taken out."""
        return self._to(slug, "equipe", account, "absences", str(absence), "retirer")

    def hand_over(self, slug: str, public_id: str) -> str:
        """Where a dossier is given to somebody, or put back in the queue."""
        return self._to(slug, public_id, "attribution")

    def ask_opinion(self, slug: str, public_id: str, kind: str) -> str:
        """Where somebody outside is asked for an opinion."""
        return self._to(slug, public_id, "avis", kind)

    def call_off_opinion(self, slug: str, public_id: str, opinion_id: str) -> str:
        """Where an opinion is called off, or taken as final."""
        return self._to(slug, public_id, "avis", opinion_id, "clore")

    def correction(self, slug: str, public_id: str, field: str) -> str:
        """Where the correction of an answer is posted."""
        return self._to(slug, public_id, "corrections", field)

    def tags(self, slug: str, public_id: str) -> str:
        """Where a tag is put on a dossier."""
        return self._to(slug, public_id, "etiquettes")

    def untag(self, slug: str, public_id: str) -> str:
        """Where a tag is taken off."""
        return self._to(slug, public_id, "etiquettes", "retirer")
