"""A store of an older vsdocs is brought over with all that is in it."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from test_store import judged, pep_of, unsourced
from vsdocs.moderation import Given, Moderation, suggested
from vsdocs.outcome import OutcomeKind
from vsdocs.store import Store, layout, tables


def made_by_0_3_0(path: Path) -> Moderation:
    """A store of layout 0002: one PEP with a grade, one about two children, one that could not be read; one moderated."""
    engine = sa.create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(layout.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    graded, unsure = (unsourced(pep_of("", number)).model_dump(mode="json") for number in (1, 2))
    unsure["warnings"] = [{"code": "identity_unsure", "message": "Invented", "page": None}]
    judgement = judged().model_dump(mode="json")
    given = Moderation(
        sha256=f"{1:064x}",
        rubric="dorset-2025-26",
        reader="A Whitcombe",
        day="2026-11-20",
        given=Given(grade=judged().grade),
        suggested=suggested(judged()),
    )
    version = ("dorset-2025-26", "0.3.0-abc", "2026-11-20")
    with engine.begin() as connection:
        run = "insert into run values ('0001', '/peps', '/out', 'Autumn 2026', ?, ?, ?, 1)"
        connection.exec_driver_sql(run, version)
        for number, pep, outcome in ((1, graded, "graded"), (2, unsure, "needs_person"), (3, None, "unreadable")):
            sha256 = f"{number:064x}"
            connection.exec_driver_sql(
                "insert into reading values (?, 'reader-1', ?, ?, '2026-11-20')",
                (sha256, json.dumps(pep) if pep else None, None if pep else "encrypted"),
            )
            if pep:
                row = (sha256, *version, json.dumps(judgement))
                connection.exec_driver_sql("insert into judgement values (?, 'reader-1', ?, ?, ?, ?)", row)
            file = (f"{number}.docx", sha256, outcome)
            connection.exec_driver_sql("insert into run_file values ('0001', ?, ?, ?)", file)
        moderation = "insert into moderation (rubric, moderation) values ('dorset-2025-26', ?)"
        connection.exec_driver_sql(moderation, (given.model_dump_json(),))
    engine.dispose()
    return given


def test_a_store_of_0_3_0_is_brought_over_with_all_that_is_in_it(tmp_path: Path) -> None:
    given = made_by_0_3_0(tmp_path / "store.sqlite")
    store = Store(str(tmp_path / "store.sqlite"))
    run = store.latest()
    assert run is not None
    assert run.reader == "reader-1"
    peps = store.graded(run)
    assert [pep.source for pep in peps] == ["1.docx", "2.docx"]
    assert peps[0].extraction == pep_of("1.docx", 1)
    assert peps[0].judgement == judged().model_copy(update={"source": "1.docx"})
    assert store.moderations("dorset-2025-26") == (given,)
    known = store.known([f"{number:064x}" for number in (1, 2, 3)], run)
    assert [(one.outcome, one.problem) for one in known.values()] == [
        (OutcomeKind.GRADED, None),
        (OutcomeKind.NEEDS_PERSON, "identity_unsure"),
        (OutcomeKind.UNREADABLE, "encrypted"),
    ]
    store.close()
    assert (tmp_path / f"store.sqlite.before-{tables.LAYOUT}").exists()
