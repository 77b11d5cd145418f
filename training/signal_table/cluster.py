"""A fit on a Dask cluster with every inspected row of a table of signals, none held here."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING

import lightgbm as lgb
import numpy as np

from shiprisk.models import mean_of

from ..fit import members_of, signals_for
from ..settings import Settings, TrainingError
from .layout import inspected_before, opened
from .pieces import gathered, loaded, pieces_of, usual_weight
from .watched import watched

if TYPE_CHECKING:
    from dask.array import Array
    from distributed import Client

# At most so many rows are loaded at once, some 50 MB of signals; fewer, if each worker would then
# have less than so many loads: rows are to be spread evenly.
_ROWS, _LOADS = 50_000, 8

_TIME_OUT = 10  # minutes that LightGBM waits for a worker that says nothing


@contextmanager
def on_cluster(
    address: str, directory: Path, settings: Settings, patience: str = "30s"
) -> "Iterator[ClusterFit]":
    """A fit on the cluster of the Dask scheduler at an address; TrainingError without either.

    patience: how long the scheduler has to answer.
    """
    if find_spec("distributed") is None:
        raise TrainingError("a fit on a cluster needs Dask: pip install 'shiprisk[dask]'")
    from distributed import Client

    try:
        client = Client(address, timeout=patience)
    except (OSError, ValueError) as error:
        raise TrainingError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        if not client.nthreads():
            raise TrainingError(f"the Dask scheduler at {address} has no workers: start some")
        yield ClusterFit(directory, settings, client)


class ClusterFit:
    """Fits boosters on a Dask cluster whose workers see the table at the same path.

    rows: how many inspected rows there are. TrainingError where the table cannot be used.
    """

    def __init__(self, directory: Path, settings: Settings, client: "Client") -> None:
        names = [signal.name for signal in signals_for(settings)]
        self._table = opened(directory.resolve(), names)
        self._settings, self._client = settings, client
        self._wanted = inspected_before(self._table, settings.as_of)
        self._pieces = list(pieces_of(self._table, self._wanted))
        self.rows = sum(rows for _, rows in self._pieces)

    def __call__(self, trees: int) -> lgb.Booster:
        """The mean of as many boosters as the settings ask for, each of so many trees.

        As in the fit on one machine, but for how LightGBM works with several: each worker finds the
        bins of its part of the signals in its own rows, leaves out rows by itself, and monotone
        constraints are kept by the basic method.
        """
        members = members_of(signals_for(self._settings), self._settings, self.rows)
        whole = self._loaded()
        return mean_of([self._fitted(member, trees, *whole) for member in members])

    def _loaded(self) -> "list[Array]":
        """Matrix, labels and weights, as evenly over the workers as pieces allow."""
        from dask import array, delayed

        usual = usual_weight(self._table, self._wanted) if self._settings.weigh_fitting else 1.0
        width = len(signals_for(self._settings))
        held = dict.fromkeys(sorted(self._client.nthreads()), 0)  # rows by worker
        least = min(_ROWS, -(-self.rows // (_LOADS * len(held))))
        parts: list[list[Array]] = [[], [], []]
        for pieces, rows in gathered(self._pieces, least):
            worker = min(held, key=lambda one: held[one])
            held[worker] += rows
            told = (pieces, self._wanted, self._settings, usual)
            read = self._client.submit(loaded, *told, workers=[worker], pure=False)
            for at, shape in enumerate([(rows, width), (rows,), (rows,)]):
                part = delayed(getitem)(read, at)
                parts[at].append(array.from_delayed(part, shape, dtype=np.float64))
        return [array.concatenate(some) for some in parts]

    def _fitted(self, parameters: dict[str, object], trees: int, *whole: "Array") -> lgb.Booster:
        signals = signals_for(self._settings)
        given = parameters | {"monotone_constraints_method": "basic", "time_out": _TIME_OUT}
        del given["num_threads"]  # as many as a worker has
        # A classifier numbers the labels that a worker happens to hold; a regressor takes them as
        # they are, and the objective makes it the same booster.
        model = lgb.DaskLGBMRegressor(n_estimators=trees, client=self._client, **given)
        matrix, labels, weights = whole
        fit = partial(
            model.fit,
            matrix,
            labels,
            sample_weight=weights if self._settings.weigh_fitting else None,
            feature_name=[signal.name for signal in signals],
            categorical_feature=[at for at, signal in enumerate(signals) if signal.is_category],
        )
        with warnings.catch_warnings():  # it takes what its constructor sets for a wish
            warnings.filterwarnings("ignore", "Parameter n_jobs will be ignored")
            watched(fit, self._client)
        return _unaddressed(model.booster_)


def _unaddressed(booster: lgb.Booster) -> lgb.Booster:
    """The same booster without the addresses of the machines that fitted it."""
    text = re.sub(r"^\[machines: .*\]$", "[machines: ]", booster.model_to_string(), flags=re.M)
    return lgb.Booster(model_str=text)
