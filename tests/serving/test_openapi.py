"""What OpenAPI says of the service is true of it."""

import pytest
from fastapi.testclient import TestClient

from shiprisk.features import DECLARATIONS
from shiprisk.serving import Safety, Scorer, application
from shiprisk.serving.openapi import EXAMPLE


@pytest.fixture
def client(scorer: Scorer) -> TestClient:
    return TestClient(application(scorer, Safety()))


def test_the_example_is_scored(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    asked = document["paths"]["/v1/scores"]["post"]["requestBody"]["content"]["application/json"]
    assert asked["example"] == EXAMPLE
    answer = client.post("/v1/scores", json=asked["example"]).json()
    assert answer["rejected"] == []
    assert 0 < answer["scores"][0]["risk"] < 1


def test_every_column_is_described(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()["components"]["schemas"]["Declaration"]
    assert list(schema["properties"]) == list(DECLARATIONS.names)
    for name in schema["required"]:
        without = {key: value for key, value in EXAMPLE.items() if key != name}
        assert client.post("/v1/scores", json=without).status_code == 422


def test_no_page_loads_scripts_from_elsewhere(client: TestClient) -> None:
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
