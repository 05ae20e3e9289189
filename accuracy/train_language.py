"""Trains what `vsdocs.language.learned` weighs, from the labelled targets in `accuracy/*/judgements`.

    python accuracy/train_language.py            trains and writes src/vsdocs/language/learned_targets.json
    python accuracy/train_language.py --check    cross-validates and prints; `make accuracy` does the same

Plain logistic regression with balanced classes, solved exactly in the dual by Newton's method: a thousand texts need no more.
The same texts give the same weights.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsdocs.dates import parse_iso
from vsdocs.language import learned, smart
from vsdocs.record import Target

HERE = Path(__file__).parent
MODEL = HERE.parent / "src" / "vsdocs" / "language" / "learned_targets.json"
HELD_OUT = ("fresh",)  # never trained on: the forecast
FORMS = "forms"  # targets as they stand on whole PEPs; a fold of them is one part of the PEPs
RIDGE = 1 / 3  # how much a weight costs
SELDOM = {"words": 2, "letters": 4}  # texts that a feature must stand in
NEEDED = ("specific", "measurable", "relevant", "time_bound")
FACETS = ("specific", "measurable", "achievable", "relevant", "time_bound")

Row = dict[str, Any]
Floats = NDArray[np.float64]
Told = dict[str, list[float | None]]  # output -> for each text 1, 0 or None where the label does not say


def rows() -> list[Row]:
    """The labelled targets, each with the writer whose set it is from."""
    found = []
    for path in sorted(HERE.glob("*/judgements/targets.jsonl")):
        writer = path.parts[-3]
        if writer not in HELD_OUT:
            for line in path.read_text(encoding="utf-8").splitlines():
                found.append(json.loads(line) | {"writer": writer})
    return found


def target_of(row: Row) -> Target:
    fields = ("text", "success_criteria", "provision", "responsible", "due", "baseline")
    return Target(**{name: row.get(name) for name in fields})


def tokens_of(row: Row) -> list[str]:
    target = target_of(row)
    facts = smart.learned_facts(target, parse_iso(row.get("meeting_date")))
    return learned.tokenised(smart.learned_boxes(target), facts)[0]


def told_of(found: Sequence[Row]) -> Told:
    """What the labels say: the facets, whether a step is within reach, and whether its start is shown."""
    told: Told = {}
    for facet in NEEDED:
        told[facet] = [None if row["facets"][facet] is None else float(row["facets"][facet]) for row in found]
    reach = [row["facets"]["achievable"] for row in found]
    told["within_reach"] = [None if one is None else float(one) for one in reach]
    told["start_shown"] = [None if one is False else float(one is True) for one in reach]
    return told


class Space:
    """The features of some texts, and each text as a point in it."""

    def __init__(self, texts: Sequence[list[str]]) -> None:
        often = Counter(feature for tokens in texts for feature in learned.features(tokens, {}))
        kept = sorted(f for f, n in often.items() if n >= SELDOM["letters" if f.startswith("~") else "words"])
        self.idf = {f: round(1 + float(np.log((1 + len(texts)) / (1 + often[f]))), 3) for f in kept}
        self.index = {feature: n for n, feature in enumerate(kept)}

    def points(self, texts: Sequence[list[str]]) -> Floats:
        points = np.zeros((len(texts), len(self.index)))
        for n, tokens in enumerate(texts):
            for feature, (value, _) in learned.features(tokens, self.idf).items():
                points[n, self.index[feature]] = value
        return points


def logistic(points: Floats, told: Floats) -> tuple[Floats, float]:
    """Weights and bias of a balanced logistic regression."""
    share = told.mean()
    cost = np.where(told > 0.5, 0.5 / share, 0.5 / (1 - share))
    kernel, dual, bias = points @ points.T, np.zeros(len(told)), 0.0
    ones = np.ones((len(told), 1))
    for _ in range(30):
        weight = kernel @ dual + bias
        chance = 1 / (1 + np.exp(-weight))
        curve = np.maximum(chance * (1 - chance), 1e-6) * cost
        aim = weight + cost * (told - chance) / curve
        system = np.block([[kernel + RIDGE * np.diag(1 / curve), ones], [ones.T, np.zeros((1, 1))]])
        solved = np.linalg.solve(system, np.append(aim, 0.0))
        step = float(np.abs(solved[:-1] - dual).max())
        dual, bias = solved[:-1], float(solved[-1])
        if step < 1e-7:
            break
    return points.T @ dual, bias


def fitted(points: Floats, told: Told, chosen: Sequence[int]) -> dict[str, tuple[Floats, float]]:
    """output -> weights and bias, from the chosen texts whose labels say something of it."""
    found = {}
    for output, values in told.items():
        known = [(n, value) for n, i in enumerate(chosen) if (value := values[i]) is not None]
        found[output] = logistic(points[[n for n, _ in known]], np.array([value for _, value in known]))
    return found


def digest(found: Sequence[Row]) -> str:
    """Names the texts and labels that a model was trained on."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]


def train() -> str:
    """Write the model; gives a line that says what it is."""
    found = rows()
    texts = [tokens_of(row) for row in found]
    space = Space(texts)
    by_output = fitted(space.points(texts), told_of(found), range(len(found)))
    table = {
        feature: [idf, *(round(float(weights[space.index[feature]]), 3) for weights, _ in by_output.values())]
        for feature, idf in space.idf.items()
    }
    bias = [round(at, 3) for _, at in by_output.values()]
    model = {"trained_on": digest(found), "outputs": list(by_output), "bias": bias, "features": table}
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return f"{MODEL.name}: {len(texts)} texts, {len(table)} features, {MODEL.stat().st_size // 1024} KiB"


# ------------------------------------------------------------------------------------------------------ cross-validation
def by_pair(row: Row) -> str:
    """One of five folds; both targets of a pair are in the same one."""
    return str(int(hashlib.sha256(f"{row['writer']} {row.get('pair') or row['id']}".encode()).hexdigest(), 16) % 5)


def by_writer(row: Row) -> str:
    """The writer; for targets on whole PEPs one of four parts of the PEPs."""
    if row["writer"] != FORMS:
        return str(row["writer"])
    pep = str(row["id"]).split("#")[0]
    return f"{FORMS} {int(hashlib.sha256(pep.encode()).hexdigest(), 16) % 4}"


def left_out(found: Sequence[Row], fold_of: Callable[[Row], str]) -> list[Any]:
    """Each target's judgement by the rules and by a model that never saw its fold."""
    texts, told, folds = [tokens_of(row) for row in found], told_of(found), [fold_of(row) for row in found]
    judged: list[Any] = [None] * len(found)
    for fold in sorted(set(folds)):
        seen = [n for n, one in enumerate(folds) if one != fold]
        unseen = [n for n, one in enumerate(folds) if one == fold]
        space = Space([texts[n] for n in seen])
        by_output = fitted(space.points([texts[n] for n in seen]), told, seen)
        points = space.points([texts[n] for n in unseen])
        for n, point in zip(unseen, points, strict=True):
            taught = {o: learned.Opinion(float(point @ weights + bias)) for o, (weights, bias) in by_output.items()}
            judged[n] = smart.judge(target_of(found[n]), found[n].get("meeting_date"), taught=taught)
    return judged


def report() -> list[str]:
    """A table for each way of leaving out: by writer, AUC, pairs in order, F1 met / not met of each facet."""
    found = rows()
    lines: list[str] = []
    for title, fold_of in (("Five folds, by pair", by_pair), ("Each writer left out", by_writer)):
        judged = left_out(found, fold_of)
        lines += [
            "",
            f"{title}:",
            "",
            f"| writer | targets | AUC | pairs in order | {' | '.join(FACETS)} |",
            f"|{'---|' * 9}",
        ]
        for writer in sorted({row["writer"] for row in found}):
            chosen = [(row, one) for row, one in zip(found, judged, strict=True) if row["writer"] == writer]
            facets = " | ".join(_f1(facet, chosen) for facet in FACETS)
            lines.append(f"| {writer} | {len(chosen)} | {_auc(chosen)} | {_paired(chosen)} | {facets} |")
    return lines


def _auc(chosen: Sequence[tuple[Row, Any]]) -> str:
    strong = [one.score for row, one in chosen if row["label"] == "strong"]
    weak = [one.score for row, one in chosen if row["label"] != "strong"]
    return f"{np.mean([(a > b) + 0.5 * (a == b) for a in strong for b in weak]):.3f}" if strong and weak else "–"


def _paired(chosen: Sequence[tuple[Row, Any]]) -> str:
    pairs: dict[str, dict[str, float]] = {}
    for row, one in chosen:
        if row.get("pair"):
            pairs.setdefault(row["pair"], {})[row["label"]] = one.score
    whole = [pair["strong"] > pair["weak"] for pair in pairs.values() if len(pair) == 2]
    return f"{np.mean(whole):.3f}" if whole else "–"


def _f1(facet: str, chosen: Sequence[tuple[Row, Any]]) -> str:
    """As the scorer counts: no answer is a wrong one, and a label that does not say is skipped."""
    said = [(row["facets"][facet], one.facets[facet].met) for row, one in chosen if row["facets"][facet] is not None]
    both = [(truth, (not truth) if met is None else met) for truth, met in said]
    parts = []
    for side in (True, False):
        hit = sum(truth is side and met is side for truth, met in both)
        off = sum((truth is side) is not (met is side) for truth, met in both)
        parts.append(f"{2 * hit / (2 * hit + off):.2f}" if hit + off else "–")
    return "/".join(parts)


if __name__ == "__main__":
    sys.stdout.write("\n".join(report() if "--check" in sys.argv else [train()]) + "\n")
