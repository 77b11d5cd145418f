"""The texts of a language, by key."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

# How each language calls itself. English is complete; the others fall back on it.
LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}


class Words:
    """The catalogue of one language. Made by `Words.of`."""

    def __init__(self, language: str, texts: Mapping[str, str], others: Mapping[str, str]) -> None:
        self.language = language
        self._texts = {**others, **texts}

    @classmethod
    def of(cls, language: str) -> "Words":
        """The words of a language of `LANGUAGES`; KeyError for any other."""
        return _words(language)

    def __call__(self, key: str, **evidence: Any) -> str:
        """The text of a key such as `queue.title`, with its evidence; KeyError without one."""
        return self._texts[key].format(**evidence)


@cache
def _words(language: str) -> Words:
    return Words(language, _texts(language), _texts("en"))


def _texts(language: str) -> dict[str, str]:
    """The texts of a language's file by dotted key; KeyError where there is no such language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def _flat(told: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value
