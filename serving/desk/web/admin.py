"""Accounts, and who did what: for those who answer for the desk."""

from dataclasses import dataclass

from starlette.responses import Response

from ..store import ROLES, DeskError, Store
from ..store import trail as steps
from .visit import Visit

_STEPS_A_PAGE = 200


@dataclass(frozen=True)
class AdminPages:
    """What only an admin sees."""

    store: Store

    def trail(self, visit: Visit) -> Response:
        """Who saw and did what, the newest first."""
        by, before = visit.query.get("by", ""), visit.query.get("before", "")
        found = self.store.trail.latest(_STEPS_A_PAGE, by, before)
        self.store.trail.note(visit.who.name, steps.READ_TRAIL, by, before, visit.address)
        return visit.page(
            "trail.html",
            steps=found,
            by=by,
            more=found[-1].at if len(found) == _STEPS_A_PAGE else "",
        )

    def accounts(self, visit: Visit) -> Response:
        """The accounts there are, and a form for another."""
        return visit.page("accounts.html", accounts=self.store.accounts.every(), roles=ROLES)

    def set_account(self, visit: Visit) -> Response:
        """Open an account, change it, or close it; a closed one is signed out at once."""
        form, by = visit.form, visit.who.name
        name, role = form.get("name", "").strip(), form.get("role", "")
        password, opened = form.get("password") or None, form.get("open") == "yes"
        if name == by and (not opened or role != visit.who.role):
            raise DeskError("nobody closes or demotes their own account: another admin has to")
        self.store.accounts.set(name, role, by, password, opened)
        if password or not opened:
            self.store.sessions.end_all_of(name)
        told = f"{role}, {'open' if opened else 'closed'}{', new password' if password else ''}"
        self.store.trail.note(by, steps.ACCOUNT, name, told, visit.address)
        return visit.back("/accounts")
