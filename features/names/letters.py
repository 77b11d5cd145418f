"""Names in Latin letters without marks, whatever alphabet and spelling they came in."""

import re
import unicodedata

# Latin for the Cyrillic of Russian, Kazakh, Ukrainian and Belarusian, and for letters that no
# decomposition takes apart.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    "є": "e", "ґ": "g",
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a",
}  # fmt: skip
_LATIN = str.maketrans(_LETTERS | dict.fromkeys("'’ʼ`ʹ\"«»“”„", ""))

# Spellings of one sound: schemes of transliteration differ in these. Capitals stand for sounds
# that several letters write, so that no later rule takes them apart.
_SOUNDS = (
    (r"shch|sch|sh|ş", "S"), (r"tch|ch", "C"), (r"dzh|zh|dj|j", "J"), (r"ts|tz|cz", "s"),
    (r"kh", "h"), (r"ph", "f"), (r"th", "t"), (r"ck", "k"), (r"c(?=[eiy])", "s"), (r"[cq]", "k"),
    (r"x", "ks"), (r"w", "v"), (r"y", "i"), (r"ie", "e"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")  # L.L.C. is one word
_BETWEEN = re.compile(r"[\W_]+")


def latin(name: str) -> str:
    """Small Latin letters, digits and single blanks; other alphabets stay as they are."""
    bare = name.casefold()
    if not bare.isascii():
        taken_apart = unicodedata.normalize("NFKD", bare)
        bare = "".join(one for one in taken_apart if not unicodedata.combining(one))
    joined = _INITIALS.sub(r"\1", bare.translate(_LATIN).replace("&", " and "))
    return " ".join(_BETWEEN.sub(" ", joined).split())


def sounding(word: str) -> str:
    """A Latin word as it sounds, roughly: equal for usual ways to transliterate one name."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
