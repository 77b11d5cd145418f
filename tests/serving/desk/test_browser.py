"""The desk in a real browser: for everyone who reads, with keys alone, and unharmed by what is
declared."""

import random
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from shiprisk.features import Records
from shiprisk.serving import Scorer
from shiprisk.serving.desk.store import Wanted
from tests.browsing import sign_in, visit
from tests.serving.desk.visiting import PASSWORD, Office, as_sent, last_day, office
from tests.serving.http.asking import answer

PARTS = [
    "<script>document.title='harmed'</script>", "<img src=x onerror=\"document.title='harmed'\">",
    "\"><svg/onload=alert(1)>", "' onmouseover='alert(1)", "javascript:alert(1)", "{{ 7 * 7 }}",
    "{{ ''.__class__ }}", "${7*7}", "</textarea></style></script><base href=//x>", "<!--", "-->",
    "\u202e", "%3Cscript%3E", "&lt;b&gt;", "{0.__class__}", "ﬀ İ ß", "шаблон", "]]>",
]  # fmt: skip
HOSTILE = 1_000


def hostile(number: int) -> list[str]:
    """That many descriptions of pieces that have harmed pages elsewhere."""
    chance = random.Random(7)
    return [" ".join(chance.choices(PARTS, k=chance.randint(1, 5))) for _ in range(number)]


@pytest.fixture(scope="module")
def desk(scorer: Scorer, records: Records, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    address = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'audit.db'}"
    with office(scorer, address) as opened:
        sent = as_sent(last_day(records.declarations))
        answer(opened.running.client.post("/v1/scores", json=sent))
        yield opened


@pytest.fixture
def page(desk: Office) -> Iterator[Page]:
    with visit(str(desk.running.client.base_url)) as opened:
        sign_in(opened, "root", PASSWORD)
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_reading(desk: Office, scheme: str) -> None:
    base = str(desk.running.client.base_url)
    score = desk.store.queue.page(Wanted(desk.store.queue.days()[0])).rows[0].score_id
    with visit(base, color_scheme=scheme) as opened:
        opened.goto("/desk/sign-in")
        found = {"/sign-in": serious(opened)}
        sign_in(opened, "root", PASSWORD)
        for place in ("/queue", f"/shipments/{score}", "/figures", "/trail", "/accounts"):
            opened.goto(f"/desk{place}")
            found[place] = serious(opened)
    assert not any(found.values()), found


def serious(page: Page) -> list[str]:
    """What the accessibility checker finds that keeps somebody from reading or doing."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]


def test_the_queue_is_worked_with_keys_alone(page: Page) -> None:
    first = page.locator("a.open").nth(0)
    page.keyboard.press("j")
    assert first.evaluate("it => it === document.activeElement")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert first.evaluate("it => it === document.activeElement")
    page.keyboard.press("/")
    page.keyboard.type("jjj")
    assert page.locator("#search").input_value() == "jjj"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/shipments/*")


@pytest.mark.parametrize("width", [768, 1366])
def test_pages_fit_a_tablet_and_a_small_screen(desk: Office, width: int) -> None:
    with visit(
        str(desk.running.client.base_url), viewport={"width": width, "height": 768}
    ) as opened:
        sign_in(opened, "root", PASSWORD)
        opened.locator("a.open").first.click()
        opened.wait_for_url("**/desk/shipments/*")
        wider = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0


def test_families_open_to_their_signals_without_a_script(desk: Office) -> None:
    base = str(desk.running.client.base_url)
    with visit(base, java_script_enabled=False) as opened:
        sign_in(opened, "root", PASSWORD)
        opened.locator("a.open").first.click()
        family = opened.locator("section.family details").first
        family.locator("summary").click()
        assert family.locator("table").is_visible()


def test_hostile_descriptions_harm_nothing(desk: Office, records: Records) -> None:
    one = as_sent(last_day(records.declarations, 1))[0]
    texts = hostile(HOSTILE)
    sent = [
        one | {"declaration_id": f"H{at:04}", "description": text, "trader_name": text}
        for at, text in enumerate(texts)
    ]
    told = answer(desk.running.client.post("/v1/scores?reasons=3", json=sent))
    scored = {score["declaration_id"]: score["score_id"] for score in told["scores"]}
    assert len(scored) == HOSTILE
    with visit(str(desk.running.client.base_url)) as opened:
        sign_in(opened, "root", PASSWORD)
        for number in range(1, HOSTILE // 50 + 1):
            opened.goto(f"/desk/queue?text=h0&page={number}")
            unharmed(opened)
        for name in list(scored)[::50]:
            opened.goto(f"/desk/shipments/{scored[name]}")
            unharmed(opened)
            assert name in opened.title()


def unharmed(page: Page) -> None:
    """Only our own script is there, and nothing that acts by itself."""
    assert "harmed" not in page.title()
    scripts = "[...document.scripts].map(one => one.getAttribute('src'))"
    assert all(src and src.startswith("/desk/desk.js") for src in page.evaluate(scripts))
    acting = "document.querySelectorAll('main [onload], main [onerror], main img, base, iframe')"
    assert page.evaluate(f"{acting}.length") == 0
