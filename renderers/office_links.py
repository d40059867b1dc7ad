"""Every address of the back office; a test compares them with the route map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from renderers.links import Links
from renderers.many_links import ManyLinks


@dataclass(frozen=True, slots=True)
class OfficeLinks(ManyLinks):
    """Addresses under a base, as Links."""

    def home(self) -> str:
        """The schemes somebody serves."""
        return self._to("")

    def sign_in(self) -> str:
        """Where staff sign in."""
        return self._to("connexion")

    def sign_out(self) -> str:
        """Where staff sign out."""
        return self._to("deconnexion")

    def kept(self, handle: str) -> str:
        """What had been typed when a session ended."""
        return self._to("reprise", handle)

    def mails(self, page: int = 1) -> str:
        """The mails that left and those that wait."""
        return self._to("courriels") + (f"?page={page}" if page > 1 else "")

    def mail(self, id: int) -> str:
        """One mail, as a file."""
        return self._to("courriels", f"{id}.eml")

    def jobs(self, page: int = 1) -> str:
        """The jobs that are stuck."""
        return self._to("taches") + (f"?page={page}" if page > 1 else "")

    def retry_job(self, id: int) -> str:
        """Where trying a job again is posted."""
        return self._to("taches", str(id), "relancer")

    def retry_jobs(self) -> str:
        """Where trying all those given up again is posted."""
        return self._to("taches", "relancer")

    def accounts(self) -> str:
        """The staff's accounts."""
        return self._to("comptes")

    def invite(self) -> str:
        """Where somebody is invited."""
        return self._to("comptes", "nouveau")

    def account(self, public_id: str) -> str:
        """One account; its roles are posted here too."""
        return self._to("comptes", public_id)

    def account_standing(self, public_id: str) -> str:
        """Where closing an account, or opening it again, is posted."""
        return self._to("comptes", public_id, "etat")

    def account_link(self, public_id: str) -> str:
        """Where a link to choose a password is asked for."""
        return self._to("comptes", public_id, "lien")

    def choose_password(self, token: str) -> str:
        """Where the owner of a mailed link chooses a password."""
        return self._to("mot-de-passe", token)

    def schemes(self) -> str:
        """The published versions."""
        return self._to("dispositifs")

    def new_scheme(self) -> str:
        """Where a scheme is begun."""
        return self._to("dispositifs", "nouveau")

    def import_scheme(self) -> str:
        """Where a whole scheme is brought in."""
        return self._to("dispositifs", "paquet")

    def studio(self, slug: str, file: str = "", pane: str = "") -> str:
        """Where a scheme is written; saves are posted here too."""
        asked = {name: value for name, value in (("fichier", file), ("volet", pane)) if value}
        return self._to("dispositifs", slug, "atelier") + (f"?{urlencode(asked)}" if asked else "")

    def studio_part(self, slug: str, part: str) -> str:
        """What the studio asks or sends besides: controle, propositions, infobulle, fichiers, publication, retour, paquet."""
        return self._to("dispositifs", slug, "atelier", part)

    def studio_pane(self, slug: str, pane: str) -> str:
        """One of the panes beside the editor, from the text as it is typed."""
        return self._to("dispositifs", slug, "atelier", "volet", pane)

    def preview(self, slug: str) -> str:
        """The form of an unpublished text, to try."""
        return self._to("dispositifs", slug, "apercu")

    def rehearsal(self) -> str:
        """The page that leads a rehearsal."""
        return self._to("repetition")

    def rehearsal_day(self) -> str:
        """Where moving its clock on is posted."""
        return self._to("repetition", "jour")

    def rehearsal_again(self) -> str:
        """Where beginning it again is posted."""
        return self._to("repetition", "recommencer")

    def pictures(self, slug: str) -> str:
        """The workflow and the form of a scheme, drawn."""
        return self._to("dispositifs", slug, "circuit")

    def versions(self, slug: str) -> str:
        """The versions of a scheme."""
        return self._to("dispositifs", slug, "versions")

    def difference(self, slug: str, first: int, last: int) -> str:
        """What changes from one version of a scheme to another."""
        return self._to("dispositifs", slug, "versions", f"{first}..{last}")

    def migration(self, slug: str) -> str:
        """Where dossiers are moved to the version in force, after a preview."""
        return self._to("dispositifs", slug, "migration")

    def simulation(
        self, slug: str, version: int = 0, against: str = "", by: str = "", kind: str = "", page: int = 1
    ) -> str:
        """A version of a scheme replayed on its dossiers, as asked."""
        asked = {"version": str(version or ""), "contre": against, "par": by, "genre": kind}
        asked["page"] = str(page) if page > 1 else ""
        query = urlencode({name: value for name, value in asked.items() if value})
        return self._to("dispositifs", slug, "simulation") + (f"?{query}" if query else "")

    def reexamination(self, slug: str) -> str:
        """Where refused dossiers are judged again; it is begun by a post to it."""
        return self._to("dispositifs", slug, "reexamen")

    def inbox(
        self,
        slug: str,
        state: str = "",
        *,
        mine: bool = False,
        overdue: bool = False,
        turn: str = "",
        held: str = "",
    ) -> str:
        """The dossiers of one scheme, as filtered; `turn` is "moi" or "autres", `held` an account's public id or "personne"."""
        asked = {
            "pour": turn,
            "etat": state,
            "a-moi": "1" if mine else "",
            "en-retard": "1" if overdue else "",
            "chez": held,
        }
        filters = urlencode({name: value for name, value in asked.items() if value})
        return Links(self.base_url).office_inbox(slug) + (f"?{filters}" if filters else "")

    def keep_list(self, slug: str) -> str:
        """Where a list is kept under a name."""
        return self._to(slug, "listes")

    def calls(self, slug: str) -> str:
        """The hotline of a scheme: search, and the calls; those about no dossier are posted here."""
        return self._to(slug, "appels")

    def call_figures(self, slug: str) -> str:
        """How many calls, by motive, day and state."""
        return self._to(slug, "appels", "chiffres")

    def figures(self, slug: str, query: str = "") -> str:
        """The figures of a scheme; `query` its days and filters."""
        return self._to(slug, "chiffres") + (f"?{query}" if query else "")

    def figures_by_mail(self, slug: str) -> str:
        """Where the figures are asked for by mail, or no longer."""
        return self._to(slug, "chiffres", "courriel")

    def caller(self, slug: str, public_id: str) -> str:
        """What may be told of a dossier on the telephone; a call about it is posted here."""
        return self._to(slug, public_id, "appel")

    def settle_call(self, slug: str, public_id: str, call: str) -> str:
        """Where a call passed on is said to be followed up."""
        return self._to(slug, public_id, "appels", call)

    def file_for(self, slug: str) -> str:
        """Where an agent begins an application for somebody."""
        return self._to(slug, "deposer")

    def give_address(self, slug: str, public_id: str) -> str:
        """Where the address of whom a dossier was filed for is given."""
        return self._to(slug, public_id, "adresse")

    def dossier(self, slug: str, public_id: str, action: str = "", listed: str | None = None) -> str:
        """One dossier, with the form of an action open when one is named; `listed`: what the list it is read in asks."""
        address = Links(self.base_url).office_dossier(slug, public_id)
        asked = _asking({"action": action or None, "liste": listed})
        return f"{address}{asked}#action" if action else f"{address}{asked}"

    def action(self, slug: str, public_id: str, action: str) -> str:
        """Where an action is posted."""
        return self._to(slug, public_id, "actions", action)

    def notes(self, slug: str, public_id: str) -> str:
        """Where a note is posted."""
        return self._to(slug, public_id, "notes")

    def about(self, slug: str, public_id: str, field: str, listed: str | None = None) -> str:
        """A dossier, with what may be done about one answer open beside it."""
        return f"{self.dossier(slug, public_id)}{_asking({'reponse': field, 'liste': listed})}#about"

    def messages(self, slug: str, public_id: str) -> str:
        """Where a message to the applicant is posted."""
        return self._to(slug, public_id, "messages")

    def item(self, slug: str, public_id: str, item: str) -> str:
        """Where an item of the checklist is ticked."""
        return self._to(slug, public_id, "liste", item)

    def document(self, slug: str, public_id: str, document: str) -> str:
        """A document of the dossier, to download."""
        return self._to(slug, public_id, "pieces", document)

    def shown(self, slug: str, public_id: str, document: str, *, framed: bool = False) -> str:
        """The same document, in a tab of its own, or in a frame of the dossier's page."""
        return self._to(slug, public_id, "pieces", document, "voir") + ("?cadre=1" if framed else "")

    def reading(self, slug: str, public_id: str, document: str, listed: str | None = None) -> str:
        """A dossier, with one of its documents open beside the answers."""
        return f"{self.dossier(slug, public_id)}{_asking({'piece': document, 'liste': listed})}#answers"

    def thumbnail(self, slug: str, public_id: str, document: str) -> str:
        """A picture in small."""
        return self._to(slug, public_id, "pieces", document, "vignette")

    def as_test(self, slug: str, public_id: str) -> str:
        """The dossier made into a test of its scheme."""
        return self._to(slug, public_id, "essai")

    def task(self, slug: str, public_id: str, task: str) -> str:
        """Where a task is said to be done."""
        return self._to(slug, public_id, "taches", task)

    def votes(self, slug: str) -> str:
        """The votes that go on in a scheme."""
        return self._to(slug, "votes")

    def vote(self, slug: str, public_id: str, vote: str) -> str:
        """Where a ballot is posted."""
        return self._to(slug, public_id, "votes", vote)

    def proxy(self, slug: str, public_id: str, vote: str) -> str:
        """Where a proxy is given, or taken back."""
        return self._to(slug, public_id, "votes", vote, "procuration")

    def step_aside(self, slug: str, public_id: str, vote: str) -> str:
        """Where stepping aside is posted."""
        return self._to(slug, public_id, "votes", vote, "deport")

    def close_vote(self, slug: str, public_id: str, vote: str) -> str:
        """Where closing a vote before its time is posted."""
        return self._to(slug, public_id, "votes", vote, "cloture")

    def interests(self, account: str) -> str:
        """Where the ties of an account are posted."""
        return self._to("comptes", account, "interets")

    def bounced(self, slug: str, public_id: str, mail: int) -> str:
        """Where it is noted that a mail came back."""
        return self._to(slug, public_id, "courriels", str(mail), "revenu")

    def resend(self, slug: str, public_id: str, mail: int) -> str:
        """Where sending a mail again is posted."""
        return self._to(slug, public_id, "courriels", str(mail))


def _asking(asked: Mapping[str, str | None]) -> str:
    """The query of an address, without what is None."""
    said = {name: value for name, value in asked.items() if value is not None}
    return f"?{urlencode(said)}" if said else ""
