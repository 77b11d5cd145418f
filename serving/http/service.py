"""What answers now: a scorer that is whole and warm, and another that may take its place."""

import math
from dataclasses import dataclass
from typing import Any

from shiprisk.models import ModelError

from ..scorer import Scorer
from .example import EXAMPLE
from .scoring import scored_together


@dataclass(frozen=True)
class InUse:
    """A scorer that answers, and its answer to the example of /openapi.json.

    origin: where it came from, as the registry or the file system tells one from the next.
    """

    scorer: Scorer
    example: dict[str, Any]
    origin: str = ""

    @classmethod
    def warmed(cls, scorer: Scorer, origin: str = "") -> "InUse":
        """A scorer that has compiled what it compiles at first, alone and for many.

        ModelError where it does not give the example a risk.
        """
        example = scorer.score_one(EXAMPLE)
        many = [EXAMPLE | {"declaration_id": f"{at}"} for at in range(64)]
        risks = [score["risk"] for score in scored_together(scorer, many).scores]
        if not all(math.isfinite(risk) and 0 <= risk <= 1 for risk in [example["risk"], *risks]):
            raise ModelError(f"model {scorer.model.version} gives the example no risk from 0 to 1")
        return cls(scorer, example, origin)


@dataclass
class Service:
    """What requests are answered with. A request keeps to the scorer that it began with.

    stopping: whether it has been asked to stop, and finishes what it accepted. refused: why the
    newest model or history is not in use, where there is one that could not be taken up.
    """

    in_use: InUse
    stopping: bool = False
    refused: str = ""

    def take_up(self, newer: InUse) -> None:
        """Answer with another scorer from the next request on."""
        self.in_use, self.refused = newer, ""
