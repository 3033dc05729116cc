"""What is released works: both archives are built, each is installed in an environment of its own, and does its work there.

``python tests/dist.py [--tests "tests/test_when.py ..."]``, or ``make dist``: the tests of the source archive run on what was unpacked from it,
without the browser; of the wheel the main job runs: an article to a log to a page.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IN_BROWSER = ("test_page_in_browser.py", "test_curate_in_browser.py", "test_page_scripts.py")


def do(*command: object, at: Path) -> str:
    """Run a command in a folder and return what it prints; end where it fails."""
    print("$", *command, flush=True)
    done = subprocess.run([str(c) for c in command], cwd=at, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stdout[-4000:]}\nthat failed, with exit code {done.returncode}")
    return done.stdout


def environment(at: Path, *what: str) -> Path:
    """Make an environment and install something in it; returns its Python."""
    venv.create(at, with_pip=True)
    python = at / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    do(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what, at=at)
    return python


def main() -> None:
    """Build and try both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", default="tests", help="which tests of the source archive run")
    given = parser.parse_args()
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    do(sys.executable, "-m", "build", "--outdir", "dist", ".", at=ROOT)
    (source,) = (ROOT / "dist").glob("*.tar.gz")
    (wheel,) = (ROOT / "dist").glob("*.whl")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        python = environment(at / "of-wheel", str(wheel))
        (at / "monday.md").write_text("---\ntitle: Talks\npublished: 2021-07-16\n---\nThe council met on Monday.\n", encoding="utf-8")
        do(python, "-m", "chronicle", "extract", "monday.md", "--log", "talks.yaml", at=at)
        if "when: 2021-07-12" not in (at / "talks.yaml").read_text("utf-8"):
            raise SystemExit("the wheel does not find Monday, 12 July 2021")
        do(python, "-m", "chronicle", "render", "talks.yaml", "-o", "talks.html", at=at)
        if "council" not in (at / "talks.html").read_text("utf-8"):
            raise SystemExit("the wheel draws no page")
        print("the wheel does its main job")
        with tarfile.open(source) as archive:
            archive.extractall(at, filter="data")
        (unpacked,) = (p for p in at.iterdir() if p.is_dir() and p.name.startswith("chronicle_timeline"))
        python = environment(at / "of-source", f"{unpacked}[test]")
        chosen = [t for t in given.tests.split() if (unpacked / t).exists()]
        left = [f"--ignore=tests/{name}" for name in IN_BROWSER]
        print(do(python, "-m", "pytest", "-q", *left, *chosen, at=unpacked).strip().splitlines()[-1])
        print("the source archive's tests pass")


if __name__ == "__main__":
    main()
