"""The grades of the open PEPs against three independent readings of the same plans."""

import json
from pathlib import Path
from statistics import mean

import score_judgements
from reading import Reading

GRADES = ("red", "amber", "green", "gold")
AREAS = ("overall", "targets", "voice", "pp_plus", "sdq", "rest")


def kappa(pairs: list[tuple[str, str]]) -> float:
    return score_judgements.quadratic_kappa([(GRADES.index(a), GRADES.index(b)) for a, b in pairs])


def grades_of(reading: Reading) -> dict[str, str | None]:
    """The overall grade and each area's."""
    if reading.judgement is None:
        return {}
    areas = {area.id: area.grade for area in reading.judgement.areas}
    return {area: grade and grade.value for area, grade in {"overall": reading.judgement.grade, **areas}.items()}


def table(readings_of_people: Path, readings: list[Reading]) -> list[str]:
    """Agreement by area. `readings_of_people`: grades.jsonl, each PEP's grades by three readers and their median."""
    rows = [json.loads(line) for line in readings_of_people.read_text(encoding="utf-8").splitlines()]
    given = {Path(reading.source).stem: grades_of(reading) for reading in readings}
    lines = ["| area | kappa with the median reading | exact | kappa between readings |", "|---|---|---|---|"]
    for area in AREAS:
        pairs = []
        for row in rows:
            median = row[area]
            furthest = "gold" if GRADES.index(median) < 2 else "red"  # no grade counts as the one furthest away
            pairs.append((median, given.get(row["stem"], {}).get(area) or furthest))
        between = mean(
            kappa([(row[f"{area}_readers"][one], row[f"{area}_readers"][other]) for row in rows])
            for one, other in ((0, 1), (0, 2), (1, 2))
        )
        exact = sum(a == b for a, b in pairs)
        lines.append(f"| {area} | {kappa(pairs):.2f} | {exact} of {len(pairs)} | {between:.2f} |")
    return lines
