"""A shipment takes its riskiest item, and says which."""

import pandas as pd
import pytest

from shiprisk.serving import SHIPMENT_SCHEMA, Scorer, shipments_of
from shiprisk.training import Trained


@pytest.fixture(scope="module")
def items(scorer: Scorer, trained: Trained) -> pd.DataFrame:
    return scorer.score_validated(trained.past.declarations.iloc[-600:], most_reasons=1)


def test_the_riskiest_item_speaks_for_the_shipment(items: pd.DataFrame) -> None:
    shipments = shipments_of(items.to_dict("records"))
    assert list(shipments[0]) == SHIPMENT_SCHEMA.names
    names = [shipment["declaration_id"] for shipment in shipments]
    assert names == items["declaration_id"].unique().tolist()
    several = 0
    for shipment in shipments:
        of_it = items[items["declaration_id"] == shipment["declaration_id"]]
        several += of_it["risk"].nunique() > 1
        lower = of_it[["risk", "risk_without_owner_nationality"]].min(axis=1)
        riskiest = of_it.loc[lower.idxmax()]
        assert shipment["items"] == len(of_it)
        assert shipment["riskiest_item"] == riskiest["item_number"]
        assert (shipment["risk"], shipment["lane"]) == (riskiest["risk"], riskiest["lane"])
    assert several > 20


def test_nationality_alone_makes_no_item_the_riskiest(items: pd.DataFrame) -> None:
    two = items.iloc[:2].assign(
        declaration_id="A",
        item_number=[1, 2],
        risk=[0.9, 0.5],
        risk_without_owner_nationality=[0.1, 0.4],
        lane=["green", "red"],
    )
    (shipment,) = shipments_of(two.to_dict("records"))
    assert (shipment["riskiest_item"], shipment["lane"]) == (2, "red")


def test_of_equals_the_first_item_speaks(items: pd.DataFrame) -> None:
    equal = items.iloc[:3].assign(declaration_id="A", item_number=[1, 2, 3], risk=0.2)
    equal = equal.assign(risk_without_owner_nationality=0.2)
    (shipment,) = shipments_of(equal.iloc[::-1].to_dict("records"))
    assert shipment["riskiest_item"] == 1
