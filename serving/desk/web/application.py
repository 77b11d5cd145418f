"""The pages of the desk, and who may ask for each."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...scorer import Scorer
from ..store import Store
from .admin import AdminPages
from .assets import icon, script, style
from .door import SIGN_IN, Door
from .figures import FiguresPage
from .headers import SafeHeaders
from .outcome import OutcomePages
from .queue import QueuePages
from .settings import DeskSettings
from .shipment import ShipmentPages
from .signing import Signing
from .visit import ROOT, Refused, Visit


def desk_application(
    store: Store, settings: DeskSettings, scorer: Callable[[], Scorer]
) -> Starlette:
    """The desk as a web application, to be mounted at /desk.

    scorer: what answers now; its history and model are shown.
    """
    door = Door(store, settings)
    signing = Signing(store, door)
    queue, shipment = QueuePages(store, settings), ShipmentPages(store, settings, scorer)
    outcome = OutcomePages(store, settings)
    figures, admin = FiguresPage(store, settings, scorer), AdminPages(store)
    one = "/shipments/{score_id}"
    routes = [
        Route("/", _to_queue),
        Route(SIGN_IN, door.to(signing.form, None)),
        Route(SIGN_IN, door.to(signing.sign_in, None), methods=["POST"]),
        Route("/language", door.to(signing.language, None), methods=["POST"]),
        Route("/sign-out", door.to(signing.sign_out), methods=["POST"]),
        Route("/queue", door.to(queue.show)),
        Route("/queue/next", door.to(queue.next)),
        Route("/queue/draw", door.to(queue.draw, "lead"), methods=["POST"]),
        Route(one, door.to(shipment.show)),
        Route(f"{one}/report", door.to(shipment.report)),
        Route(f"{one}/take", door.to(outcome.take), methods=["POST"]),
        Route(f"{one}/give-back", door.to(outcome.give_back), methods=["POST"]),
        Route(f"{one}/outcome", door.to(outcome.write), methods=["POST"]),
        Route("/outcomes/{outcome_id}/confirm", door.to(outcome.confirm), methods=["POST"]),
        Route("/figures", door.to(figures.show)),
        Route("/trail", door.to(admin.trail, "admin")),
        Route("/accounts", door.to(admin.accounts, "admin")),
        Route("/accounts", door.to(admin.set_account, "admin"), methods=["POST"]),
        Route("/desk.css", style),
        Route("/desk.js", script),
        Route("/icon.svg", icon),
        Route("/{path:path}", door.to(_nothing_here, None)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(SafeHeaders, secure=settings.secure)])


async def _to_queue(request: Request) -> Response:
    return RedirectResponse(f"{ROOT}/queue", 303)


def _nothing_here(visit: Visit) -> Response:
    raise Refused(404, "refused.path")
