"""A request to the desk: who asks, in which language, with which form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ...words import LANGUAGES, Words
from ..pages import rendered
from ..store import Account, Session
from .assets import VERSION

ROOT = "/desk"


class Refused(Exception):
    """A page that is not shown, or a form that is not accepted. key: which words tell why."""

    def __init__(self, status: int, key: str, detail: str = "") -> None:
        super().__init__(key)
        self.status, self.key, self.detail = status, key, detail


@dataclass(frozen=True)
class Visit:
    """One request. account, session: of who is signed in; None where nobody is."""

    request: Request
    words: Words
    address: str
    form: Mapping[str, str]
    account: Account | None = None
    session: Session | None = None

    @property
    def who(self) -> Account:
        """Who is signed in; only for pages that need somebody."""
        assert self.account is not None
        return self.account

    @property
    def query(self) -> Mapping[str, str]:
        """What the address asks for, each name once."""
        return dict(self.request.query_params)

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in the frame of the desk."""
        return HTMLResponse(self._in_frame(template, values), status)

    def back(self, place: str) -> Response:
        """To another page, once a form has been accepted."""
        return RedirectResponse(ROOT + place, 303)

    def _in_frame(self, template: str, values: Mapping[str, Any]) -> Markup:
        return rendered(
            template,
            words=self.words,
            account=self.account,
            token=self.session.token if self.session else "",
            languages=LANGUAGES,
            root=ROOT,
            version=VERSION,
            here=self.request.url.path,
            **values,
        )
