"""Names of firms and partners: numbers until they are written, then words of a small stock."""

from functools import cache
from itertools import product

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .columns import Columns
from .countries import COUNTRIES
from .draw import Array, Generator, chance, pick

TEXT = pa.string()
# A name is a root of three syllables, a second word and one of business, so that two firms seldom
# share it. Only letters that Cyrillic has one for.
FIRST = ("al", "ar", "bal", "bor", "dal", "del", "dor", "fen", "gal", "gor", "kas", "kel", "kor",
         "lar", "lum", "mag", "mel", "mer", "nor", "nov", "or", "pal", "pol", "ros", "sar", "sel",
         "sev", "sol", "tal", "tel", "tor", "tri", "ul", "var", "ver", "vol", "zar",
         "zen")  # fmt: skip
MIDDLE = ("a", "e", "i", "o", "u", "ani", "era", "ilo", "omi", "uda")
LAST = ("bek", "dan", "dor", "gan", "kon", "kar", "lan", "len", "lin", "mak", "mar", "mir", "mont",
        "nak", "nord", "pan", "pek", "ran", "rek", "ros", "san", "sib", "stan", "star", "tan",
        "tek", "ten", "tor", "tron", "van", "vest", "vik", "vis", "von", "zan", "zil")  # fmt: skip
SECOND = ("aral", "alia", "amir", "arena", "astra", "atlas", "baron", "bridan", "dinar", "divan",
          "fakel", "fanal", "fort", "globus", "granit", "iglan", "karat", "kaskad", "kedr",
          "kristal",
          "lider", "magnat", "maral", "mustang", "nomad", "olimp", "orbita", "orlan", "pilot",
          "planeta", "prima", "pulsar", "saturn", "sirius", "sokol", "standart", "titan", "torus",
          "triumf", "vektor", "vertikal", "zenit")  # fmt: skip
WORDS = (
    ("Trade", "Трейд"), ("Trading", "Трейдинг"), ("Service", "Сервис"), ("Group", "Групп"),
    ("Logistics", "Логистика"), ("Systems", "Системы"), ("Electronics", "Электроникс"),
    ("Supply", "Снаб"), ("Components", "Компоненты"), ("Motors", "Моторс"), ("Optics", "Оптика"),
    ("Textile", "Текстиль"), ("Foods", "Продукт"), ("Chemicals", "Химия"), ("Tools", "Инструмент"),
    ("Import", "Импорт"),
)  # fmt: skip
FORMS = {"CN": "Co., Ltd", "HK": "Limited", "TR": "Ltd. Şti.", "AE": "FZE", "DE": "GmbH",
         "RU": "OOO", "BY": "OOO", "UZ": "MChJ", "IT": "S.r.l.", "FR": "SARL", "PL": "Sp. z o.o.",
         "US": "Inc.", "GB": "Ltd", "IN": "Pvt Ltd", "KZ": "LLP"}  # fmt: skip
OWN_FORMS = (("LLP", "ТОО"), ("JSC", "АО"), ("Branch", "Филиал"), ("Cooperative", "Кооператив"))
ROOTS = len(FIRST) * len(MIDDLE) * len(LAST)
STOCK = ROOTS * len(SECOND) * len(WORDS)
# Partners with higher numbers are kept by networks: one firm under one name in several countries.
OF_NETWORKS = 400_000
LATIN, CYRILLIC = range(2)
USUAL, CAPITALS, BARE, SLIP = range(4)  # how a name is written on paper
STYLES = (84, 6, 7, 3)
_CYRILLIC = str.maketrans("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз")


def of_partners(number: Array, country: Array) -> Array:
    """The name of each partner, as a number below STOCK."""
    place = np.where(number < OF_NETWORKS, country, 0).astype(np.int64)
    return _mixed(number.astype(np.int64) * len(COUNTRIES) + place, 1)


def of_firms(serial: Array) -> Array:
    """The name of each resident firm, as a number below STOCK."""
    return _mixed(serial.astype(np.int64), 2)


def _mixed(numbers: Array, kind: int) -> Array:
    """Numbers below STOCK that look as if drawn, the same for the same number."""
    bits = (numbers.astype(np.uint64) * np.uint64(4) + np.uint64(kind)) * np.uint64(
        0x9E3779B97F4A7C15
    )
    return ((bits ^ (bits >> np.uint64(29))) % np.uint64(STOCK)).astype(np.int64)


def on_papers(rng: Generator, items: Columns) -> pa.Array:
    """The partner's name on each declaration, at times written another way."""
    paper = np.cumsum(items["item_number"] == 1) - 1
    papers = int(paper.max(initial=-1)) + 1
    style = pick(rng, np.arange(4), papers, STYLES)[paper]
    known = ~chance(rng, 0.02, papers)[paper]
    name = of_partners(items["partner"], items["partner_country"])
    return partner_names(name, items["partner_country"], style, known)


def partner_names(names: Array, country: Array, style: Array, known: Array) -> pa.Array:
    """Names of partners as they stand on papers."""
    forms = pa.array([FORMS.get(one, "Ltd") for one in COUNTRIES], TEXT)
    bare = bare_names(names, LATIN, style == SLIP)
    full = pc.binary_join_element_wise(bare, forms.take(pa.array(country)), " ")
    said = pc.if_else(pa.array(style == BARE), bare, full)
    said = pc.if_else(pa.array(style == CAPITALS), pc.utf8_upper(said), said)
    return pc.if_else(pa.array(known), said, pa.scalar(None, TEXT))


def firm_names(names: Array, legal_form: Array) -> pa.Array:
    """Names of resident firms, two of three in Cyrillic, as the register has them."""
    cyrillic = names % 3 > 0
    latin, other = (_joined(names, legal_form, script) for script in (LATIN, CYRILLIC))
    return pc.if_else(pa.array(cyrillic), other, latin)


def bare_names(names: Array, script: int, slip: Array) -> pa.Array:
    """Names without a legal form in Latin or Cyrillic letters; with a slip the root lacks one."""
    rest, word = np.divmod(names, len(WORDS))
    root, second = np.divmod(rest, len(SECOND))
    parts = (
        _roots(script).take(pa.array(root + np.where(slip, ROOTS, 0))),
        _seconds(script).take(pa.array(second)),
        _words(script).take(pa.array(word)),
    )
    return pc.binary_join_element_wise(*parts, " ")


def _joined(names: Array, legal_form: Array, script: int) -> pa.Array:
    forms = pa.array([both[script] for both in OWN_FORMS], TEXT).take(pa.array(legal_form))
    bare = bare_names(names, script, np.zeros(len(names), dtype=bool))
    if script == LATIN:
        return pc.binary_join_element_wise(bare, forms, " ")
    return pc.binary_join_element_wise(forms, " «", bare, "»", "")


@cache
def _roots(script: int) -> pa.Array:
    """Every root, then every root with a letter left out."""
    roots = ["".join(parts) for parts in product(FIRST, MIDDLE, LAST)]
    return _written([*roots, *(root[:-2] + root[-1] for root in roots)], script)


@cache
def _seconds(script: int) -> pa.Array:
    return _written(list(SECOND), script)


@cache
def _words(script: int) -> pa.Array:
    return pa.array([both[script] for both in WORDS], TEXT)


def _written(words: list[str], script: int) -> pa.Array:
    letters = words if script == LATIN else [word.translate(_CYRILLIC) for word in words]
    return pa.array([word.capitalize() for word in letters], TEXT)
