"""What OpenAPI says of the service is true of it."""

from typing import Any

import httpx
import pytest

from shiprisk.features import DECLARATIONS
from shiprisk.serving.http.example import EXAMPLE
from tests.serving.http.asking import answer, problem, scored


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    return answer(client.get("/openapi.json"))


def test_the_example_and_its_answer_are_true(
    client: httpx.Client, document: dict[str, Any]
) -> None:
    operation = document["paths"]["/v1/scores"]["post"]
    asked = operation["requestBody"]["content"]["application/json"]["example"]
    assert asked == EXAMPLE
    told = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert told == scored(client, asked)
    assert told["scores"][0]["reasons"]


def test_every_column_is_described(client: httpx.Client, document: dict[str, Any]) -> None:
    schema = document["components"]["schemas"]["Declaration"]
    assert list(schema["properties"]) == list(DECLARATIONS.names)
    for name in schema["required"]:
        without = {key: value for key, value in EXAMPLE.items() if key != name}
        told = problem(client.post("/v1/scores", json=without), 422)
        assert [fault["column"] for fault in told["errors"]] == [name]


def test_every_path_says_who_may_ask_and_what_may_go_wrong(document: dict[str, Any]) -> None:
    roles = {}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["description"]
            roles[path] = operation.get("x-roles")
            needs_key = bool(operation["security"])
            assert needs_key == ("401" in operation["responses"]) == bool(roles[path])
    assert roles == {
        "/v1/scores": ["score"],
        "/v1/model": ["read", "score"],
        "/v1/signals": ["read", "score"],
        "/openapi.json": ["read", "score"],
        "/metrics": ["metrics"],
        "/healthz": None,
        "/readyz": None,
    }
