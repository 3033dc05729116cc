"""Which stemmer puts the forms of a word together: PYTHONPATH=. python benchmarks/stems.py

Of the words of happenings.kinds the plural, past and -ing forms are made by the rules of English spelling; a stemmer is right where a form has
the stem of its word. Compared: four endings cut off and doubled letters halved, and Snowball's English stemmer, which chronicle uses.
"""

from __future__ import annotations

import re
from importlib import resources

import snowballstemmer

_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s)$")
_NOUN = re.compile(r"(ion|ment|ence|ance|ing|ings|ness|ity|er|ship|ed)$")


def cut(word: str) -> str:
    """Return a word without its ending."""
    stem = _ENDING.sub("", word)
    return stem[:-1] if stem[-1:] == stem[-2:-1] != "" else stem


def forms(word: str, regular: bool) -> set[str]:
    """Return the forms of a word, as its spelling makes them."""
    soft = word.endswith("y") and word[-2] not in "aeiou"
    made = {word + "es" if re.search("(s|x|z|ch|sh)$", word) else word[:-1] + "ies" if soft else word + "s"}
    if not regular or _NOUN.search(word):
        return made
    if word.endswith("ee"):
        return made | {word + "d", word + "ing"}
    if word.endswith("e"):
        return made | {word + "d", word[:-1] + "ing"}
    if soft:
        return made | {word[:-1] + "ied", word + "ing"}
    if re.search("^[^aeiou]*[aeiou][bdgklmnprt]$", word):
        return made | {word + word[-1] + "ed", word + word[-1] + "ing"}
    return made | {word + "ed", word + "ing"}


def main() -> None:
    """Print how many forms each stemmer puts to their word."""
    text = resources.files("chronicle.languages").joinpath("en").joinpath("happenings.kinds").read_text("utf-8")
    kinds, irregular = (text.split(f"\n[{name}]\n")[1].split("\n\n[")[0] for name in ("kinds", "irregular"))
    words = {w.strip() for line in kinds.splitlines() for w in line.split("=")[1].split(",")}
    forms_apart = {line.split("=")[0].strip() for line in irregular.splitlines()}
    made = [(w, form) for w in sorted(words) if " " not in w for form in forms(w, w not in forms_apart)]
    for name, stem in (("endings cut off", cut), ("Snowball", snowballstemmer.stemmer("english").stemWord)):
        right = sum(stem(form) == stem(word) for word, form in made)
        print(f"{name}: {right} of {len(made)} forms, {100 * right / len(made):.1f} %")


if __name__ == "__main__":
    main()
