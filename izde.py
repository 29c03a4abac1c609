"""The command ``izde``: index, search, explain, check, serve, snapshots, statutes.

Exit codes: 0 done; 1 done, but some documents failed; 2 wrong usage; 3 no index, or one made by other versions; 4 the
index is damaged; 5 another process is writing to it; 6 data, settings or a library are wrong.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from analysis import errors

EXIT_CODES: dict[type[errors.IzdeError], int] = {
    errors.RequestError: 2,
    errors.DocumentNotFound: 2,
    errors.StatuteNotFound: 2,
    errors.IndexMissing: 3,
    errors.IndexOutdated: 3,
    errors.IndexCorrupt: 4,
    errors.IndexLocked: 5,
    errors.IzdeError: 6,
}

DEFAULT_INDEX = "var/index"
P = ParamSpec("P")


def reported(command: Callable[P, None]) -> Callable[P, None]:
    """Turn an error of ours into its message on standard error and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except errors.IzdeError as error:
            click.echo(f"izde: {error}", err=True)
            sys.exit(next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind)))

    return run


index_option = click.option(
    "--index",
    "index",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_INDEX,
    envvar="IZDE_INDEX",
    show_default=True,
    help="Folder of the index.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="izde", prog_name="izde", message="%(prog)s %(version)s")
def main() -> None:
    """Full-text search with exact facets over documents on law and freedom of expression, in seven languages.

    \b
    izde index corpus                     make or update the index
    izde search "ст. 174 УК РК"           ask it
    izde serve                            ask it in a browser
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True, help="Processes.")
@click.option("--full", is_flag=True, help="Start anew from these paths alone.")
@reported
def index(paths: tuple[Path, ...], index: Path, jobs: int, full: bool) -> None:
    """Index folders, files, or .jsonl with one document a line; only what changed is read again.

    \b
    izde index corpus
    izde index reports/ archive.jsonl --jobs 2
    izde index corpus --full              after an upgrade, or to drop what came from elsewhere

    Exit codes: 0 all indexed; 1 some documents failed (listed); 5 another process is writing to the index.
    """
    from tqdm import tqdm

    from indexer import pipeline

    bar: Any = tqdm(unit="B", unit_scale=True, leave=False, disable=not sys.stderr.isatty())

    def progress(seen: int, total: int) -> None:
        bar.total = total
        bar.update(seen - bar.n)

    report = pipeline.run(paths, index, jobs=jobs, full=full, progress=progress)
    bar.close()
    for path, reason in report.failed:
        click.echo(f"failed: {path}: {reason}", err=True)
    if report.rebuilt:
        click.echo(f"rebuilt, because these changed: {report.rebuilt}")
    click.echo(
        f"indexed {report.indexed}, unchanged {report.unchanged}, removed {report.removed}, "
        f"failed {len(report.failed)} in {report.seconds:.1f} s; snapshot {report.snapshot}"
    )
    if report.failed:
        sys.exit(1)


@main.command()
@click.argument("query", required=False, default="")
@index_option
@click.option("--country", multiple=True, help="kz kg uz tj tm ru int; may be repeated.")
@click.option("--year", multiple=True, help="2016, 2016..2019, ..2019.")
@click.option("--article", multiple=True, help="An article id of any level: kz/criminal-code-2014/art-174.")
@click.option("--actor", multiple=True, help="An actor type: journalist, lawyer, ngo …")
@click.option("--lang", multiple=True, help="kk ky uz tg tk ru en.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Documents shown.")
@click.option("--exact", is_flag=True, help="The words as they are: no stems, no name variants, no citations.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as the JSON API gives it.")
@click.option("--jsonl", is_flag=True, help="One request a line on standard input, one answer a line out.")
@reported
def search(query: str, index: Path, limit: int, as_json: bool, jsonl: bool, **asked: Any) -> None:
    """Ask the index.

    \b
    izde search Нарымбаев
    izde search "ст. 174 УК РК" --year 2016..2019
    izde search '"freedom of expression" journalist' --country kg --json
    echo '{"q": "defamation", "country": ["kz", "kg"]}' | izde search --jsonl
    """
    from search.engine import Engine
    from search.labels import reference
    from search.present import results_to_dict
    from search.request import SearchRequest
    from search.text import results_to_text

    engine = Engine(index)
    if jsonl:
        for line in _lines():
            try:
                answer = results_to_dict(engine.search(SearchRequest.from_mapping(_object(line))), reference)
            except errors.IzdeError as error:
                answer = {"error": str(error)}
            _print_json(answer)
        return
    results = engine.search(SearchRequest.from_mapping({"q": query, "size": limit, **asked}))
    if as_json:
        _print_json(results_to_dict(results, reference))
        return
    click.echo(results_to_text(results, lambda text: click.style(text, bold=True)))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jsonl", is_flag=True, help='Read {"text", "lang"?, "country"?, "year"?, "title"?} a line, write findings.'
)
@click.option("--query", default="", help="Print what a query becomes, layer by layer.")
@index_option
@reported
def explain(files: tuple[Path, ...], jsonl: bool, query: str, index: Path) -> None:
    """Print what would be indexed of a file and why: language, title, kept text, every facet value with its receipt.

    \b
    izde explain report.html
    echo '{"text": "Статья 174 УК РК"}' | izde explain --jsonl
    izde explain --query "Narymbaev"
    """
    if jsonl:
        from indexer.extract import explain_record

        for line in _lines():
            try:
                _print_json(explain_record(_object(line)))
            except errors.IzdeError as error:
                _print_json({"error": str(error)})
        return
    if query:
        from search.explain import explain_query

        click.echo(explain_query(query, index))
        return
    if not files:
        raise click.UsageError("name a file, or use --jsonl or --query")
    from indexer.explain import explain_file

    failed = False
    for path in files:
        try:
            click.echo(explain_file(path))
        except errors.DocumentError as error:
            failed = True
            click.echo(f"failed: {error}", err=True)
    if failed:
        sys.exit(1)


@main.command()
@index_option
@reported
def check(index: Path) -> None:
    """Verify every file of the current snapshot against its manifest, and its versions against this program."""
    from indexer import snapshot, versions

    folder = snapshot.current(index)
    manifest = snapshot.verify(folder)
    versions.check(manifest, index)
    stale = [name for name, version in versions.versions().items() if manifest.versions.get(name) != version]
    click.echo(f"{folder.name}: {manifest.documents} documents, {len(manifest.files)} files, all as the manifest says")
    if stale:
        click.echo(f"made by other versions ({', '.join(stale)}): the next 'izde index' rebuilds it")


@main.command()
@index_option
@click.option("--corpus", type=click.Path(path_type=Path), help="Index this folder first if there is no index.")
@click.option("--host", default=None, help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, default=None, help="Port; 0 takes a free one.  [default: 8765]")
@click.option("--workers", type=click.IntRange(1, 32), default=None, help="Server processes on one socket.")
@reported
def serve(index: Path, corpus: Path | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the pages, the JSON API and the embed with waitress.

    \b
    izde serve
    izde serve --corpus reports --port 8000 --workers 2
    """
    from indexer import pipeline, snapshot
    from webapp.server import serve as run
    from webapp.settings import Settings

    if corpus is not None and not (index / "current").exists():
        report = pipeline.run([corpus], index, jobs=os.cpu_count() or 1)
        click.echo(f"indexed {report.indexed}, failed {len(report.failed)}")
    snapshot.current(index)
    given = {"index": index, "host": host, "port": port, "workers": workers}
    run(Settings.from_env().replaced(**{k: v for k, v in given.items() if v is not None}))


@main.group()
def snapshots() -> None:
    """List, activate, roll back and prune the snapshots of an index."""


@snapshots.command("list")
@index_option
@reported
def list_snapshots(index: Path) -> None:
    """The snapshots, oldest first; the current one has a star."""
    from indexer import snapshot

    now = snapshot.current(index).name
    for name in snapshot.names(index):
        documents = snapshot.read_manifest(index / name).documents
        click.echo(f"{'*' if name == now else ' '} {name}  {documents} documents")


@snapshots.command()
@click.argument("name")
@index_option
@reported
def activate(name: str, index: Path) -> None:
    """Make a snapshot the current one, after verifying it."""
    from indexer import snapshot

    if name in snapshot.names(index):
        snapshot.verify(index / name)
    snapshot.activate(index, name)
    click.echo(f"current: {name}")


@snapshots.command()
@index_option
@reported
def rollback(index: Path) -> None:
    """Go back to the snapshot before the current one."""
    from indexer import snapshot

    click.echo(f"current: {snapshot.rollback(index)}")


@snapshots.command()
@click.option("--keep", type=click.IntRange(1), default=3, show_default=True, help="Snapshots that stay.")
@index_option
@reported
def prune(keep: int, index: Path) -> None:
    """Remove old snapshots, never the current one."""
    from indexer import snapshot

    with snapshot.writer_lock(index):
        gone = snapshot.prune(index, keep)
    click.echo(f"removed {len(gone)}: {' '.join(gone)}" if gone else "nothing to remove")


@main.command()
@click.option("--country", default="", help="Only this country's.")
@click.option("--lang", default="en", show_default=True, help="Language of the names.")
@reported
def statutes(country: str, lang: str) -> None:
    """List the registry of statutes: id, in force from and to, name."""
    from analysis.statutes import registry

    for statute in registry().all():
        if country in ("", statute.country):
            period = f"{statute.valid_from or '?'} – {statute.valid_to or ''}"
            click.echo(f"{statute.id:40} {period:26} {registry().statute_label(statute.id, lang)}")


def _lines() -> Iterator[str]:
    return (line for line in sys.stdin if line.strip())


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise errors.RequestError(f"a line is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise errors.RequestError("a line is no JSON object")
    return value


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
