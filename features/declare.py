"""How a fact or a signal is declared: one decorated function each."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from .documents import DOCUMENTS
from .red_flags import RED_FLAGS
from .typologies import TYPOLOGIES

Risk = Literal["rises", "falls", "either"]
FAMILIES = (
    "goods", "firm", "owner", "route", "price", "flow", "broker", "conduct", "outcomes",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A named value per record that signals, keys and sentences share; not itself a signal."""

    function: Callable[..., np.ndarray]
    name: str
    inputs: tuple[str, ...]

    def __call__(self, *arrays: np.ndarray) -> np.ndarray:
        """The fact of each record, from the arrays of its inputs."""
        return self.function(*arrays)

    @property
    def meaning(self) -> str:
        """The published meaning: the first line of the function's docstring."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]


@dataclass(frozen=True)
class Signal(Fact):
    """One number per record that may move the risk, with all that people are told about it."""

    family: str
    says: str
    otherwise: str = ""
    unknown: str = ""
    risk: Risk = "either"
    flags: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    asks: str = ""
    sensitive: bool = False
    decode: Callable[[float], str] | None = field(default=None, compare=False)

    @property
    def is_category(self) -> bool:
        """True where the number is the code of a category, not a quantity."""
        return self.decode is not None

    @property
    def direction(self) -> int:
        """The monotone constraint: 1 where risk rises with the value, -1 where it falls."""
        return {"rises": 1, "falls": -1, "either": 0}[self.risk]


def fact(function: Callable[..., np.ndarray]) -> Fact:
    """Declare a fact: the function's name is its name, its parameters are its inputs."""
    return Fact(function, function.__name__, _inputs(function))


def signal(
    *,
    family: str,
    says: str,
    otherwise: str = "",
    unknown: str = "",
    risk: Risk = "either",
    flags: tuple[str, ...] = (),
    sees: tuple[str, ...] = (),
    asks: str = "",
    sensitive: bool = False,
    decode: Callable[[float], str] | None = None,
) -> Callable[[Callable[..., np.ndarray]], Signal]:
    """Declare a signal.

    family: one of FAMILIES. says: the sentence for a reviewer, with {value} and any input or fact
    as evidence. otherwise: the sentence where the value is 0, if that reads differently. unknown:
    the sentence where there is no value, if more can be said than that; it begins with "No ".
    risk: whether it rises, falls, or may do either with the value. flags: ids of the red flags
    that it computes. sees: the typologies (T1 to T11) that move its value by what they do,
    not by going along with it. asks: the key of the papers (DOCUMENTS) that can honestly show
    another value; none where the value stands whatever they show. sensitive: rests on owner
    nationality. decode: turns the number of a category back into its name.
    """

    def declared(function: Callable[..., np.ndarray]) -> Signal:
        name = function.__name__
        if family not in FAMILIES:
            raise ValueError(f"signal {name}: family {family!r} is none of {', '.join(FAMILIES)}")
        if not inspect.getdoc(function):
            raise ValueError(f"signal {name} needs a docstring: its first line is its meaning")
        if unheard := [typology for typology in sees if typology not in TYPOLOGIES]:
            raise ValueError(
                f"signal {name} sees {unheard[0]!r}: not one of {', '.join(TYPOLOGIES)}"
            )
        if unheard := [flag for flag in flags if flag not in RED_FLAGS]:
            raise ValueError(f"signal {name} raises {unheard[0]!r}: no flag of red_flags.py")
        if asks and asks not in DOCUMENTS:
            raise ValueError(f"signal {name} asks for {asks!r}: not one of {', '.join(DOCUMENTS)}")
        if decode and risk != "either":
            raise ValueError(f"signal {name}: a category has no direction; leave out `risk`")
        told: dict[str, Any] = {
            "says": says, "otherwise": otherwise, "unknown": unknown, "decode": decode,
        }  # fmt: skip
        return Signal(
            function, name, _inputs(function), family, risk=risk, flags=flags,
            sees=sees, asks=asks, sensitive=sensitive, **told,
        )  # fmt: skip

    return declared


def _inputs(function: Callable[..., np.ndarray]) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)
