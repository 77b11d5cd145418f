"""Texts by key, in the languages of those who read."""

import pytest

from shiprisk.serving.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_tells_each_family(language):
    assert Words.of(language)("families.goods")


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        Words.of("../en")
