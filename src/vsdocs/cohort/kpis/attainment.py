"""What children have learnt: results at the end of each stage, of the reportable cohort."""

from collections.abc import Callable
from dataclasses import replace

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Figure, Kpi, Told, Unit
from vsdocs.cohort.rows import Attainment
from vsdocs.cohort.year import Cohort

_001 = "Dorset practice standards 2023, Virtual School cohort profile"
_002 = "Derby annual report 2022-23"
NOT_REPORTABLE = "in care for less than twelve months on 31 March"
NOT_SO_FAR = "in care for less than twelve months so far"
_REACHED = ("expected", "greater")


def _results(
    cohort: Cohort, stage: str, value: Callable[[Attainment], float | bool | None], unit: Unit, unknown: str
) -> Figure:
    told: list[Told] = []
    out: dict[str, list[str]] = {}
    for row in cohort.tables.of(Attainment):
        if row.academic_year != cohort.year or row.stage != stage:
            continue
        found = value(row)
        if row.reference not in cohort.reportable:
            out.setdefault(NOT_SO_FAR if cohort.is_before_census else NOT_REPORTABLE, []).append(row.reference)
        elif found is None:
            out.setdefault(unknown, []).append(row.reference)
        else:
            told.append(Told(row.reference, float(found)))
    left_out = {why: tuple(who) for why, who in out.items()}
    return Figure("", cohort.year, unit, tuple(told), left_out, cohort.tables.has(rows.Attainment))


def _all(*words: str | None) -> bool | None:
    """Whether the expected standard was reached in each of these; None where one is not known and no other was missed."""
    if any(word is not None and word not in _REACHED for word in words):
        return False
    return None if None in words else True


def _standard(kpi: str, title: str, stage: str, *subjects: str) -> Kpi:
    def reached(row: Attainment) -> bool | None:
        return _all(*(getattr(row, subject) for subject in subjects))

    return Kpi(
        kpi,
        title,
        Unit.PERCENT,
        f"Of the reportable children assessed at the end of {title.split(':')[0]}, those who reached at least the expected"
        f" standard{' in each of the three' if len(subjects) > 1 else ''}",
        _001,
        lambda cohort: _results(cohort, stage, reached, Unit.PERCENT, "not assessed, or the result is not known"),
    )


def _mean(kpi: str, title: str, stage: str, name: str, definition: str) -> Kpi:
    return Kpi(
        kpi,
        title,
        Unit.MEAN,
        definition,
        _001 if stage == "ks4" else _002,
        lambda cohort: _results(cohort, stage, lambda row: getattr(row, name), Unit.MEAN, "no score is known"),
    )


def _gcse(kpi: str, title: str, least: int, *subjects: str) -> Kpi:
    def reached(row: Attainment) -> bool | None:
        grades = [getattr(row, subject) for subject in subjects]
        if any(grade is not None and grade < least for grade in grades):
            return False
        return None if None in grades else True

    return Kpi(
        kpi,
        title,
        Unit.PERCENT,
        f"Of the reportable children at the end of Key Stage 4, those with GCSE grade {least} or better in"
        f" {' and '.join(subjects)}; who was not entered has no grade and is left out unless the table says U",
        _001,
        lambda cohort: _results(cohort, "ks4", reached, Unit.PERCENT, "no grade is known"),
    )


_PROGRESS = "Mean progress score from Key Stage 1 to 2 of the reportable children who have one"

_KPIS = (
    Kpi(
        "gld",
        "Early years: a good level of development",
        Unit.PERCENT,
        "Of the reportable children assessed at the end of Reception, those with a good level of development",
        _001,
        lambda c: _results(c, "eyfs", lambda row: row.gld, Unit.PERCENT, "not assessed, or the result is not known"),
    ),
    Kpi(
        "phonics",
        "Year 1: phonics",
        Unit.PERCENT,
        "Of the reportable children checked in Year 1, those who reached the expected standard in phonics",
        _002,
        lambda c: _results(c, "phonics", lambda row: row.phonics, Unit.PERCENT, "not checked, or not known"),
    ),
    _standard("ks1_reading", "Key Stage 1: reading", "ks1", "reading"),
    _standard("ks1_writing", "Key Stage 1: writing", "ks1", "writing"),
    _standard("ks1_maths", "Key Stage 1: maths", "ks1", "maths"),
    _standard("ks1_rwm", "Key Stage 1: reading, writing and maths", "ks1", "reading", "writing", "maths"),
    _standard("ks2_reading", "Key Stage 2: reading", "ks2", "reading"),
    _standard("ks2_writing", "Key Stage 2: writing", "ks2", "writing"),
    _standard("ks2_maths", "Key Stage 2: maths", "ks2", "maths"),
    _standard("ks2_gps", "Key Stage 2: grammar, punctuation and spelling", "ks2", "gps"),
    _standard("ks2_rwm", "Key Stage 2: reading, writing and maths", "ks2", "reading", "writing", "maths"),
    _mean("ks2_reading_progress", "Key Stage 2: progress in reading", "ks2", "reading_progress", _PROGRESS),
    _mean("ks2_writing_progress", "Key Stage 2: progress in writing", "ks2", "writing_progress", _PROGRESS),
    _mean("ks2_maths_progress", "Key Stage 2: progress in maths", "ks2", "maths_progress", _PROGRESS),
    _mean("attainment_8", "Key Stage 4: Attainment 8", "ks4", "attainment_8",
          "Mean Attainment 8 score of the reportable children at the end of Key Stage 4"),
    _mean("progress_8", "Key Stage 4: Progress 8", "ks4", "progress_8",
          "Mean Progress 8 score of the reportable children at the end of Key Stage 4 who have one"),
    _gcse("english_4", "Key Stage 4: English, grade 4 or better", 4, "english"),
    _gcse("english_5", "Key Stage 4: English, grade 5 or better", 5, "english"),
    _gcse("maths_4", "Key Stage 4: maths, grade 4 or better", 4, "mathematics"),
    _gcse("maths_5", "Key Stage 4: maths, grade 5 or better", 5, "mathematics"),
    _gcse("english_maths_4", "Key Stage 4: English and maths, grade 4 or better", 4, "english", "mathematics"),
    _gcse("english_maths_5", "Key Stage 4: English and maths, grade 5 or better", 5, "english", "mathematics"),
)  # fmt: skip
KPIS = tuple(replace(kpi, of_reportable=True) for kpi in _KPIS)
