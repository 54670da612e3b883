"""Fits the additive models of gaming_default from measured signals and labels, and writes them into its preset file.

What is fitted: for three dimensions, one weight a signal and scale and one constant (ridge logistic regression, pulled
towards PRIOR, not towards zero), and the score that counts as sure. Everything is reported leave-one-video-out: the
numbers of a video come from weights that never saw it, however it was encoded. What one run writes is fitted on all videos.

Beside the dump NAME.json of a labelled video may lie NAME.ENCODING.json, those of the same recording as another encoder
packed it (encodings.sh makes them): the weights must hold for all of them, since how bytes are spread is the encoder's choice.

The features are those of Deviations, Smoothing and Features in Java; `--golden` writes some for a test that the two agree.
"""

import argparse
import json
import pathlib
import re

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "workflows/src/main/resources/tv/tldr/workflows"
PRESET = RESOURCES / "scoring/presets/gaming_default.json"
NORMALIZATION = json.loads((RESOURCES / "signal/normalization.json").read_text())
SCALES = (1, 5, 15)
# Confidence 0.8 begins where three of five peaks are hits: precision and recall together are best a little above even odds.
SURE_ODDS = 0.6

# What is known before any label: action is loud, busy, without pauses and moves in bursts, for some seconds at least.
PRIOR = {"loudness": 0.3, "onsets": 0.2, "silence": -0.2, "frame_bytes_spread": 0.3, "change": 0.1}
PRIOR_AT_SCALE = {1: 0.0, 5: 1.0, 15: 0.7}
RIDGE = {1: 300.0, 5: 30.0, 15: 30.0}
# A second in which nothing is unusual scores 0.27, in every dimension and every kind of content.
USUAL = -1.0
# One logit of score is about so many logits of confidence; few moments are labelled, so that this is a prior, too.
STEEPNESS = 1.5
TOLERANCE = 15


# ---- features, as in Java ----


def box(curve, width):
    """Mean over a window; a second without value stays without."""
    measured = np.isfinite(curve)
    total = np.concatenate([[0], np.cumsum(np.where(measured, curve, 0))])
    count = np.concatenate([[0], np.cumsum(measured)])
    second = np.arange(len(curve))
    first = np.maximum(0, second - width // 2)
    last = np.minimum(len(curve), second + width // 2 + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(measured, (total[last] - total[first]) / (count[last] - count[first]), np.nan)


def deviations(curves, kind):
    rule = NORMALIZATION["signals"][kind]
    seconds = len(next(iter(curves.values())))

    def above(signal, limit):
        return curves[signal] > limit if signal in curves else np.ones(seconds, bool)

    within = {
        "everything": np.ones(seconds, bool),
        "audible": above("loudness", NORMALIZATION["audible_above_lufs"]),
        "moving": above("change", NORMALIZATION["moving_above_change"]),
    }[rule["within"]]
    value = curves[kind].copy()
    value[value == np.inf] = np.nan
    if "outside" in rule:
        value[~within & ~np.isnan(value)] = rule["outside"]
    value = np.where(np.isnan(value), np.nan, np.maximum(value, rule["least"]))
    if rule["transform"] == "logarithm":
        value = np.log(value)
    inside = value[within & np.isfinite(value)]
    every = value[np.isfinite(value)]
    usual = inside if len(inside) >= 0.1 * len(every) else every
    if len(usual) == 0:
        return np.full(seconds, np.nan)
    low, median, high = np.percentile(usual, [25, 50, 75])
    spread = max((high - low) / 1.349, rule["spread_at_least"])
    return np.clip((value - median) / spread, -NORMALIZATION["clamp"], NORMALIZATION["clamp"])


def features(curves, kinds):
    columns = []
    for kind in kinds:
        smooth = box(box(deviations(curves, kind), 3), 3)
        columns += [box(smooth, scale) for scale in SCALES]
    return np.array(columns).T


# ---- videos ----


class Video:
    def __init__(self, dump, labels, events):
        self.name = dump.stem
        self.recording = labels.name.removesuffix(".labels.json")
        self.encoding = self.name.removeprefix(self.recording).lstrip(".") or "as it came"
        data = json.loads(dump.read_text())
        self.seconds = data["seconds"]
        # The Java side holds floats.
        self.curves = {
            kind: np.array([np.nan if x is None else x for x in curve], np.float32).astype(float)
            for kind, curve in data["curves"].items()
        }
        self.spans = [(s["start"], s["end"]) for s in json.loads(labels.read_text())]
        self.events = [json.loads(line) for line in events.read_text().splitlines()]

    def rate(self, types, width):
        """Events of these types in a window around each second."""
        each = np.zeros(self.seconds)
        for event in self.events:
            if event["type"] in types and event["t"] < self.seconds:
                each[int(event["t"])] += 1
        return box(each, width) * width

    def targets(self):
        streak = np.zeros(self.seconds)
        for start, end in self.spans:
            streak[round(start) : round(end)] = 1
        return {
            "action_intensity": (self.rate({"hit", "kill", "player_hurt"}, 5) >= 3) * 1.0,
            "skill_display": (self.rate({"kill"}, 9) >= 3) * 1.0,
            "clutch_moment": streak,
        }

    def hits(self, second, tolerance=TOLERANCE):
        return any(start - tolerance <= second < end + tolerance for start, end in self.spans)


# ---- models ----


def logistic(evidence):
    return 1 / (1 + np.exp(-evidence))


def evidence(score):
    return np.log(score / (1 - score))


def fit(columns, target, weight, prior, ridge, constant):
    """Ridge logistic regression by Newton's method, pulled towards `prior`; the constant stays as it is."""
    solution = np.array(prior, float)
    for _ in range(100):
        expected = logistic(columns @ solution + constant)
        gradient = columns.T @ (weight * (expected - target)) + ridge * (solution - prior)
        hessian = (columns * (weight * expected * (1 - expected))[:, None]).T @ columns + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        solution -= step
        if abs(step).max() < 1e-10:
            break
    return solution


def fit_dimension(videos, dimension, kinds):
    columns = np.vstack([np.nan_to_num(features(v.curves, kinds)) for v in videos])
    target = np.concatenate([v.targets()[dimension] for v in videos])
    # Every video counts the same, and so do both classes: a long or busy video must not decide alone.
    weight = np.concatenate([np.full(v.seconds, 1 / v.seconds) for v in videos])
    weight = np.where(target > 0, weight / (weight * target).sum(), weight / (weight * (1 - target)).sum()) * 100
    prior = np.array([PRIOR.get(kind, 0) * PRIOR_AT_SCALE[scale] for kind in kinds for scale in SCALES])
    ridge = np.array([RIDGE[scale] for _ in kinds for scale in SCALES])
    return fit(columns, target, weight, prior, ridge, USUAL)


def with_fitted(preset, videos):
    preset = json.loads(json.dumps(preset))
    kinds = list(PRIOR)
    for dimension in preset["dimensions"]:
        if dimension["origin"].startswith("Fitted"):
            solution = fit_dimension(videos, dimension["id"], kinds)
            dimension["usual"] = USUAL
            dimension["weights"] = {
                kind: [round(float(w), 2) + 0.0 for w in solution[3 * i : 3 * i + 3]] for i, kind in enumerate(kinds)
            }
    return preset


def score(curves, preset):
    """The whole score of each second: RuleScorer in Java."""
    seconds = len(next(iter(curves.values())))
    total, parts = np.zeros(seconds), np.zeros(seconds)
    for dimension in preset["dimensions"]:
        whole, measured, sum_ = 0.0, np.zeros(seconds), np.zeros(seconds)
        for kind, weights in sorted(dimension["weights"].items()):
            columns = features(curves, [kind]) if kind in curves else np.full((seconds, 3), np.nan)
            for column, weight in zip(columns.T, weights):
                whole += abs(weight)
                measured += np.where(np.isfinite(column), abs(weight), 0)
                sum_ += np.where(np.isfinite(column), weight * column, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            emphasis = np.where(measured > 0, np.sqrt(whole / measured), 0)
        part = dimension["weight"] * dimension["reach"] * measured / whole
        total += part * logistic(dimension["usual"] + emphasis * sum_)
        parts += part
    return total / parts


def auc(values, truth):
    rank = np.argsort(np.argsort(values))
    true = truth > 0
    return (rank[true].mean() - (true.sum() - 1) / 2) / (~true).sum()


def peaks(values, radius=8):
    found = [
        t
        for t in range(len(values))
        if all(values[t] > values[u] for u in range(max(0, t - radius), t))
        and all(values[t] >= values[u] for u in range(t + 1, min(len(values), t + radius + 1)))
    ]
    return sorted(found, key=lambda t: -values[t])


def f1_at(videos, scores, level):
    """Mean F1 (± 15 s) when every peak from `level` on is a highlight, at most four a video."""
    result = []
    for video, values in zip(videos, scores):
        given = [t for t in peaks(values) if values[t] >= level][:4] or peaks(values)[:1]
        precision = np.mean([video.hits(t) for t in given])
        recall = np.mean([any(s - TOLERANCE <= t < e + TOLERANCE for t in given) for s, e in video.spans])
        result.append(0 if precision + recall == 0 else 2 * precision * recall / (precision + recall))
    return float(np.mean(result))


def calibrate(videos, scores):
    """The score from which two of three peaks are hits: a logistic curve over all peaks, every video counting the same."""
    rows, hit, weight = [], [], []
    for video, values in zip(videos, scores):
        found = peaks(values)
        rows += [[evidence(values[t]), 1.0] for t in found]
        hit += [float(video.hits(t, 0)) for t in found]
        weight += [10 / len(found)] * len(found)
    slope, constant = fit(np.array(rows), np.array(hit), np.array(weight), np.array([STEEPNESS, -2.0]), np.ones(2), 0.0)
    return round(float(logistic((evidence(SURE_ODDS) - constant) / slope)), 2), round(float(slope), 2)


def leave_one_out(videos, preset):
    firsts, f1s = {}, {}
    for recording in sorted({v.recording for v in videos}):
        rest = [v for v in videos if v.recording != recording]
        fitted = with_fitted(preset, rest)
        sure, steepness = calibrate(rest, [score(v.curves, fitted) for v in rest])
        print(f"{recording}: sure {sure} steepness {steepness}")
        for held in (v for v in videos if v.recording == recording):
            values = score(held.curves, fitted)
            ranked = peaks(values)
            first, f1 = held.hits(ranked[0], 0), f1_at([held], [values], sure)
            aucs = {d: round(float(auc(values, t)), 3) for d, t in held.targets().items()}
            marks = lambda t: "*" if held.hits(t, 0) else "+" if held.hits(t) else ""
            print(f"  {held.encoding}: AUC of the whole score against {aucs}; first right: {first}; F1 ± 15 s: {f1:.2f}")
            print("     peaks (* in a span, + within 15 s):", " ".join(f"{t}s:{values[t]:.2f}{marks(t)}" for t in ranked[:9]))
            firsts.setdefault(held.encoding, []).append(first)
            f1s.setdefault(held.encoding, []).append(f1)
    for encoding in f1s:
        print(f"{encoding}: HIT@1 {np.mean(firsts[encoding]):.2f}, F1 ± 15 s {np.mean(f1s[encoding]):.2f}")


def write(preset):
    """Puts the numbers in their places and leaves the rest of the file as it is written."""
    text = PRESET.read_text()
    for key, value in preset["calibration"].items():
        text = re.sub(rf'("calibration": \{{[^}}]*"{key}": )[0-9.]+', rf"\g<1>{value}", text)
    for dimension in preset["dimensions"]:
        rows = ",\n".join(f"        {json.dumps(k)}: {json.dumps(v)}" for k, v in dimension["weights"].items())
        place = rf'("id": "{dimension["id"]}",.*?"weights": \{{\n)[^}}]*?(\n *\}})'
        text = re.sub(place, lambda found: found[1] + rows + found[2], text, count=1, flags=re.DOTALL)
    PRESET.write_text(text)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--signals", type=pathlib.Path, required=True, help="folder of <name>.json dumps")
    arguments.add_argument("--labels", type=pathlib.Path, required=True, help="folder of <name>.labels.json, .events.jsonl")
    arguments.add_argument("--write", action="store_true", help="fit on all videos and write the preset")
    arguments.add_argument("--golden", type=pathlib.Path, help="write the whole scores of the first video there")
    options = arguments.parse_args()
    videos = []
    for labels in sorted(options.labels.glob("*.labels.json")):
        name = labels.name.removesuffix(".labels.json")
        dumps = [options.signals / f"{name}.json", *sorted(options.signals.glob(f"{name}.*.json"))]
        videos += [Video(dump, labels, labels.with_name(f"{name}.events.jsonl")) for dump in dumps]
    preset = json.loads(PRESET.read_text())
    leave_one_out(videos, preset)
    if options.write:
        preset = with_fitted(preset, videos)
        scores = [score(v.curves, preset) for v in videos]
        sure, steepness = calibrate(videos, scores)
        preset["calibration"].update(sure=sure, steepness=steepness)
        write(preset)
        print("wrote", PRESET.relative_to(ROOT), "sure", preset["calibration"])
    if options.golden:
        values = score(videos[0].curves, preset)
        options.golden.write_text("\n".join(f"{v:.9f}" for v in values) + "\n")


if __name__ == "__main__":
    main()
