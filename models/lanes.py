"""Which lane a shipment takes, from the capacity to inspect."""

from dataclasses import dataclass

import numpy as np

RED, YELLOW, GREEN = "red", "yellow", "green"


@dataclass(frozen=True)
class Lanes:
    """The risks from which shipments are inspected (red) or asked for documents (yellow)."""

    red: float
    yellow: float

    @classmethod
    def for_capacity(cls, risk: np.ndarray, red: float, yellow: float) -> "Lanes":
        """Lanes that would have taken these shares (0 to 1) of shipments with such risks.

        red: the share that can be inspected; yellow: the share whose documents can be read.
        """
        return cls(
            float(np.quantile(risk, 1 - red)), float(np.quantile(risk, max(0.0, 1 - red - yellow)))
        )

    def line_of(self, lane: str) -> float | None:
        """The risk below which a shipment of a lane would have to come to leave it."""
        return {RED: self.red, YELLOW: self.yellow}.get(lane)

    def of(self, risk: np.ndarray, risk_without: np.ndarray) -> np.ndarray:
        """The lane of each shipment.

        The lower of both risks decides, so that owner nationality alone takes none over a line.
        """
        sure = np.minimum(risk, risk_without)
        return np.where(sure >= self.red, RED, np.where(sure >= self.yellow, YELLOW, GREEN))
