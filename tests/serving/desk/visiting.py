"""Visitors of a desk that runs: real requests, real cookies, real forms."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pandas as pd

from shiprisk.serving import Audit, Capacity, DeskSettings, Scorer, Store
from shiprisk.serving.http.application import Desk
from tests.serving.http.asking import Served, served

PASSWORD = "a long enough secret"
PEOPLE = {"aigul": "reviewer", "berik": "reviewer", "dana": "lead", "root": "admin"}
LOCAL = DeskSettings(Capacity.of("3/day"), secure=False)

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_SCORE = re.compile(r'class="open" href="/desk/shipments/([0-9a-f-]+)"')


def as_sent(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Records as a client would send them."""
    days = frame.select_dtypes("datetime").columns
    plain = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in days})
    rows = plain.astype(object).where(plain.notna(), None).to_dict("records")
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def last_day(declarations: pd.DataFrame, most: int = 30) -> pd.DataFrame:
    """Some records of the last working day."""
    busy = declarations["declared_on"].value_counts()
    day = busy[busy >= busy.median()].index.max()
    return declarations[declarations["declared_on"] == day].head(most)


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, base: httpx.URL) -> None:
        self.client = httpx.Client(base_url=base, timeout=60, follow_redirects=True)

    def get(self, place: str) -> httpx.Response:
        return self.client.get(f"/desk{place}")

    def post(self, place: str, token: str | None = None, **fields: str) -> httpx.Response:
        """Send a form, with the token of the session unless another is given."""
        own = self.token() if token is None else token
        return self.client.post(f"/desk{place}", data={"token": own, **fields})

    def token(self) -> str:
        found = _TOKEN.search(self.get("/queue").text)
        return found[1] if found else ""

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        return self.client.post("/desk/sign-in", data={"name": name, "password": password})

    def scores(self, query: str = "") -> list[str]:
        """The scores of a page of the queue, in its order."""
        return _SCORE.findall(self.get(f"/queue{query}").text)

    def write(self, score_id: str, **fields: str) -> httpx.Response:
        """Write an outcome as the page of the shipment would, changed by the fields."""
        page = self.get(f"/shipments/{score_id}").text
        follows = re.search(r'name="follows" value="([^"]*)"', page)
        today = re.search(r'type="date" value="([^"]+)"', page)
        assert follows
        assert today
        told = {"found": "nothing", "reason": "opened and weighed", "known_on": today[1]}
        return self.post(
            f"/shipments/{score_id}/outcome", **told | {"follows": follows[1]} | fields
        )


class Office:
    """A desk, what it keeps, and its visitors."""

    def __init__(self, running: Served, store: Store) -> None:
        self.running, self.store = running, store

    def visitor(self, name: str | None = None) -> Visitor:
        """A visitor, signed in if they are named."""
        visitor = Visitor(self.running.client.base_url)
        if name is not None:
            assert visitor.sign_in(name).status_code == 200
        return visitor


@contextmanager
def office(scorer: Scorer, address: str, settings: DeskSettings = LOCAL) -> Iterator[Office]:
    """A desk on an audit record, with accounts."""
    store = Store.open(address)
    if not store.accounts.every():
        for name, role in PEOPLE.items():
            store.accounts.set(name, role, "test", PASSWORD)
    with (
        Audit.open(address, durable=True) as audit,
        served(scorer, audit=audit, desk=Desk(store, settings)) as running,
    ):
        yield Office(running, store)
