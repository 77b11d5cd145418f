"""What a declaration of a signal refuses."""

import numpy as np
import pytest

from shiprisk.features.declare import Signal, signal


def declared(sees: tuple[str, ...] = (), flags: tuple[str, ...] = ()) -> Signal:
    @signal(family="goods", says="{value}", sees=sees, flags=flags)
    def heaviness(net_mass_kg: np.ndarray) -> np.ndarray:
        """How heavy it is."""
        return net_mass_kg

    return heaviness


def test_a_signal_names_the_typologies_that_it_sees() -> None:
    assert declared(("T3", "T10")).sees == ("T3", "T10")
    assert declared(()).sees == ()


@pytest.mark.parametrize("unknown", ["T0", "T12", "t1", "shell surge", ""])
def test_a_typology_that_does_not_exist_is_refused(unknown: str) -> None:
    with pytest.raises(ValueError, match="heaviness sees"):
        declared(("T1", unknown))


@pytest.mark.parametrize("unknown", ["A004-99", "A004", "a004-1", "S-anything", ""])
def test_a_red_flag_that_is_not_in_the_table_is_refused(unknown: str) -> None:
    assert declared(flags=("A004-1", "S-broker")).flags == ("A004-1", "S-broker")
    with pytest.raises(ValueError, match="heaviness raises"):
        declared(flags=("A004-1", unknown))
