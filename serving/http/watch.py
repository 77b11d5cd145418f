"""A newer model or history is taken up while the service answers."""

import logging
import threading
from dataclasses import dataclass, field

from .logs import tell, tell_of_fault
from .metrics import Metrics
from .origin import Found, Origin
from .service import Service


@dataclass
class Watch:
    """Looks now and then for what is newer, in a thread of its own; `known` is what is in use.

    What is newer is loaded and tried beside the one in use, and then takes its place at once. What
    cannot be used is refused, told and tried again at the next look: the one in use goes on.
    """

    service: Service
    origin: Origin
    metrics: Metrics
    known: Found
    seconds: float
    _stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin to look."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def look(self) -> None:
        """Take up what is newer, if there is anything that can be used."""
        try:
            found = self.origin.newest()
        except (ValueError, OSError) as error:
            self.metrics.reloads.labels("unreachable").inc()
            tell("unreachable", logging.WARNING, reason=str(error))
            return
        if found == self.known:
            self.service.refused = ""
            return
        try:
            newer = self.origin.load(found)
        except Exception as error:  # whatever a broken model does, the one in use goes on
            self._refuse(f"{found.address}: {error or type(error).__name__}")
            return
        self.service.take_up(newer)
        self.known = found
        self.metrics.describe(newer)
        self.metrics.reloads.labels("taken_up").inc()
        model, through = newer.scorer.model.version, str(newer.scorer.history.through)
        tell("taken_up", origin=found.address, model_version=model, history_through=through)

    def _refuse(self, reason: str) -> None:
        self.metrics.reloads.labels("refused").inc()
        if reason != self.service.refused:
            tell_of_fault("refused", reason=reason)
        self.service.refused = reason

    def _run(self) -> None:
        while not self._stopped.wait(self.seconds):
            self.look()
