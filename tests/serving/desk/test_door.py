"""Who is let in to the desk, by which forms, and what browsers are told."""

from dataclasses import replace

import pytest

from shiprisk.serving import DeskSettings, Proxy, Scorer, UnsafeService
from shiprisk.serving.selection import Capacity
from tests.serving.desk.visiting import LOCAL, PASSWORD, Office, office

PAGES = ["/queue", "/figures", "/queue/next?after=x"]
FORMS = ["/queue/draw", "/shipments/x/take", "/shipments/x/outcome", "/outcomes/x/confirm"]


@pytest.mark.parametrize("place", [*PAGES, "/trail", "/accounts", "/shipments/x"])
def test_nobody_sees_a_page_without_signing_in(desk: Office, place: str) -> None:
    told = desk.visitor().get(place)
    assert told.url.path == "/desk/sign-in"


@pytest.mark.parametrize("place", [*FORMS, "/accounts"])
def test_nobody_writes_without_signing_in(desk: Office, place: str) -> None:
    told = desk.visitor().post(place, token="guess", found="nothing")
    assert told.url.path == "/desk/sign-in"


def test_a_wrong_password_is_refused_and_too_many_lock_the_name(desk: Office) -> None:
    visitor = desk.visitor()
    for _ in range(5):
        assert visitor.sign_in("aigul", "not the secret").status_code == 401
    assert visitor.sign_in("aigul").status_code == 429
    assert visitor.sign_in("berik").status_code == 200


@pytest.mark.parametrize(
    ("name", "place", "status"),
    [("aigul", "/trail", 403), ("dana", "/trail", 403), ("root", "/trail", 200),
     ("aigul", "/accounts", 403), ("root", "/accounts", 200), ("aigul", "/figures", 200)],
)  # fmt: skip
def test_each_role_sees_its_pages(desk: Office, name: str, place: str, status: int) -> None:
    assert desk.visitor(name).get(place).status_code == status


def test_a_form_of_another_site_is_refused(desk: Office) -> None:
    dana = desk.visitor("dana")
    form = {"day": "2024-06-28", "capacity": "2/day", "random_share": "10"}
    assert dana.post("/queue/draw", token="", **form).status_code == 403
    assert dana.post("/queue/draw", token=desk.visitor("aigul").token(), **form).status_code == 403
    own = {"token": dana.token(), **form}
    crossed = {"sec-fetch-site": "cross-site"}
    assert dana.client.post("/desk/queue/draw", data=own, headers=crossed).status_code == 403
    assert desk.visitor().client.post(
        "/desk/sign-in", data={"name": "dana", "password": PASSWORD}, headers=crossed
    ).status_code == 403  # fmt: skip


def test_a_session_ends_with_the_account_and_with_signing_out(desk: Office) -> None:
    aigul, berik = desk.visitor("aigul"), desk.visitor("berik")
    aigul.post("/sign-out")
    assert aigul.get("/queue").url.path == "/desk/sign-in"
    desk.visitor("root").post("/accounts", name="berik", role="reviewer")
    assert berik.get("/queue").url.path == "/desk/sign-in"
    assert berik.sign_in("berik").status_code == 401


def test_an_admin_cannot_lock_themselves_out(desk: Office) -> None:
    told = desk.visitor("root").post("/accounts", name="root", role="reviewer", open="yes")
    assert told.status_code == 422


def test_every_answer_tells_the_browser_to_run_nothing_of_others(desk: Office) -> None:
    visitor = desk.visitor("aigul")
    score = visitor.scores()[0]
    for place in ("/sign-in", "/queue", f"/shipments/{score}", "/desk.css", "/nothing", "/trail"):
        headers = visitor.get(place).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert visitor.get("/queue").headers["cache-control"] == "no-store"


def test_the_cookie_cannot_be_read_by_scripts_and_goes_over_https_alone(
    scorer: Scorer, copied: str
) -> None:
    behind = DeskSettings(Capacity.of("5%"))
    behind.check_for("10.0.0.1")
    with office(scorer, copied, behind) as opened:
        told = opened.visitor().client.post(
            "/desk/sign-in",
            data={"name": "aigul", "password": PASSWORD},
            follow_redirects=False,
        )
    cookie = told.headers["set-cookie"].lower()
    assert cookie.startswith("__host-shiprisk=")
    assert {"httponly", "secure", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert "strict-transport-security" in told.headers


def test_a_desk_for_others_needs_https() -> None:
    with pytest.raises(UnsafeService, match="behind-https"):
        LOCAL.check_for("0.0.0.0")
    with pytest.raises(UnsafeService, match="sensitive, always, never"):
        replace(LOCAL, second="sometimes")


def test_only_the_trusted_proxy_says_who_asks(scorer: Scorer, copied: str) -> None:
    named = {"x-remote-user": "dana"}
    with office(scorer, copied, replace(LOCAL, proxy=Proxy("10.9.9.9", "x-remote-user"))) as far:
        told = far.visitor().client.get("/desk/figures", headers=named)
        assert told.url.path == "/desk/sign-in"
    with office(scorer, copied, replace(LOCAL, proxy=Proxy("127.0.0.1", "x-remote-user"))) as near:
        visitor = near.visitor()
        assert "dana, lead" in visitor.client.get("/desk/figures", headers=named).text
        stranger = {"x-remote-user": "nobody"}
        told = visitor.client.get("/desk/figures", headers=stranger)
        assert told.url.path == "/desk/sign-in"


def test_the_language_leads_back_to_the_desk_alone(desk: Office) -> None:
    told = desk.visitor("aigul").post("/language", language="ru", here="//elsewhere.example/desk/")
    assert told.url.path == "/desk/queue"


def test_a_form_that_is_too_large_or_none_is_refused(desk: Office) -> None:
    client = desk.visitor("aigul").client
    large = client.post("/desk/sign-in", data={"name": "x" * 70_000})
    assert large.status_code == 413
    assert client.post("/desk/sign-in", json={"name": "x"}).status_code == 415
    many = {f"f{at}": "1" for at in range(500)}
    assert client.post("/desk/sign-in", data=many).status_code == 400
