"""Which language a text is in, where nobody says: found out by py3langid (Lui and Baldwin's langid.py), or by its script alone.

py3langid is the one of its kind that is small and quick enough to be asked for every article; ``benchmarks/detection.py`` compares it with
lingua and langdetect. It is an extra, ``language``. A text that is too short to tell, or that may as well be English, is taken as English,
and that is said.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from typing import Any, Final

from chronicle import languages
from chronicle.languages import ground

USUAL: Final = "en"
_LONGEST: Final = 1500
_SAMPLE: Final = 400
_FEWEST: Final = 24
# by how much another language must be likelier than English; a text of so many letters is short
_SHORT: Final = 100
_LIKELIER: Final = 5.0
_LIKELIER_WHERE_SHORT: Final = 30.0
# scripts that one language is written in, most of the time, by the first word of their letters' names in Unicode
_SCRIPTS: Final = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "HEBREW": "he",
    "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "TIBETAN": "bo", "BENGALI": "bn", "ORIYA": "or",
}  # fmt: skip
_LETTER: Final = re.compile(r"[^\W\d_]")
_FOREIGN: Final = re.compile(r"[^\W\d_\u0000-\u036f]")


def language_of(text: str) -> tuple[str, str]:
    """Return the code of a text's language (ISO 639-1) and how it was told."""
    head = text[:_LONGEST]
    letters = len(_LETTER.findall(head))
    script = _by_script(head[:_SAMPLE])
    if script is not None:
        return script, "its script"
    if letters < _FEWEST:
        return USUAL, "assumed: the text is too short to tell"
    model = _model()
    if model is None:
        return USUAL, "assumed: no library tells languages; pip install 'chronicle-timeline[language]'"
    ranked = dict(model.rank(head))
    code = max(ranked, key=lambda known: ranked[known])
    needed = _LIKELIER if letters >= _SHORT else _LIKELIER_WHERE_SHORT
    if code != USUAL and ranked[code] < needed * ranked[USUAL]:
        return USUAL, f"assumed: the text may as well be in {code}"
    return str(code), "the text (py3langid)"


def _by_script(head: str) -> str | None:
    """Return the language of a text in a script that it alone is written in."""
    foreign = _FOREIGN.findall(head)
    if len(foreign) * 2 <= len(_LETTER.findall(head)):
        return None
    scripts = Counter(unicodedata.name(sign, "NONE").partition(" ")[0] for sign in foreign)
    if (scripts["HIRAGANA"] + scripts["KATAKANA"]) * 20 > len(foreign):
        return _SCRIPTS["HIRAGANA"]
    name, count = scripts.most_common(1)[0]
    return _SCRIPTS.get(name) if count * 2 > len(foreign) else None


@functools.cache
def _model() -> Any:
    """Return py3langid's model with probabilities, or None where it is not installed."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # what cannot be read would be no answer
    readable = {*languages.codes(), *map(languages.base, ground.codes())}
    model.set_languages([label for label in model.labels if label in readable])
    return model
