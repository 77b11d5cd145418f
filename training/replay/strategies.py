"""Ways to spend the capacity: all on the riskiest, or a part on what could be learnt."""

from dataclasses import dataclass

from shiprisk.serving import Capacity, Selection


@dataclass(frozen=True)
class Strategy:
    """Which parts of the capacity go to chance, and to where two models disagree most.

    learns: whether a model is trained every month, or that of the first day kept.
    """

    random_share: float = 0.0
    uncertain_share: float = 0.0
    learns: bool = True

    @property
    def name(self) -> str:
        """What a table calls it."""
        parts = {"random": self.random_share, "uncertain": self.uncertain_share}
        told = [f"{share:.0%} {kind}" for kind, share in parts.items() if share]
        name = " and ".join(told).replace("%", " %") or EXPLOITATION
        return name if self.learns else f"{name}, first model kept"

    def selection(self, capacity: Capacity, seed: int) -> Selection:
        """How the selector is told."""
        return Selection(capacity, self.random_share, self.uncertain_share, seed)


EXPLOITATION = "exploitation"
STRATEGIES = (
    Strategy(learns=False),
    Strategy(),
    *(Strategy(random_share=share) for share in (0.01, 0.02, 0.05, 0.10, 0.20)),
    Strategy(uncertain_share=0.10),
)
