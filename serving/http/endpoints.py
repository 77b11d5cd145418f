"""What each path answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from shiprisk.features import SIGNALS

from .bodies import advised, asked_for, body_of, reasons_of
from .limits import Limits
from .metrics import MEDIA_TYPE, Metrics
from .problems import Problem
from .recording import Recording
from .scoring import Answered, scored_alone, scored_together
from .service import Service
from .text import JsonResponse, as_written

_TOLD_OF_SIGNALS = ("name", "family", "meaning", "risk", "flags", "sensitive")


def _two_threads() -> ThreadPoolExecutor:
    # Scoring holds the interpreter's lock most of the time: more threads would only take turns.
    return ThreadPoolExecutor(2, thread_name_prefix="lists")


@dataclass(frozen=True)
class Endpoints:
    """The answers of a service."""

    service: Service
    limits: Limits
    metrics: Metrics
    recording: Recording | None = None
    lists: ThreadPoolExecutor = field(default_factory=_two_threads)

    async def alive(self, request: Request) -> Response:
        """Whether the service runs."""
        return JsonResponse({"status": "alive"})

    async def ready(self, request: Request) -> Response:
        """Whether to send requests here: a model and its history are in use, no stop is near.

        Where answers are recorded, the record can be reached.

        `refused` says why a newer model or history could not be taken up, where there is one.
        """
        if self.service.stopping:
            raise Problem(503, "the service is stopping", headers={"retry-after": "1"})
        if self.recording is not None:
            await self.recording.check()
        refused = self.service.refused or None
        return JsonResponse({"status": "ready", **self._in_use(), "refused": refused})

    async def counts(self, request: Request) -> Response:
        """What the service counts, as Prometheus reads it."""
        return Response(self.metrics.text(), media_type=MEDIA_TYPE)

    async def model(self, request: Request) -> Response:
        """The model in use, what it was trained on, and which lists have changed since."""
        scorer = self.service.in_use.scorer
        about = {**scorer.model.about, "changed_lists": scorer.changed_lists}
        return JsonResponse({**self._in_use(), **about})

    async def signals(self, request: Request) -> Response:
        """Every signal with its published meaning."""
        told = [{name: getattr(signal, name) for name in _TOLD_OF_SIGNALS} for signal in SIGNALS]
        return JsonResponse(told)

    async def scores(self, request: Request) -> Response:
        """Risk, lane and reasons of one declaration, or of each of a list.

        `shipments` has one entry for each declaration_id: it takes its riskiest goods item.
        Each is judged against the history alone, never by what stands beside it in the request.
        One declaration is also given advice (`ask_for`, `below`, `similar`), unless the query says
        `advice=false`; if it cannot be scored, that is a problem that names its fields. Of a list,
        good ones are scored and `rejected` names each fault of the others; `row` counts from 0.
        """
        most, advice = reasons_of(request), advised(request)
        asked = asked_for(await body_of(request, self.limits), self.limits)
        scorer = self.service.in_use.scorer
        if isinstance(asked, dict):
            request.state.asked.records = 1
            # Not in a thread: handing it over and taking turns costs more than it gives.
            answered = scored_alone(scorer, asked, most, advice)
        else:
            request.state.asked.records = len(asked)
            loop = asyncio.get_running_loop()
            answered = await loop.run_in_executor(self.lists, scored_together, scorer, asked, most)
        self.metrics.count(answered)
        if isinstance(asked, dict) and answered.rejected:
            raise _cannot_be_scored(answered)
        return JsonResponse(await self._given(answered, request.state.asked.client, most))

    async def _given(self, answered: Answered, by: str, most_reasons: int) -> dict[str, Any]:
        """What is sent, once it is on record where a record is kept: the recorded bytes."""
        told = {"shipments": answered.shipments, "rejected": answered.rejected}
        if self.recording is None:
            return {"scores": answered.scores, **told}
        kept = await self.recording.kept(answered, by, most_reasons)
        return {"scores": [as_written(text) for text in kept], **told}

    def _in_use(self) -> dict[str, Any]:
        in_use = self.service.in_use
        return {
            "model_version": in_use.scorer.model.version,
            "origin": in_use.origin,
            "history_through": str(in_use.scorer.history.through),
        }


def _cannot_be_scored(answered: Answered) -> Problem:
    errors = [{name: fault[name] for name in ("column", "value", "expected")}
              for fault in answered.rejected]  # fmt: skip
    named = ", ".join(dict.fromkeys(fault["column"] for fault in errors))
    return Problem(422, f"the declaration cannot be scored; see {named}", errors)
