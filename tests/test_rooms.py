"""The house: imports go one way, no two files need each other, no language stands in code, large files say why.

``python tests/test_rooms.py`` draws the rooms into docs/architecture.md.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "chronicle"
WEB = HOUSE / "drawing" / "web"

# The rooms, from the ground up: a module imports from its own room and from those that stand before it here.
ORDER = (
    "errors characters nearest record",  # what may be said to a user, what may stand in a text, values as dicts
    "languages",  # data, and their loader
    "time",  # calendar, EDTF, When
    "article",
    "readers",  # files, pages, feeds -> articles
    "tagger",  # text -> candidates
    "resolve",  # candidates -> mentions
    "syntax",  # text -> sentences, words, clauses
    "event",
    "extraction",  # mentions and clauses -> events
    "story",  # events of many articles
    "log",  # YAML
    "drawing",  # figure and page
    "formats",  # interchange
    "archive curate evaluate notebook",
    "chronicle",  # the public face
    "cli __main__",
)
# What goes up all the same: (importing module, function or "") -> room
EXCEPTIONS = {
    ("*", "_repr_html_"): "notebook",  # a value shows itself in a notebook
}
MOST_LINES = 400


class Import(NamedTuple):
    module: str
    function: str
    line: int
    target: str


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imports() -> Iterator[Import]:
    """Yield every import of a module of ours, lazy ones and those for type checkers too."""
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text("utf-8"))
        yield from walk(tree, module, "", path.name == "__init__.py")


def walk(node: ast.AST, module: str, function: str, package: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else function
        if isinstance(child, ast.Import):
            names = [a.name for a in child.names]
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            if child.level:
                parts = module.split(".")
                parts = parts[: len(parts) - child.level + package]
                base = ".".join([*parts, *base.split(".")]).strip(".")
            names = [f"{base}.{a.name}" if f"{base}.{a.name}" in MODULES else base for a in child.names]
        else:
            names = []
        for name in names:
            if name.split(".")[0] == "chronicle":
                yield Import(module, inside, child.lineno, name)
        yield from walk(child, module, inside, package)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "chronicle"


def excepted(one: Import) -> bool:
    return any(
        where in ("*", one.module) and function == one.function and room(one.target) == target
        for (where, function), target in EXCEPTIONS.items()
    )


IMPORTS = list(imports())
HEIGHT = {name: height for height, names in enumerate(ORDER) for name in names.split()}


def test_every_room_has_its_place():
    assert {room(m) for m in MODULES} <= set(HEIGHT)
    assert len(EXCEPTIONS) <= 3


def test_no_import_goes_up():
    wrong = [
        f"{one.module}:{one.line} imports {one.target}"
        for one in IMPORTS
        if HEIGHT[room(one.target)] > HEIGHT[room(one.module)] and not excepted(one)
    ]
    assert wrong == []


def test_every_exception_is_needed():
    for exception in EXCEPTIONS:
        assert any(one.function == exception[1] and excepted(one) for one in IMPORTS), exception


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one node (Tarjan, 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


def test_no_circle_of_files():
    edges: dict[str, set[str]] = defaultdict(set)
    for one in IMPORTS:
        if not excepted(one) and one.target != one.module:
            edges[one.module].add(one.target)
    assert circles(edges) == []


def test_circles_are_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == [["b", "c"]]
    assert circles({"a": {"b"}, "b": {"c"}}) == []


def test_no_circle_of_scripts():
    """Scripts import each other, or, bundled into one, use what another declares at its top."""
    sources = {path.name: path.read_text("utf-8") for path in sorted(WEB.glob("*.js"))}
    declared = {
        name: set(re.findall(r"^(?:export )?(?:const|let|function|class) (\w+)", source, re.MULTILINE))
        for name, source in sources.items()
    }
    edges: dict[str, set[str]] = {}
    for name, source in sources.items():
        imported = set(re.findall(r"from \"\./([\w.-]+)\"", source)) & sources.keys()
        code = re.sub(r"//.*|\"(?:[^\"\\\n]|\\.)*\"", "", source)
        used = set(re.findall(r"(?<![\w.])\w+", code))
        bundled = not re.search(r"^import |^export ", source, re.MULTILINE)
        others = (
            {o for o in sources if o != name and not declared[o].isdisjoint(used - declared[name])}
            if bundled
            else set()
        )
        edges[name] = imported | others
    assert circles(edges) == []
    assert any(edges.values())


def test_a_package_and_a_function_never_share_a_name():
    import chronicle

    public = {name for name in chronicle.__all__ if name != "timeline"}
    assert public.isdisjoint(p.name for p in HOUSE.iterdir() if p.is_dir())
    assert "timeline" not in {p.name for p in HOUSE.iterdir()}


@pytest.mark.parametrize(
    "module", [m for m, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > MOST_LINES]
)
def test_a_long_module_says_why(module):
    docstring = ast.get_docstring(ast.parse(MODULES[module].read_text("utf-8"))) or ""
    assert "long" in docstring or "lines" in docstring, (
        f"{module} is past {MOST_LINES} lines: split it, or say in its docstring why not"
    )


# --- no natural language in code ---------------------------------------------------------------------------------------------------

SPEECHLESS = ("tagger", "resolve", "syntax", "story", "extraction")
# Words of the languages that are keys in code too. Keys that the data or the classes of meaning name are known by that, see allowed().
KEYS = {
    "attributes of meanings and of the parser": "least starts whole what zone start _first",
    "units of time, in the singular": "second minute hour day week fortnight weekend month quarter half season year decade century millennium",
    "kinds of cycle": "unit overnight weekday weekdays monthday part date holiday end before after",
    "where a clause looks, and whose time it tells": "past future neither news narrative colloquial",
    "how two expressions make one time": "range ended ending counted",
    "what a time was counted from": "published previous compared used",
    "modes of a guard": "is around not-before not-after not-is not-around not-",
    "names of sections and their lines": "words rules fillers guards signals extent style talk first trim tense lists sentences tokens compounds",
    "what a token is": "month# one shortyear compactdate whole iso slash short mark sep clock dotclock fraction ordinal decimal number unspaced stopped space",
    "labels of Universal Dependencies and of Penn's tags": "mark case aux aux:pass reported Fin",
    "categories of Unicode": "Mn",
    "makers of trees and what is known of a pipeline": "auto meta",
    "statuses and fates of events": "planned expected possible ongoing postponed done off same apart ahead postpone cancel",
    "classes of words in story's lexicon": "small light kind age",
    "kinds of blocks of a text": "next",
    "names of doubts": "clause",
    "names of endings": "third",
    "kinds of names, and what tells them apart": "people person place particle",
    "English is the language where none is given": "en",
}
# Literals that are words of a language and may be: the file, the text, why
ALLOWED = {
    ("extraction/events.py", "one of"): "a kind of When",
    ("tagger/language.py", "cycle('holiday', \""): "an action of the grammar",
    ("tagger/tokens.py", "іхсмІХСМ"): "Cyrillic letters that are written for Roman figures",
    ("tagger/tokens.py", "int | float | str | None"): "a type",
    ("resolve/reckon.py", "new year"): "a holiday's name in named_days.txt: the one on which a narrative's year turns",
    (
        "syntax/spacy_.py",
        "be",
    ): "a lemma that the labels of an English pipeline are turned to Universal Dependencies by",
    ("syntax/spacy_.py", "to"): "the same",
    ("syntax/reader.py", "_md"): "how spaCy's pipelines of a middle size are called",
    ("syntax/spacy_.py", "there"): "the same",
    ("story/joining.py", "put off"): "a title of a change that is told to a person",
    ("extraction/events.py", "it is counted from “"): "the reason for there being no date, told to a person",
    ("extraction/events.py", "”, and the article tells no one day of that"): "the same",
    ("extraction/events.py", "counted from “"): "how a date came about, told to a person",
    ("extraction/plain.py", "the sentence was read as a whole"): "the same",
    ("extraction/shorten.py", "Me"): "a category of Unicode",
    ("resolve/cues.py", "^(?:qu|[a-z])['’]"): "an elided word before a cue; the languages' own lists of these are in [tokens]",
    ("resolve/resolution.py", "JUST_"): "the beginning of a mod's name",
    ("tagger/tokens.py", "other"): "a kind of token",
    ("resolve/style.py", "(?:^|\\s)[#@]\\w|https?://(?=\\S*$|t\\.co)|(?:^|\\s)[:;=][-']?[()DPpO3/|]|!!|\\.\\.\\.|<3|[\\U0001F300-\\U0001FAFF]|\\w~"): "an address of a service for posts, and signs",
}
# Functions whose texts are shown to a user or to whoever writes a grammar, and names that hold such texts
TELLING = {"explain", "_how", "missing", "anchoring", "__str__", "anchor"}
# and the tables of keys that a file of a language may have
REASONS = {
    "__all__",
    "__slots__",
    "KEYS",
    "SETTINGS",
    "KINDS",
    "NO_PUBLICATION",
    "_RUNS_AHEAD",
    "_SIGNALS",
    "_SEASONS",
    "_PARTS",
}


# Files that write the tables and grammar of another kind of data
WRITERS = {"tagger/ground.py": "the keys of dateparser's tables, and lines of a .lang file", "resolve/typed.py": "messages, and names of templates"}


def vocabulary(code: str = "*") -> set[str]:
    """Return every word that the grammar and cues of a language hold, or those of all languages."""
    words: set[str] = set()
    for path in sorted((HOUSE / "languages").glob(f"{code}/*.lang")):
        for line in path.read_text("utf-8").splitlines():
            if line and line[0] not in "#[":
                pattern, rule, _ = line.partition(" => ")
                text = (
                    re.sub(r"\{.*?\}|<.*?>", " ", pattern.partition(": ")[2] or pattern)
                    if rule
                    else line.rpartition(" = ")[2]
                )
                words.update(re.findall(r"[^\W\d_]{2,}", text.lower()))
    return words


def allowed() -> set[str]:
    """Return the words that are keys: by the lists above, or as classes of meaning."""
    from chronicle.tagger import meaning

    meanings = {name for name in vars(meaning) if name[0].isupper()}
    return {*" ".join(KEYS.values()).split(), *meanings}


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the texts in code that are no docstrings, no messages of errors, no reasons and in no function that tells."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)):
            if isinstance(node, ast.FunctionDef) and node.name in TELLING:
                continue
            body = node.body
            if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
                node.body = body[1:]
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and tells(node)):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        # what is looked up in a table is a key
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            node.args = node.args[1:] if isinstance(node.args[0], ast.Constant) else node.args
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            yield from literals(ast.Expr(node.value))
            continue
        if isinstance(node, (ast.AnnAssign, ast.Assign)) and says_reason(node):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        yield from literals(node)


def tells(call: ast.Call) -> bool:
    """Tell whether a call makes an error, or a result whose last argument is the reason for there being none."""
    name = (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )
    return name.endswith(("Error", "Unresolved", "Resolution", "InvalidValue", "UnknownName")) or name in (
        "TypeVar",
        "Literal",
    )


def says_reason(node: ast.Assign | ast.AnnAssign) -> bool:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return isinstance(target, ast.Name) and target.id in REASONS


ENGLISH = vocabulary("en")


def spoken(text: str, known: set[str], keys: set[str]) -> set[str]:
    """Return the words of natural language in a literal.

    A bare word is one if it is of English, in which keys and their like are written; among others, any that a language holds.

    A literal of one word may be a key, one in capitals (APPROX, ON_OR_AFTER) or with underlines is a code; what a regular expression writes with letters
    is no word, nor is a range of a script.
    """
    if text.strip() in keys or re.fullmatch(r"[A-Z]+(?:[_-][A-Z]+)*|[a-z]+(?:_[a-z]+)+", text):
        return set()
    bare = re.sub(r"\\u[0-9a-fA-F]{4}|\(\?P[<=]\w+[>)]?|\(\?[a-zA-Z-]+[:)]|\\[A-Za-z]|\{\w*\}", " ", text)
    bare = re.sub(r"\[[^\]]*.-.[^\]]*\]", " ", bare)
    words = set(re.findall(r"[^\W\d_]{2,}", bare.lower()))
    if re.fullmatch(r"[A-Za-z:_#-]+", text):
        known = ENGLISH
    return {w for w in words if w in known or (w.isalpha() and not w.isascii())}


def test_no_language_in_code():
    known, keys = vocabulary(), allowed()
    assert {"between", "ed", "the", "yesterday"} <= known - keys
    found = []
    for module, path in MODULES.items():
        place = str(path.relative_to(HOUSE))
        if room(module) in SPEECHLESS and not place.startswith(tuple(WRITERS)):
            tree = ast.Module([ast.parse(path.read_text("utf-8"))], [])
            found += [
                f"{place}:{line}: {sorted(words)} in {text[:60]!r}"
                for line, text in literals(tree)
                if (words := spoken(text, known, keys)) and (place, text) not in ALLOWED
            ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('"""The doc."""\nX = {"the", "between"}', 2),
        ('def f():\n    """The."""\n    return x.removesuffix(" the")', 1),
        ('raise ValueError("the time between")', 0),
        ('R = re.compile(r"\\bbetween\\b")', 1),
        ('def explain(self):\n    return "the time"', 0),
        ('x.unit == "day"', 0),
        ('joiner == "and"', 1),
        ('word[-2:] == "ed"', 1),
        ('re.compile("(?:[dD]ie|das)")', 1),
    ],
)
def test_language_in_code_is_found(code, count):
    known, keys = vocabulary(), allowed()
    found = [w for _, text in literals(ast.Module([ast.parse(code)], [])) for w in spoken(text, known, keys)]
    assert bool(found) == bool(count)


# --- the picture in the docs -------------------------------------------------------------------------------------------------------

PICTURE = re.compile(r"(<!-- rooms: drawn by tests/test_rooms.py -->\n```mermaid\n).*?(```\n)", re.DOTALL)
ARCHITECTURE = ROOT / "docs" / "architecture.md"


def picture() -> str:
    """Return the rooms and which of them imports which, arrows that follow from others left out, as a Mermaid flowchart."""
    below: dict[str, set[str]] = defaultdict(set)
    for one in IMPORTS:
        if room(one.module) != room(one.target) and not excepted(one):
            below[room(one.module)].add(room(one.target))
    reach: dict[str, set[str]] = {}
    for name in sorted(HEIGHT, key=lambda n: HEIGHT[n]):
        reach[name] = set().union(*({r} | reach[r] for r in below[name])) if below[name] else set()
    lines = ["flowchart BT"]
    for name in sorted(below, key=lambda n: (HEIGHT[n], n)):
        for other in sorted(below[name]):
            if not any(other in reach[r] for r in below[name] if r != other):
                lines.append(f"    {name} --> {other}")
    return "\n".join(lines) + "\n"


def test_the_picture_of_the_rooms_is_true():
    text = ARCHITECTURE.read_text("utf-8")
    found = PICTURE.search(text)
    assert found is not None
    assert found.group() == found[1] + picture() + found[2], "draw it anew: python tests/test_rooms.py"


if __name__ == "__main__":
    text = ARCHITECTURE.read_text("utf-8")
    ARCHITECTURE.write_text(PICTURE.sub(lambda m: m[1] + picture() + m[2], text), "utf-8")
    sys.stdout.write(picture())
