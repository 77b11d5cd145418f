"""Signing in and out, and the language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from ...words import LANGUAGES
from ..store import Store
from ..store import trail as steps
from .visit import ROOT, Visit

if TYPE_CHECKING:
    from .door import Door

_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Signing:
    """The pages that anybody may ask for."""

    store: Store
    door: "Door"

    def form(self, visit: Visit) -> Response:
        """Where name and password are given."""
        if visit.account is not None:
            return visit.back("/queue")
        return visit.page("sign_in.html", said="")

    def sign_in(self, visit: Visit) -> Response:
        """Let in who knows a password; after too many wrong ones nobody, for a while."""
        name, trail = visit.form.get("name", "").strip(), self.store.trail
        if trail.locked(name, visit.address):
            return visit.page("sign_in.html", 429, said=visit.words("sign_in.locked"))
        account = self.store.accounts.admitted(name, visit.form.get("password", ""))
        if account is None:
            trail.note(name, steps.REFUSED, address=visit.address)
            return visit.page("sign_in.html", 401, said=visit.words("sign_in.wrong"))
        response = visit.back("/queue")
        self.door.remember(response, self.store.sessions.begin(account.name))
        trail.note(account.name, steps.SIGNED_IN, address=visit.address)
        return response

    def sign_out(self, visit: Visit) -> Response:
        """End the session."""
        if visit.session is not None:
            self.store.sessions.end(visit.session)
            self.store.trail.note(visit.who.name, steps.SIGNED_OUT, address=visit.address)
        response = visit.back("/sign-in")
        self.door.forget(response)
        return response

    def language(self, visit: Visit) -> Response:
        """Show pages in another language from now on."""
        from .door import LANGUAGE

        chosen, here = visit.form.get("language", ""), visit.form.get("here", "")
        response = RedirectResponse(here if here.startswith(f"{ROOT}/") else ROOT + "/queue", 303)
        if chosen in LANGUAGES:
            response.set_cookie(LANGUAGE, chosen, max_age=_A_YEAR, path="/", samesite="strict")
        return response
