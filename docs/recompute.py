#!/usr/bin/env python3
"""Recomputes results.json from the exported activations, independently of RepScope.

    repscope analyze examples/easy-vs-hard.experiment.json --out out
    python3 docs/recompute.py out

Needs numpy, scipy and scikit-learn; reads the activations with the `safetensors` package where it is installed, and
with the eight lines of `load` otherwise. Prints the largest difference of each measure; exits with 1 above 1e-9.
"""
import hashlib
import json
import re
import string
import sys
from pathlib import Path

import numpy as np
from scipy.spatial.distance import pdist
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.metrics import roc_auc_score


def load(path):
    try:
        from safetensors.numpy import load_file
        return load_file(path)
    except ImportError:
        pass
    data = Path(path).read_bytes()
    size = int.from_bytes(data[:8], "little")
    kinds = {"F32": "<f4", "F64": "<f8", "I32": "<i4", "U32": "<u4", "U8": "<u1"}
    header = {name: t for name, t in json.loads(data[8:8 + size]).items() if name != "__metadata__"}
    view = lambda t: np.frombuffer(data[8 + size + t["data_offsets"][0]:8 + size + t["data_offsets"][1]], kinds[t["dtype"]])
    return {name: view(t).reshape(t["shape"]) for name, t in header.items()}


def file_name(text):
    """A network's folder: percent-encoded UTF-8, names that systems reserve and long ones made safe."""
    if text == "":
        return "%"
    plain = string.ascii_letters + string.digits + " ._-"
    encode = lambda character: "".join(f"%{byte:02X}" for byte in character.encode())
    name = "".join(c if c in plain else encode(c) for c in text)
    if name[0] in " .":
        name = encode(name[0]) + name[1:]
    if name[-1] in " .":
        name = name[:-1] + encode(name[-1])
    if re.match(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\.|$)", name, re.IGNORECASE):
        name = encode(name[0]) + name[1:]
    return name if len(name) <= 120 else f"{name[:103]}~{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def table(columns):
    """The rows of the table of values (or of summaries): each place by its name, None where there is none."""
    texts = lambda c: np.array([*c["names"], None], object)[np.repeat(c["codes"], c.get("counts", 1)).astype(int)]
    cells = {name: texts(column) if isinstance(column, dict) else column for name, column in columns.items()}
    return [dict(zip(cells, row)) for row in zip(*cells.values())]


def design(labels, info):
    """Regressors of a label: one-hot without the first class, or its columns."""
    if info["kind"] == "categorical":
        return (labels[:, :1] == np.arange(1, len(info["classes"]))).astype(float)
    return labels.astype(float)


def weighted_r2(regressors_fit, activations_fit, regressors_test, activations_test):
    """1 - residuals / total, each summed over all units.

    The same as scikit-learn's variance-weighted R2, but for a unit that is constant on the test stimuli and not on the fit stimuli:
    what is predicted of it counts as an error here, and is left out there.
    """
    prediction = LinearRegression().fit(regressors_fit, activations_fit).predict(regressors_test)
    residual, total = (activations_test - prediction) ** 2, (activations_test - activations_test.mean(0)) ** 2
    return 1 - residual.sum() / total.sum()


def dprime(activations, label):
    one, zero = activations[label], activations[~label]
    if len(one) < 2 or len(zero) < 2:
        return np.full(activations.shape[1], np.nan)
    difference = one.mean(0) - zero.mean(0)
    spread = np.sqrt((one.var(0, ddof=1) + zero.var(0, ddof=1)) / 2)
    # Infinite where the classes have no spread beyond the rounding of 32-bit activations.
    perfect = spread <= 2.0**-20 * np.abs(activations).max(0)
    return np.where(perfect, np.sign(difference) * np.inf, difference / spread)


def similarity(a, b):
    """Pearson's r of two RDMs over the pairs of stimuli that have a distance in both (a pattern of equal values has no correlation)."""
    both = ~(np.isnan(a) | np.isnan(b))
    return np.corrcoef(a[both], b[both])[0, 1] if both.sum() > 1 else np.nan


def main(folder):
    folder = Path(folder)
    results = json.loads((folder / "results.json").read_text())
    labels = {info["name"]: info for info in results["labels"]}
    values = table(results["values"])
    units = load(folder / results["arrays"]["units"]["file"])
    unit_rows = results["arrays"]["units"]["rows"]
    worst = {}

    def compare(measure, theirs, ours):
        # Null: not defined (a class without stimuli, a unit that is constant). Infinite values are texts.
        if theirs is None:
            return
        theirs = float(theirs)
        if np.isnan(ours):  # A value here, and none by this recomputation: NaN would be lost in max.
            worst[measure] = np.inf
            return
        if np.isinf(theirs) or np.isinf(ours):
            worst[measure] = max(worst.get(measure, 0), 0 if theirs == ours else np.inf)
            return
        worst[measure] = max(worst.get(measure, 0), abs(theirs - ours) / max(1, abs(ours)))

    rdms = {(entry["layer"], entry["metric"]): {} for entry in results["rsa"]}
    for network in results["networks"]:
        for replicate in network["replicates"]:
            if replicate["status"] != "done":
                continue
            name = network["name"]
            file = folder / "activations" / file_name(name) / f"{replicate['seed']}.safetensors"
            tensors = {key: value.astype(np.float64) for key, value in load(file).items()}
            # A network without hidden layers has its output in the place of the last one.
            last_hidden = ([layer["name"] for layer in network["layers"] if layer["role"] == "hidden"] or ["output"])[-1]
            seed = str(replicate["seed"])
            rows = [row for row in values if (row["source"], row["seed"], row["checkpoint"]) == (name, seed, "end")]

            for layer in network["layers"]:
                fit, test = (tensors[f"{part}/{layer['name']}"] for part in ("fit", "test"))
                of = lambda measure: [row for row in rows if row["site"] == layer["name"] and row["measure"] == measure]
                for row in of("varianceExplained"):
                    label = row["label"]
                    if row["value"] is None:
                        continue
                    x_fit, x_test = (design(tensors[f"{part}/labels/{label}"], labels[label]) for part in ("fit", "test"))
                    compare("variance explained", row["value"], weighted_r2(x_fit, fit, x_test, test))
                ratios = PCA(svd_solver="full").fit(test).explained_variance_ratio_
                for row in of("explainedVarianceRatio"):
                    if row["part"] is not None:
                        compare("explained variance ratio", row["value"], ratios[int(row["part"][2:]) - 1])
                for at, row in enumerate(unit_rows):
                    label = row["label"]
                    if row["class"] is not None or labels[label]["kind"] != "binary":
                        continue
                    truth = tensors[f"test/labels/{label}"][:, 0] > 0.5
                    place = f"units/{name}/{seed}/{layer['name']}"
                    with np.errstate(invalid="ignore", divide="ignore"):
                        reference = dprime(test, truth)
                    for unit, value in enumerate(units[f"{place}/dprime"][at]):
                        if np.isinf(value):  # perfect: no spread beyond that of 32-bit numbers
                            large = abs(reference[unit]) > 1e5
                            compare("perfect units", np.sign(value), large * np.sign(reference[unit]))
                        elif not np.isnan(value):
                            compare("d'", value, reference[unit])
                    for unit, value in enumerate(units[f"{place}/auroc"][at]):
                        if not np.isnan(value):
                            compare("AUROC", value, roc_auc_score(truth, test[:, unit]))
                for (of, metric), by_replicate in rdms.items():
                    wanted = last_hidden if of == "lastHidden" else of
                    if layer["name"] == wanted:
                        metrics = {"squaredEuclidean": "sqeuclidean"}
                        by_replicate[f"{name}/{replicate['seed']}"] = pdist(test, metrics.get(metric, metric))

            for task, value in ((row["label"], row["value"]) for row in rows if row["measure"] == "accuracy"):
                info = labels[task]
                logits = tensors["test/output"]
                at = 0
                for other in network["tasks"]:
                    width = len(labels[other]["classes"]) if labels[other]["kind"] == "categorical" else 1
                    if other == task:
                        head = logits[:, at:at + width]
                    at += width
                answer = head.argmax(1) if info["kind"] == "categorical" else (head[:, 0] > 0)
                compare("accuracy", value, (answer == tensors[f"test/labels/{task}"][:, 0]).mean())

    for entry in results["rsa"]:
        if entry["comparison"] != "pearson" or entry["over"] != "stimuli":
            continue
        by_replicate = rdms[(entry["layer"], entry["metric"])]
        if not all(label in by_replicate for label in entry["labels"]):
            continue
        for i, row in enumerate(entry["matrix"]):
            for j, value in enumerate(row[:i + 1]):
                if value is None:
                    continue
                reference = similarity(*(by_replicate[entry["labels"][at]] for at in (i, j)))
                compare(f"RSA ({entry['metric']})", value, reference)

    for measure, difference in worst.items():
        print(f"{measure:28s} largest difference {difference:.1e}")
    return 1 if max(worst.values()) > 1e-9 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
