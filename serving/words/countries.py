"""What countries are called in each language."""

import gettext
from functools import cache

import pycountry


@cache
def country_name(code: str, language: str) -> str:
    """The name of a country by its alpha-2 code; the code itself where it is not known."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    name: str = getattr(country, "common_name", country.name)
    return _names(language).gettext(name)


@cache
def _names(language: str) -> gettext.NullTranslations:
    """The names in a language; English ones where there are no others."""
    return gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )
