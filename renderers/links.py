"""Every address of the site in one place: pages and mails link through here, with no request at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses under a base ("https://aides.example.fr"); an empty base gives paths for the pages themselves."""

    base_url: str = ""

    def _to(self, *parts: str) -> str:
        return "/".join((self.base_url.rstrip("/"), *parts))

    def home(self) -> str:
        """The open schemes."""
        return self._to("")

    def scheme(self, slug: str) -> str:
        """What one scheme is, and where to begin."""
        return self._to("aides", slug)

    def figures(self, slug: str) -> str:
        """What a scheme tells everybody of its figures."""
        return self._to("aides", slug, "chiffres")

    def blank_form(self, slug: str) -> str:
        """The form of a scheme on paper (PDF)."""
        return self._to("aides", slug, "formulaire.pdf")

    def open_data(self, slug: str) -> str:
        """The subsidies a scheme publishes."""
        return self._to("aides", slug, "subventions.csv")

    def begin(self, slug: str) -> str:
        """Where beginning an application is posted."""
        return self._to("aides", slug, "commencer")

    def options(self, slug: str, number: int) -> str:
        """Where the long lists of a version of a scheme are searched; the field's name comes after."""
        return self._to("aides", slug, "choix", str(number))

    def choices(self, public_id: str, page_id: str) -> str:
        """Where a page asks what may be chosen with what is typed on it."""
        return self._to("demandes", public_id, page_id, "choix")

    def application(self, public_id: str) -> str:
        """The pages of an application and how far each is."""
        return self._to("demandes", public_id, "")

    def page(self, public_id: str, page_id: str) -> str:
        """One page of an application."""
        return self._to("demandes", public_id, page_id)

    def autosave(self, public_id: str, page_id: str) -> str:
        """Where the script of a page sends what is being typed."""
        return self._to("demandes", public_id, page_id, "brouillon")

    def check(self, public_id: str) -> str:
        """The answers, to check before filing."""
        return self._to("demandes", public_id, "verifier")

    def opinion(self, token: str) -> str:
        """Where somebody outside gives the opinion they are asked for."""
        return self._to("avis", token)

    def opinion_file(self, token: str, document_id: str) -> str:
        """A document shown to them."""
        return self._to("avis", token, "pieces", document_id)

    def sign(self, public_id: str) -> str:
        """What is signed, and where the code is given back."""
        return self._to("demandes", public_id, "signer")

    def sign_code(self, public_id: str) -> str:
        """Where a code to sign is asked for."""
        return self._to("demandes", public_id, "signer", "code")

    def not_concerned(self, public_id: str) -> str:
        """Where somebody invited says that the application isn't about them."""
        return self._to("demandes", public_id, "pas-concerne")

    def invite(self, public_id: str, party: str) -> str:
        """Where the invitation of a party is sent again."""
        return self._to("suivi", public_id, "parties", party)

    def stop(self, public_id: str) -> str:
        """Why the form ends early."""
        return self._to("demandes", public_id, "non-eligible")

    def resume(self, public_id: str) -> str:
        """Where the link to come back later is asked for."""
        return self._to("demandes", public_id, "lien-de-reprise")

    def receipt(self, public_id: str) -> str:
        """The proof of deposit."""
        return self._to("demandes", public_id, "recu")

    def receipt_pdf(self, public_id: str) -> str:
        """The proof of deposit, to keep."""
        return self._to("demandes", public_id, "recu.pdf")

    def document(self, public_id: str, document_id: str) -> str:
        """A document of an application, to download."""
        return self._to("demandes", public_id, "pieces", document_id)

    def shown(self, public_id: str, document_id: str) -> str:
        """The same document, in a tab of its own."""
        return self._to("demandes", public_id, "pieces", document_id, "voir")

    def thumbnail(self, public_id: str, document_id: str) -> str:
        """A picture in small."""
        return self._to("demandes", public_id, "pieces", document_id, "vignette")

    def documents(self, public_id: str, field: str) -> str:
        """Where the documents of one question are sent without leaving its page."""
        return self._to("demandes", public_id, "champs", field, "pieces")

    def supply(self, public_id: str, field: str) -> str:
        """Where a document that was awaited after the deposit is posted."""
        return self._to("suivi", public_id, "pieces", field)

    def point(self, public_id: str, point_id: int) -> str:
        """Where one point of a request is answered."""
        return self._to("demandes", public_id, "points", str(point_id))

    def take_back(self, public_id: str, point_id: int, document_id: str) -> str:
        """Where a document sent for a point is taken back."""
        return self._to("demandes", public_id, "points", str(point_id), "retirer", document_id)

    def tracking(self, public_id: str) -> str:
        """Where a dossier stands, for its applicant."""
        return self._to("suivi", public_id)

    def reply(self, public_id: str) -> str:
        """Where an applicant's message is posted."""
        return self._to("suivi", public_id, "messages")

    def act(self, public_id: str, action: str) -> str:
        """Where an applicant confirms an action of the workflow (giving up, sending corrections)."""
        return self._to("suivi", public_id, "actions", action)

    def edit(self, public_id: str) -> str:
        """Where an applicant begins to change what was filed."""
        return self._to("suivi", public_id, "modifier")

    def give_up_edit(self, public_id: str) -> str:
        """Where an applicant goes back to what was filed."""
        return self._to("suivi", public_id, "annuler-modifications")

    def ask_link(self) -> str:
        """Where an applicant asks for a link by mail."""
        return self._to("lien")

    def by_code(self) -> str:
        """Where a draft is opened by its code."""
        return self._to("reprendre")

    def discard(self, public_id: str) -> str:
        """Where an applicant confirms that a draft is erased."""
        return self._to("demandes", public_id, "supprimer")

    def link(self, token: str) -> str:
        """A link sent by mail."""
        return self._to("lien", token)

    def mine(self) -> str:
        """The applications of the applicant who is signed in."""
        return self._to("mes-demandes")

    def session_over(self) -> str:
        """What to do when the session is over."""
        return self._to("session-terminee")

    def extend_session(self) -> str:
        """Where the script of a page says that somebody is there."""
        return self._to("session", "prolonger")

    def kept(self, public_id: str, handle: str) -> str:
        """What had been typed when a session ended."""
        return self._to("demandes", public_id, "reprise", handle)

    def language(self) -> str:
        """Where a choice of language is posted."""
        return self._to("langue")

    def sign_out(self) -> str:
        """Where an applicant signs out."""
        return self._to("deconnexion")

    def legal(self) -> str:
        """Legal mentions and privacy."""
        return self._to("mentions")

    def accessibility(self) -> str:
        """The accessibility statement."""
        return self._to("accessibilite")

    def theme(self) -> str:
        """The organisation's colours, as a style sheet."""
        return self._to("theme.css")

    def logo(self) -> str:
        """The organisation's logo."""
        return self._to("logo")

    def static(self, name: str) -> str:
        """A file of renderers/static."""
        return self._to("static", name)

    def office(self) -> str:
        """The back office."""
        return self._to("bureau", "")

    def office_inbox(self, slug: str) -> str:
        """The dossiers of one scheme, for staff."""
        return self._to("bureau", slug, "")

    def office_dossier(self, slug: str, public_id: str) -> str:
        """One dossier, for staff."""
        return self._to("bureau", slug, public_id)
