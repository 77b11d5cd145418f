"""What is asked of the firm register beyond a firm's own entry, declared as data."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Registered:
    """What the register, as known strictly before a record's day, says around the firm.

    of: a field of the register, such as `address_id`; empty means all firms together.
    take: `firms` (how many firms have the record's value of the field), `changed_on` (the day on
        which the register learnt of the firm's last change of the field) or `before_change` (its
        value before that).
    younger_than: count only firms registered fewer days ago than this.
    """

    of: str = ""
    take: Literal["firms", "changed_on", "before_change"] = "firms"
    younger_than: int | None = None

    def __post_init__(self) -> None:
        """Refuse a question that has no meaning."""
        if self.take != "firms" and (not self.of or self.younger_than is not None):
            raise ValueError(f"Registered(take={self.take!r}) needs `of` and no `younger_than`")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that the answer depends on."""
        if self.take != "firms":
            return ("trader_id", self.of)
        registered = () if self.younger_than is None else ("registered_on",)
        return (*((self.of,) if self.of else ()), *registered)
