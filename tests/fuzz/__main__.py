"""Coverage-guided fuzzing of all doors with atheris.

    python -m tests.fuzz [--minutes N] [--door NAME ...]

Each door runs in its own process for its share of the time, from the mails of the tests and what earlier runs found new.
A crash, or an input that takes longer than ten seconds, ends its door and lies in build/fuzz/<door>/. Exit status 1 then.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz.pieces import HEADERS, HTML, VALUES, WORDS

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"
DOORS = ("eml", "html", "headers", "text", "request", "row")
MOST_BYTES = {"eml": 20_000, "html": 8_000, "headers": 4_000, "text": 8_000, "request": 8_000, "row": 4_000}
_DONE = re.compile(r"Done (\d+) (?:runs )?in (\d+) second")
_COVERED = re.compile(r"cov: (\d+)")


def main() -> int:
    """Run the doors one after the other and say what came out."""
    parser = argparse.ArgumentParser(description="Fuzz all ways into the product.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--door", action="append", choices=DOORS)
    parser.add_argument("--inside", choices=DOORS, help=argparse.SUPPRESS)
    args, rest = parser.parse_known_args()
    if args.inside:
        fuzz(args.inside, rest)
        return 0
    doors = args.door or list(DOORS)
    return max([outside(door, int(args.minutes * 60 / len(doors))) for door in doors])


def outside(door: str, seconds: int) -> int:
    """Fuzz one door in a process of its own. 1 if it found something."""
    folder = KEPT / door
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seed(door, corpus)
    words = KEPT / "words.dict"
    words.write_text(
        "".join(f'"{escaped(word)}"\n' for word in dict.fromkeys([*HEADERS, *HTML, *WORDS, *VALUES]) if word)
    )
    flags = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES[door]}", "-timeout=10", "-rss_limit_mb=4096"]
    flags += [f"-dict={words}", f"-artifact_prefix={folder}/", "-print_final_stats=1", str(corpus)]
    started = time.monotonic()
    with (folder / "log.txt").open("w+", encoding="utf-8", errors="replace") as log:
        command = [sys.executable, "-m", "tests.fuzz", "--inside", door, *flags]
        status = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False).returncode
        log.seek(0)
        said = log.read()
    runs = re.findall(r"stat::number_of_executed_units:\s*(\d+)", said)
    covered = _COVERED.findall(said)
    print(
        f"{door:8} {runs[-1] if runs else '?':>8} runs in {time.monotonic() - started:4.0f} s,"
        f" {covered[-1] if covered else '?'} edges, {'nothing found' if not status else f'see {folder}'}",
        flush=True,
    )
    return 1 if status else 0


def escaped(word: str) -> str:
    """A dictionary entry as libFuzzer reads it."""
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word.encode())


def seed(door: str, corpus: Path) -> None:
    """The test mails, as the door takes them."""
    for path in sorted((ROOT / "tests" / "mail").rglob("*.eml")):
        data = path.read_bytes()
        head, _, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
        given = {"eml": data, "headers": head, "text": body, "html": body}.get(door)
        if given is not None and len(given) <= MOST_BYTES[door]:
            (corpus / path.stem).write_bytes(given)
    rows = {
        "request": '{"sender":{"address":"a@b.example","name":"A"},"body":{"html":"<a href=\\"http://x\\">y</a>"},"links":[]}',
        "row": '{"sender":"A <a@b.example>","reply_to":"","subject":"s","body":"Dear Sir","attachments":["a.pdf"]}',
    }
    if door in rows:
        (corpus / "plain").write_text(rows[door])


def fuzz(door: str, flags: list[str]) -> None:
    """Inside the process of one door: the modules that read mail are instrumented, then the fuzzer takes over."""
    import atheris

    with atheris.instrument_imports(
        include=["server.message", "server.evidence", "server.rulebook.normalise", "email"]
    ):
        from tests.fuzz import doors
    doors.vetting()
    one = doors.DOORS[door]

    def run(data: bytes) -> None:
        one(data)

    atheris.Setup([sys.argv[0], *flags], run)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
