"""A shipment as it would stand on record, without a record."""

from typing import Any

from shiprisk.serving import Circumstances, Given, Scorer, Shipment
from shiprisk.serving.audit import Asked, entries_of
from shiprisk.serving.http.example import EXAMPLE

SCORE_ID = "01a202fb-ff79-7087-8000-00025eca327b"


def given_example(scorer: Scorer, **edits: Any) -> Given:
    """The example, changed by the edits and scored."""
    received = EXAMPLE | edits
    block, answer = scorer.scored_record(received)
    answer["score_id"] = SCORE_ID
    asked = Asked("desk", Circumstances.of(scorer), 5)
    (entry,) = entries_of(block, [answer], [received], [asked])
    return Given(**vars(entry))


def of_example(scorer: Scorer, **edits: Any) -> Shipment:
    """The same for a page, alone on its day."""
    return Shipment.of_record(given_example(scorer, **edits), 1, 1)
