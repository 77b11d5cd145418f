"""The texts of a language, by key, and what is told of scores in it."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from shiprisk.features import DECLARATIONS, DOCUMENTS, RED_FLAGS, SIGNALS

from ..advice import format_of
from ..sentences import UNKNOWN, kind_of, mentioned
from .filling import Filler
from .phrases import Phrases

# How each language calls itself. English is complete; the others fall back on it.
LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}

_SIGNALS = {signal.name: signal for signal in SIGNALS}
_MEANINGS = {column.name: column.meaning for column in DECLARATIONS.every_column}
_PAPERS = {says: key for key, says in DOCUMENTS.items()}
_KINDS = ("unknown", "otherwise", "says")


class Words:
    """The catalogue of one language. Made by `Words.of`.

    What has no text in this language is told in English; what this version does not know, such as
    a signal of an older record, as it was recorded.
    """

    def __init__(self, language: str, texts: Mapping[str, str], others: Mapping[str, str]) -> None:
        self.language = language
        self._texts = {**others, **texts}
        self._phrases = Phrases(texts)
        self._filler = Filler(language, texts.get("sentences.unknown", UNKNOWN))

    @classmethod
    def of(cls, language: str) -> "Words":
        """The words of a language of `LANGUAGES`; KeyError for any other."""
        return _words(language)

    def __call__(self, key: str, **evidence: Any) -> str:
        """The text of a key such as `queue.title`, with its evidence; KeyError without one."""
        return self._filler.filled(self._texts[key], **evidence)

    def sentence(self, reason: Mapping[str, Any]) -> str:
        """What a signal found (see `Reason`)."""
        signal, evidence = str(reason["signal"]), reason.get("evidence")
        template = self._template(signal, reason["value"])
        if template is None or evidence is None or not evidence.keys() >= set(mentioned(template)):
            return str(reason["sentence"])
        told = {name: self._told(signal, name, piece) for name, piece in evidence.items()}
        return self._filler.filled(template, **told)

    def meaning(self, signal: str) -> str:
        """What a signal means; of one that this version does not know, its name."""
        known = _SIGNALS.get(signal)
        return self._texts.get(f"signals.{signal}.meaning", known.meaning if known else signal)

    def flag(self, flag: str) -> str:
        """What a red flag says; KeyError for an id that is not in RED_FLAGS."""
        return self._texts.get(f"flags.{flag}", RED_FLAGS[flag].says)

    def papers(self, papers: str) -> str:
        """Papers to ask for, given as an answer tells them."""
        return self._texts.get(f"papers.{_PAPERS.get(papers)}", papers)

    def column(self, name: str) -> str:
        """What a column of declarations means."""
        return self._texts.get(f"columns.{name}", _MEANINGS.get(name, name))

    def change(self, change: Mapping[str, Any]) -> str:
        """Another value of a signal that papers could show (see `Change`)."""
        signal, now, to = _SIGNALS.get(change["signal"]), change["value"], change["to"]
        if signal is None or to is None or "changes.more" not in self._texts:
            return str(change["told"])
        how = format_of(signal)
        return self(
            "changes.more" if now is not None and to > now else "changes.most",
            meaning=self.meaning(signal.name).rstrip("."),
            to=self._filler.format_field(to, how),
            now=self._filler.format_field(now, how),
        )

    def _template(self, signal: str, value: float | None) -> str | None:
        """The template of this language for a value; None where it has none for the signal."""
        begin = f"signals.{signal}."
        kind = _KINDS[kind_of(value)]
        if kind == "unknown" and begin + "meaning" in self._texts:
            not_known = self("sentences.not_known", meaning=_within(self._texts[begin + "meaning"]))
            return self._texts.get(begin + "unknown", not_known)
        return self._texts.get(begin + kind, self._texts.get(begin + "says"))

    def _told(self, signal: str, name: str, piece: Any) -> Any:
        if not isinstance(piece, str):
            return piece
        return self._phrases.of(signal if name == "value" else name, piece)


def _within(meaning: str) -> str:
    """A meaning as it stands within a sentence; an abbreviation at its beginning stays."""
    first = meaning[0] if meaning[1].isupper() else meaning[0].lower()
    return first + meaning[1:].rstrip(".")


@cache
def _words(language: str) -> Words:
    return Words(language, texts_of(language), texts_of("en"))


@cache
def texts_of(language: str) -> Mapping[str, str]:
    """The texts of a language by dotted key; KeyError where there is no such language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    told = (tomllib.loads(file.read_text(encoding="utf-8")) for file in _files(language))
    return dict(each for table in told for each in _flat(table, ""))


def _files(language: str) -> list[Traversable]:
    """The one file of a language, or those in its folder."""
    here = files(__package__)
    if (alone := here / f"{language}.toml").is_file():
        return [alone]
    return [file for file in (here / language).iterdir() if file.name.endswith(".toml")]


def _flat(told: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value
