"""What the service counts, as Prometheus reads it."""

from collections import Counter as Counted

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from ..audit import Audit
from .scoring import Answered
from .service import InUse

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """Counts of one service, in a registry of its own. Labels take few values, none of a caller."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.requests = Counter(
            "shiprisk_requests", "Requests answered.", ["route", "status"], registry=registry
        )
        self.seconds = Histogram(
            "shiprisk_request_seconds",
            "Time from the first line of a request to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.waiting = Gauge(
            "shiprisk_requests_waiting", "Requests read or scored now.", registry=registry
        )
        self.scores = Counter(
            "shiprisk_scores", "Scores given, by lane.", ["lane"], registry=registry
        )
        self.rejected = Counter(
            "shiprisk_rejected_records", "Records that were not scored.", registry=registry
        )
        self.reloads = Counter(
            "shiprisk_reloads",
            "Newer models or histories: taken_up, refused, or unreachable.",
            ["result"],
            registry=registry,
        )
        self.model = Gauge(
            "shiprisk_model_info",
            "1 for the model in use.",
            ["model_version", "origin"],
            registry=registry,
        )
        self.history = Gauge(
            "shiprisk_history_last_day_timestamp_seconds",
            "The last day that the history in use knows of, at midnight UTC.",
            registry=registry,
        )

    def watch(self, audit: Audit) -> None:
        """Tell how the audit record stands."""
        waiting = Gauge(
            "shiprisk_audit_waiting", "Scores not yet on record.", registry=self.registry
        )
        lost = Gauge(
            "shiprisk_audit_lost", "Scores that could not be recorded.", registry=self.registry
        )
        waiting.set_function(lambda: audit.waiting)
        lost.set_function(lambda: audit.lost)

    def count(self, answered: Answered) -> None:
        """Count what came of a request."""
        for lane, number in Counted(score["lane"] for score in answered.scores).items():
            self.scores.labels(lane).inc(number)
        self.rejected.inc(answered.rejected_records)

    def describe(self, in_use: InUse) -> None:
        """Say which model and history are in use."""
        self.model.clear()
        self.model.labels(in_use.scorer.model.version, in_use.origin).set(1)
        through = in_use.scorer.history.through.astype("datetime64[s]").astype(int)
        self.history.set(int(through))

    def text(self) -> bytes:
        """All counts, in the text form of Prometheus."""
        return generate_latest(self.registry)
