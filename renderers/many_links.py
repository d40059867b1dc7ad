"""The addresses of what is done on many dossiers at once, and of the money of a scheme."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from renderers.work_links import WorkLinks


@dataclass(frozen=True, slots=True)
class ManyLinks(WorkLinks):
    """Addresses under a base, as Links."""

    def campaign(self, slug: str, public_id: str) -> str:
        """How far a campaign is; stopping it is posted here too."""
        return self._to("dispositifs", slug, "campagnes", public_id)

    def envelopes(self, slug: str) -> str:
        """The envelopes of a scheme, in figures."""
        return self._to("dispositifs", slug, "enveloppes")

    def payments(self, slug: str) -> str:
        """The payments of a scheme; a batch is prepared here too."""
        return self._to("dispositifs", slug, "paiements")

    def payment_batch(self, slug: str, batch_id: str, part: str = "") -> str:
        """A payment batch; `part`: what is done to it, or one of its files."""
        return self._to("dispositifs", slug, "paiements", batch_id, *([part] if part else []))

    def take_bank_file(self, slug: str) -> str:
        """Where a file of the bank is sent."""
        return self._to("dispositifs", slug, "paiements", "banque")

    def bank_file(self, slug: str, file_id: str) -> str:
        """A file of the bank, line by line."""
        return self._to("dispositifs", slug, "paiements", "banque", file_id)

    def dossier_payments(self, slug: str, public_id: str) -> str:
        """The payments of one dossier."""
        return self._to(slug, public_id, "paiements")

    def treat_payment(self, slug: str, public_id: str, payment: int, deed: str) -> str:
        """Where something is done to a payment by hand: rejet, compte, meme-compte."""
        return self._to(slug, public_id, "paiements", str(payment), deed)

    def note_repayment(self, slug: str, public_id: str) -> str:
        """Where it is noted that too much that was paid has come in again."""
        return self._to(slug, public_id, "paiements", "remboursement")

    def batches(self, slug: str) -> str:
        """The batches of a scheme; they are begun by a post to it."""
        return self._to(slug, "lots")

    def exports(self, slug: str, asked: str = "") -> str:
        """The exports of a scheme, of a list as its address asks; one is asked for by a post to it."""
        return self._to(slug, "exports") + (f"?{urlencode({'liste': asked})}" if asked else "")

    def export(self, slug: str, public_id: str, part: str) -> str:
        """The file of an export ("fichier"), or what is done to it."""
        return self._to(slug, "exports", public_id, part)

    def ask_batch(self, slug: str) -> str:
        """Where a batch is confirmed before it begins."""
        return self._to(slug, "lots", "nouveau")

    def batch(self, slug: str, public_id: str, state: str = "", page: int = 1) -> str:
        """How far a batch is, with its dossiers in one state."""
        asked = {"etat": state, "page": str(page) if page > 1 else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return self._to(slug, "lots", public_id) + (f"?{query}" if query else "")

    def stop_batch(self, slug: str, public_id: str) -> str:
        """Where stopping a batch is posted."""
        return self._to(slug, "lots", public_id, "arreter")

    def sign_list(self, slug: str, public_id: str) -> str:
        """Where signing a list of decisions is posted."""
        return self._to(slug, "lots", public_id, "signer")

    def take_out_of_list(self, slug: str, public_id: str) -> str:
        """Where taking lines out of a list is posted."""
        return self._to(slug, "lots", public_id, "retirer")

    def list_paper(self, slug: str, public_id: str) -> str:
        """A list that was signed, on paper."""
        return self._to(slug, "lots", public_id, "bordereau.pdf")

    def take_off_list(self, slug: str, public_id: str) -> str:
        """Where a list one kept is taken off."""
        return self._to(slug, "listes", public_id, "retirer")

    def ask_mass_message(self, slug: str) -> str:
        """Where a message to a whole list is written."""
        return self._to(slug, "envois", "nouveau")

    def mass_messages(self, slug: str) -> str:
        """Where a message to a whole list is posted."""
        return self._to(slug, "envois")

    def mass_message(self, slug: str, campaign: str) -> str:
        """What became of a message to a whole list."""
        return self._to(slug, "envois", campaign)

    def stop_mass_message(self, slug: str, campaign: str) -> str:
        """Where a message to a whole list is stopped."""
        return self._to(slug, "envois", campaign, "arreter")
