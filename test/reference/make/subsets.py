"""Makes fixtures/subsets.json with numpy and scipy. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.spatial.distance import pdist

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/subsets.py with numpy {np.__version__}, scipy {scipy.__version__}"


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(v) for v in x.ravel()]}


def r2(fit, fit_label, test, test_label):
    design = np.column_stack([np.ones(len(fit)), fit_label])
    weights = np.linalg.lstsq(design, fit, rcond=None)[0]
    rest = test - np.column_stack([np.ones(len(test)), test_label]) @ weights
    return np.mean(1 - (rest**2).sum(0) / ((test - test.mean(0)) ** 2).sum(0))


def plane(x):
    u = np.linalg.svd(x - x.mean(0), full_matrices=False)[0]
    return u[:, :2]


random = np.random.default_rng(7)
stimuli, units = 24, 12
label = {name: random.permutation(np.arange(stimuli) % 2) for name in ("fit", "test")}
scales = np.array([9, 0.5, 1, 1, 2, 0.2, 1, 1, 3, 1, 1, 0.1])
made = {
    name: ((random.normal(size=(stimuli, units)) + values[:, None]) * scales).astype(np.float32)
    for name, values in label.items()
}
test = made["test"].astype(np.float64)
order = np.argsort(-np.abs(test).mean(0), kind="stable")
model = pdist(label["test"][:, None].astype(float))


def without(share, metric):
    count = max(1, round(share * units))
    kept = np.sort(order[count:])
    rdm = pdist(test[:, kept], metric)
    return {
        "share": share,
        "rdm": np.corrcoef(rdm, pdist(test, metric))[0, 1],
        "modelRsa": np.corrcoef(rdm, model)[0, 1],
        "variance": test[:, order[:count]].var(0).sum() / test.var(0).sum(),
    }


tenth = order[: max(5, int(np.ceil(units / 10)))]
halves = [[0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 11]]
fixture = {
    "made": MADE,
    "fit": matrix(made["fit"]),
    "test": matrix(made["test"]),
    "labels": {name: values.tolist() for name, values in label.items()},
    "without": {
        metric: [without(share, metric) for share in (0.05, 0.25, 0.5)] for metric in ("correlation", "euclidean")
    },
    "inActive": r2(made["fit"][:, tenth].astype(float), label["fit"], test[:, tenth], label["test"]),
    "halves": halves,
    "planes": float(((plane(test[:, halves[0]]).T @ plane(test[:, halves[1]])) ** 2).sum() / 2),
}
(FIXTURES / "subsets.json").write_text(json.dumps(fixture) + "\n")
