"""Looks for files that the readers or the extraction stumble over: any exception but FileProblem is a find.

Run by `make fuzz`, for SECONDS (120 unless told otherwise), beginning with the fixtures. A find is written to fuzz/finds/; read it with
`python fuzz/readers.py fuzz/finds/crash-...`. Mend it, and put a small file of your own making that shows it into
fixtures/issues/.
"""

import random
import shutil
import sys
import tempfile
from pathlib import Path

import atheris
import damage

with atheris.instrument_imports(include=["vsdocs.readers", "vsdocs.extract"]):
    from vsdocs import extract
    from vsdocs.errors import FileProblem
    from vsdocs.readers import door, pdf, word

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
FINDS = HERE / "finds"
LARGEST = 200_000  # bytes of a fixture to begin with: larger ones are slow, and scans are slower
SLOWEST = 60  # seconds for one file: from there on it is a find


def read(data: bytes) -> None:
    """Reads a file as the pipeline does, without the net that `readers.read` spreads under its libraries."""
    try:
        kind = door.kind_of(data)
        if kind is not door.Kind.IGNORED:
            document = (word if kind is door.Kind.WORD else pdf).read(data)
            extract.extract(document, source="a", sha256="0" * 64)
    except FileProblem:
        pass


def change(data: bytes, most: int, seed: int) -> bytes:
    """Damage that gets past the door more often than that of single bytes, which is done now and then, too."""
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return bytes(atheris.Mutate(data, most))
    return damage.damaged(data, chance)[:most]


def main(arguments: list[str]) -> None:
    if arguments and Path(arguments[0]).is_file():
        for name in arguments:
            read(Path(name).read_bytes())
        return
    seconds = int(arguments[0]) if arguments else 120
    FINDS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, path in enumerate(sorted([*FIXTURES.rglob("*.docx"), *FIXTURES.rglob("*.pdf")])):
            if path.stat().st_size < LARGEST:
                shutil.copy(path, Path(corpus, f"{number}{path.suffix}"))
        limits = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", "-rss_limit_mb=3000", f"-max_len={LARGEST}"]
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={FINDS}/", corpus], read, custom_mutator=change)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
