"""Who comes in: a visit is made of a request, and refused where it must be."""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...http.logs import tell, tell_of_fault
from ...words import LANGUAGES, Words
from ..store import Account, DeskError, Overtaken, Session, Store
from .forms import form_of
from .settings import DeskSettings
from .visit import ROOT, Refused, Visit

LANGUAGE = "shiprisk_language"
SIGN_IN = "/sign-in"

Page = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Door:
    """Lets visitors in to pages that need a role, or none."""

    store: Store
    settings: DeskSettings

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds a session. Its prefix binds it to this host."""
        return "__Host-shiprisk" if self.settings.secure else "shiprisk"

    def to(self, page: Page, role: str | None = "reviewer") -> Endpoint:
        """An endpoint for a page. role: which its visitors must have; None lets anybody in."""

        async def endpoint(request: Request) -> Response:
            visit = Visit(request, _words(request), self._address(request), {})
            try:
                if request.method == "POST":
                    _check_site(request)
                    visit = replace(visit, form=await form_of(request))
                return await run_in_threadpool(self._answer, page, visit, role)
            except Refused as refusal:
                return _refusal(visit, refusal)
            except SQLAlchemyError as error:
                tell("desk", logging.ERROR, why=type(error).__name__)
                return _refusal(visit, Refused(503, "refused.database"))
            except Exception:  # whatever fails, a page says so, and the log why
                tell_of_fault("fault", request_id=request.state.asked.request_id, route=ROOT)
                return _refusal(visit, Refused(500, "refused.fault"))

        return endpoint

    def remember(self, response: Response, session: Session) -> None:
        """Give the browser the secret of a session, which no script can read."""
        response.set_cookie(
            self.cookie,
            session.secret,
            path="/",
            secure=self.settings.secure,
            httponly=True,
            samesite="strict",
        )

    def forget(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self.cookie, path="/", secure=self.settings.secure, httponly=True)

    def _answer(self, page: Page, visit: Visit, role: str | None) -> Response:
        session, account, fresh = self._visitor(visit)
        visit = replace(visit, session=session, account=account)
        if role is not None and account is None:
            return RedirectResponse(ROOT + SIGN_IN, 303)
        if role is not None and not visit.who.may(role):
            raise Refused(403, "refused.role")
        if visit.request.method == "POST" and session is not None:
            _check_token(visit.form, session)
        try:
            response = page(visit)
        except Overtaken:
            raise Refused(409, "refused.overtaken") from None
        except DeskError as error:
            raise Refused(422, "refused.faulty", str(error)) from None
        if fresh:
            assert session is not None
            self.remember(response, session)
        return response

    def _visitor(self, visit: Visit) -> tuple[Session | None, Account | None, bool]:
        """The session and account of who asks, and whether the session has just begun."""
        secret = visit.request.cookies.get(self.cookie, "")
        session = self.store.sessions.find(secret) if secret else None
        named = self._named_by_proxy(visit.request)
        if named is not None:
            account = self._open(named)
            if account is not None and (session is None or session.name != named):
                return self.store.sessions.begin(named), account, True
            return (session, account, False) if account else (None, None, False)
        account = self._open(session.name) if session else None
        return (session, account, False) if account else (None, None, False)

    def _open(self, name: str) -> Account | None:
        account = self.store.accounts.find(name)
        return account if account is not None and account.open else None

    def _from_proxy(self, request: Request) -> bool:
        proxy = self.settings.proxy
        return (
            proxy is not None
            and request.client is not None
            and (request.client.host == proxy.address)
        )

    def _named_by_proxy(self, request: Request) -> str | None:
        """Who asks, as the trusted proxy says; nobody else is believed."""
        proxy = self.settings.proxy
        if proxy is None or not self._from_proxy(request):
            return None
        return request.headers.get(proxy.header, "")

    def _address(self, request: Request) -> str:
        if self._from_proxy(request):
            forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            if forwarded:
                return forwarded[:64]
        return request.client.host if request.client else ""


def _words(request: Request) -> Words:
    """The language that was chosen, or the first that the browser asks for and that is there."""
    accepted = request.headers.get("accept-language", "").split(",")
    asked = [request.cookies.get(LANGUAGE, ""), *(one.strip()[:2].lower() for one in accepted)]
    return Words.of(next((language for language in asked if language in LANGUAGES), "en"))


def _check_site(request: Request) -> None:
    """Refused where the browser says that another site sends the form."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "refused.token")


def _check_token(form: Mapping[str, str], session: Session) -> None:
    """Refused where a form does not come from a page of this session: another site may send it."""
    given = form.get("token", "").encode()
    if not hmac.compare_digest(given, session.token.encode()):
        raise Refused(403, "refused.token")


def _refusal(visit: Visit, refusal: Refused) -> Response:
    said = visit.words(refusal.key)
    return visit.page("refused.html", refusal.status, said=said, detail=refusal.detail)
