"""The documentation is true: its files, commands and Python run, and what the commands print is what stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)[ ]?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shell(line, folder):
    """Run the commands of a line as the installed command would; gives what they print and their exit code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    words = shlex.split(line)
    assert words[0] == "chronicle", f"only the chronicle command is run here, not {words[0]}"
    done = subprocess.run(
        [sys.executable, "-m", "chronicle", *words[1:]],
        capture_output=True, text=True, cwd=folder, env=environment, timeout=120, check=False, encoding="utf-8",
    )  # fmt: skip
    return done.stdout + done.stderr, done.returncode


def console(text, folder):
    """Run a console block and return it as it really comes out."""
    shown = []
    for line in text.splitlines():
        if line.startswith("$ "):
            out, code = shell(line[2:], folder)
            shown.append(line)
            shown.extend(out.rstrip("\n").splitlines())
            if code:
                shown.append(f"[exit {code}]")
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(page.read_text("utf-8"))
    for kind, name, text in blocks:
        if kind == "file":
            (tmp_path / name).write_text(text, encoding="utf-8")
    namespace: dict[str, object] = {}
    for kind, _, text in blocks:
        if kind == "console":
            assert console(text, tmp_path) == text
        elif kind == "python":
            exec(compile(text, str(page), "exec"), namespace)
        elif kind == "yaml" and "\nevents:" in text:
            path = tmp_path / "documented.yaml"
            path.write_text(text, encoding="utf-8")
            assert shell("chronicle check documented.yaml", tmp_path) == ("documented.yaml: no faults\n", 0)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_public_names_are_documented():
    import chronicle

    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    for name in chronicle.__all__:
        assert name in text, name
        assert getattr(chronicle, name).__doc__, name


def test_every_verb_is_documented():
    from chronicle.cli.main import _VERBS

    text = (ROOT / "docs" / "command.md").read_text("utf-8")
    for verb in _VERBS:
        assert f"`{verb}" in text, verb


def test_the_readme_opens_with_the_two_commands_and_a_picture():
    lines = Path(ROOT / "README.md").read_text("utf-8").splitlines()[:14]
    assert any(line.startswith("make timeline") for line in lines)
    assert any(line.startswith("make test") for line in lines)
    assert any(line.startswith("![") for line in lines)
