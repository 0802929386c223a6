#!/usr/bin/env python3
"""Recomputes results.json from the exported activations, independently of RepScope.

    repscope analyze examples/easy-vs-hard.experiment.json --out out
    python3 docs/recompute.py out

Needs numpy, scipy and scikit-learn; reads the activations with the `safetensors` package where it is installed, and
with the eight lines of `load` otherwise. Prints the largest difference of each measure; exits with 1 above 1e-5.
"""
import json
import sys
from pathlib import Path
from urllib.parse import quote

import numpy as np
from scipy.spatial.distance import pdist
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score, roc_auc_score


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


def design(labels, info):
    """Regressors of a label: one-hot without the first class, or its columns."""
    if info["kind"] == "categorical":
        return (labels[:, :1] == np.arange(1, len(info["classes"]))).astype(float)
    return labels.astype(float)


def weighted_r2(regressors_fit, activations_fit, regressors_test, activations_test):
    prediction = LinearRegression().fit(regressors_fit, activations_fit).predict(regressors_test)
    return r2_score(activations_test, prediction, multioutput="variance_weighted")


def dprime(activations, label):
    one, zero = activations[label], activations[~label]
    return (one.mean(0) - zero.mean(0)) / np.sqrt((one.var(0, ddof=1) + zero.var(0, ddof=1)) / 2)


def main(folder):
    folder = Path(folder)
    results = json.loads((folder / "results.json").read_text())
    labels = {info["name"]: info for info in results["labels"]}
    worst = {}

    def compare(measure, theirs, ours):
        if theirs is None:
            return
        worst[measure] = max(worst.get(measure, 0), abs(theirs - ours) / max(1, abs(ours)))

    rdms = {(entry["layer"], entry["metric"]): {} for entry in results["rsa"]}
    for network in results["networks"]:
        for replicate in network["replicates"]:
            if replicate["status"] != "done":
                continue
            name = network["name"]
            file = folder / "activations" / quote(name, safe=" ._-") / f"{replicate['seed']}.safetensors"
            tensors = {key: value.astype(np.float64) for key, value in load(file).items()}
            last_hidden = [layer["name"] for layer in replicate["layers"] if layer["name"] != "output"][-1]

            for layer in replicate["layers"]:
                fit, test = (tensors[f"{part}/{layer['name']}"] for part in ("fit", "test"))
                for label, value in layer["varianceExplained"].items():
                    if value is None:
                        continue
                    x_fit, x_test = (design(tensors[f"{part}/labels/{label}"], labels[label]) for part in ("fit", "test"))
                    compare("variance explained", value, weighted_r2(x_fit, fit, x_test, test))
                count = len(layer["pca"]["explainedVarianceRatio"])
                ratios = PCA(svd_solver="full").fit(test).explained_variance_ratio_
                for ours, theirs in zip(layer["pca"]["explainedVarianceRatio"], ratios[:count]):
                    compare("explained variance ratio", ours, theirs)
                for label, selectivity in layer["selectivity"].items():
                    if label not in labels or labels[label]["kind"] != "binary":
                        continue
                    truth = tensors[f"test/labels/{label}"][:, 0] > 0.5
                    with np.errstate(invalid="ignore", divide="ignore"):
                        reference = dprime(test, truth)
                    for unit, value in enumerate(selectivity["dprime"]):
                        if isinstance(value, str):  # "Infinity": perfect, no spread beyond that of 32-bit numbers
                            large = abs(reference[unit]) > 1e5
                            compare("perfect units", np.sign(float(value)), large * np.sign(reference[unit]))
                        else:
                            compare("d'", value, reference[unit])
                    for unit, value in enumerate(selectivity["auroc"]):
                        compare("AUROC", value, roc_auc_score(truth, test[:, unit]))
                for (of, metric), by_replicate in rdms.items():
                    wanted = last_hidden if of == "lastHidden" else of
                    if layer["name"] == wanted:
                        metrics = {"squaredEuclidean": "sqeuclidean"}
                        by_replicate[f"{name}/{replicate['seed']}"] = pdist(test, metrics.get(metric, metric))

            for task, value in replicate["accuracy"].items():
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
        reference = np.corrcoef([by_replicate[label] for label in entry["labels"]])
        for i, row in enumerate(entry["matrix"]):
            for j, value in enumerate(row):
                compare(f"RSA ({entry['metric']})", value, reference[i, j])

    for measure, difference in worst.items():
        print(f"{measure:28s} largest difference {difference:.1e}")
    return 1 if max(worst.values()) > 1e-5 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
