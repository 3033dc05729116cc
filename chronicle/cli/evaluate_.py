"""chronicle evaluate"""

from __future__ import annotations

import json
from pathlib import Path

import click

from chronicle import evaluate
from chronicle.cli.terminal import say


@click.command(name="evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="GOLD...")
@click.option(
    "--style",
    type=click.Choice(("news", "narrative", "colloquial")),
    help="The texts' style; without it chosen for each text.",
)
@click.option(
    "--part",
    type=click.Choice(("all", "development", "held-out")),
    default="all",
    show_default=True,
    help="All documents, or two thirds or one third of them, by a digest of their ids.",
)
@click.option(
    "--errors", type=int, default=0, help="List this many classes of error, the largest first, with an example each."
)
@click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was found to this file, a JSON line a document.",
)
def command(gold: tuple[Path, ...], style: str | None, part: str, errors: int, predictions: Path | None) -> int:
    """Score find_times against annotated texts: TimeML files, JSONL files (id, dct, text, timexes) or folders of them.

    Prints precision, recall and F1: relaxed, strict, type and value, as TempEval-3 counts them.

    \b
    Example:
      chronicle evaluate gold/ --errors 10
    """
    try:
        documents = [d for path in gold for d in evaluate.read_gold(path)]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if part != "all":
        documents = [d for d in documents if evaluate.in_held_out_third(d) == (part == "held-out")]
    found = [(d, evaluate.predict(d, style)) for d in documents]
    total = evaluate.score(found)
    say(f"{len(documents)} documents, {total.gold} expressions marked, {total.found} found")
    say(f"{'':8}{'P':>7}{'R':>7}{'F1':>7}")
    for name, precision, recall, f1 in total.rows():
        say(f"{name:8}{precision:7.1f}{recall:7.1f}{f1:7.1f}")
    for name, count, example in evaluate.classes(total.errors)[:errors]:
        say(f"{count:4} {name}: {_told(example)}")
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as file:
            for document, timexes in found:
                row = {"id": document.id, "timexes": [t._asdict() for t in timexes]}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        say(f"{predictions}: written")
    return 0


def _told(error: evaluate.Error) -> str:
    wanted = f"wanted {error.gold.value}" if error.gold is not None else "nothing wanted"
    got = (
        f"got {error.found.value} “{' '.join(error.found.text.split())}”" if error.found is not None else "got nothing"
    )
    return f"{wanted}, {got}; {error.document}: {error.context}"
