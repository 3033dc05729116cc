"""The page's scripts: the same cases for Python and JavaScript, what the modules compute by themselves, and their bundle."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from chronicle.drawing import axis, labels, packing
from chronicle.drawing.bundle import bundle, web
from chronicle.drawing.texts import texts

WEB = Path(__file__).parent / "web"
SCRIPTS = Path(axis.__file__).parent / "web"
CASES = json.loads((WEB / "cases.json").read_text("utf-8"))


def test_the_axis_of_the_cases():
    assert CASES["words"] == texts()["axis"]
    for case in CASES["axis"]:
        made = axis.axis(case["low"], case["high"], case["room"], CASES["words"])
        assert made.unit == case["is"]["unit"]
        assert [[t.at, t.label, t.name] for t in made.minor] == case["is"]["minor"]
        assert [[t.at, t.label] for t in made.major] == case["is"]["major"]


def test_the_axis_is_right_where_one_can_tell():
    """Not what the code did once, but what a calendar says."""
    day = 86_400_000
    made = axis.axis(0, 59 * day, 1000, CASES["words"])  # January and February 1970
    assert [t.label for t in made.minor][:7] == ["1", "6", "11", "16", "21", "26", "1"]
    assert [t.label for t in made.major] == ["January 1970", "February 1970", "March 1970"]
    assert made.minor[0].name == "1–5 January 1970"
    assert made.minor[5].name == "26–31 January 1970"
    hours = axis.axis(0, day, 400, CASES["words"])
    assert [t.label for t in hours.minor] == ["00:00", "06:00", "12:00", "18:00", "00:00"]
    assert hours.major[0].label == "1 January 1970"
    years = axis.axis(0, 3650 * day, 1000, CASES["words"])
    assert [t.label for t in years.minor][:3] == ["1970", "1971", "1972"]
    assert [t.label for t in years.major] == ["1970s", "1980s"]


def test_marks_of_the_axis_leave_room_for_their_labels():
    for length in range(3, 62):
        for room in (320, 630, 1000):
            made = axis.axis(-(2**length), 2**length, room, CASES["words"])
            scale = room / 2 ** (length + 1)
            gaps = [(b.at - a.at) * scale for a, b in zip(made.minor, made.minor[1:], strict=False)]
            assert len(made.minor) <= room / 30 + 2
            if 2**length > 60_000 * 8:
                assert min(gaps) > 24, (length, room, made.unit)


def test_names_of_places_of_the_cases():
    for case in CASES["moment"]:
        assert axis.moment_name(case["at"], case["length"], CASES["words"]) == case["is"]


def test_titles_of_the_cases():
    for case in CASES["fit"]:
        made = labels.fit(case["text"], case["one"], case["most"], case["factor"])
        assert [list(made.lines), round(made.width, 3), made.cut] == case["is"]
        assert made.width <= max(case["one"], case["most"]) + 0.001
        if not made.cut:
            assert "".join("".join(made.lines).split()) == "".join(case["text"].split())


def test_packing_of_the_cases():
    for case in CASES["pack"]:
        told = case["pieces"]
        done = packing.pack(
            [packing.Piece(*p[:6]) for p in told], case["rows"], case["room"], case["stretches"],
            lambda key, told=told: labels.Label(("x",) * told[key][6], told[key][7]),
        )  # fmt: skip
        assert done.rows == case["is"]["rows"]
        assert sorted([p.key, p.row, p.side, round(p.text, 2)] for p in done.placed) == case["is"]["placed"]
        assert [[c.left, c.right, c.keys, list(c.stretch)] for c in done.clusters] == case["is"]["clusters"]


def test_the_modules_in_node():
    node = shutil.which("node")
    if node is None:
        message = "no node on this machine"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    done = subprocess.run([node, "--test", "unit/"], cwd=WEB, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_bundle_holds_every_module_once_and_lets_no_name_out():
    script = bundle("page.js", "live.js")
    names = {p.name for p in SCRIPTS.glob("*.js")} - {"start.js"}
    for name in names:
        assert script.count(f"const _{name.replace('.', '_')} = ") == 1
    assert "import " not in re.sub(r'"[^"]*"', "", script)
    assert "export " not in script
    assert script.startswith("(() => {")
    assert "M.row" in script
    assert "//" not in re.sub(r'"[^"]*"|`[^`]*`', "", script).replace("https://", "")[:200]
    assert all(len(web(name).splitlines()) <= 300 for name in names)


def test_the_texts_of_every_language_fill_the_same_places():
    from chronicle.drawing.texts import languages

    def places(value):
        return sorted(re.findall(r"\{\w+\}", value)) if isinstance(value, str) else len(value)

    own = texts()
    assert {"en", "de"} <= set(languages())
    for code in languages():
        told = texts(code)
        assert told.keys() == own.keys()
        for section, words in told.items():
            assert words.keys() == own[section].keys(), (code, section)
            for key, value in words.items():
                assert places(value) == places(own[section][key]), (code, section, key)
    assert texts("de-AT")["list"]["heading"] == texts("de")["list"]["heading"] != own["list"]["heading"]
    assert texts("tlh") == own


def test_a_page_in_another_language(tmp_path):
    import chronicle

    events = [
        chronicle.Event("a", "2021-05-03", "Der Rat stimmt zu"),
        chronicle.Event("b", "2021-07", "Der Bau beginnt", "planned"),
    ]
    text = chronicle.write_html(events, tmp_path / "page.html", "Die Brücke", language="de").read_text("utf-8")
    for part in (
        '<html lang="de">',
        "3. Mai 2021",
        "2 Ereignisse",
        "Chronik",
        "geplant",
        "von niemandem geprüft",
        "3. Mai 2021 bis 31. Juli 2021",
    ):
        assert part in text, part
    for part in ("Chronology", "not checked", "planned</", "How to read"):
        assert part not in text, part
