"""How much may be asked at once, and how fast."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """What one request, one client and all together may ask.

    most_bytes: of a body. most_records: of a request. most_waiting: requests that are read or
    scored at the same time. records_per_second: of one client on average, with as many as it may
    ask in ten seconds at once. body_seconds: until a body must have come. head_seconds: until the
    lines before it must have come.
    """

    most_bytes: int = 8_000_000
    most_records: int = 1_000
    most_waiting: int = 100
    records_per_second: float = 2_000
    body_seconds: float = 10
    head_seconds: float = 10

    @property
    def most_at_once(self) -> float:
        """The records that a client who was silent may ask for without waiting."""
        return 10 * self.records_per_second


@dataclass
class _Bucket:
    tokens: float
    at: float


@dataclass
class Load:
    """What is asked now. waiting: requests that are read or scored.

    Each client has a bucket of tokens, one token for a record. Whoever has a token left may ask,
    for however many records, and then owes them: a large request is never refused for its size
    alone, and the next waits until the debt is paid.
    """

    limits: Limits
    waiting: int = 0
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def wait(self, name: str) -> float:
        """Seconds until a client may ask; 0 where it may now."""
        missing = 1 - self._bucket(name).tokens
        return max(0.0, missing / self.limits.records_per_second)

    def charge(self, name: str, records: int) -> None:
        """Take what a client has asked for."""
        self._bucket(name).tokens -= records

    def _bucket(self, name: str) -> _Bucket:
        now, most = time.monotonic(), self.limits.most_at_once
        bucket = self._buckets.setdefault(name, _Bucket(most, now))
        filled = bucket.tokens + (now - bucket.at) * self.limits.records_per_second
        bucket.tokens, bucket.at = min(most, filled), now
        return bucket
