"""Work on a cluster that ends when a worker is lost."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from lightgbm.basic import LightGBMError

from ..settings import TrainingError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

_SECONDS = 1.0  # between looks at who is there


def watched(work: Callable[[], T], client: "Client") -> T:
    """What the work gives; TrainingError as soon as one of the workers is gone.

    LightGBM itself notices a worker that is lost while trees grow. One that is lost while they
    connect it would wait for until its time is out, and Dask for ever.
    """
    before = set(client.nthreads())
    done: Future[T] = Future()
    Thread(target=_into, args=(done, work), daemon=True).start()
    while True:
        try:
            return done.result(timeout=_SECONDS)
        except TimeoutError:
            if before <= set(client.nthreads()):
                continue
            raise _lost("a worker is gone") from None
        except (LightGBMError, RuntimeError, OSError, CancelledError) as error:
            raise _lost(str(error)) from error


def _into(done: "Future[T]", work: Callable[[], T]) -> None:
    try:
        done.set_result(work())
    except BaseException as error:
        done.set_exception(error)


def _lost(why: str) -> TrainingError:
    return TrainingError(
        f"the cluster broke off the fit, as it does when a worker is lost ({why}); nothing was "
        "stored, start it again"
    )
