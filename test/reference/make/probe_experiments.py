"""Makes fixtures/probe-experiments.json: probes fitted on one set of stimuli and scored on another, as experiments have them, with numpy and scikit-learn. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import balanced_accuracy_score, r2_score
from sklearn.neighbors import NearestCentroid

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/probe_experiments.py with numpy {np.__version__}, scikit-learn {sklearn.__version__}"
GRID = [10, 1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]
N = 70


def scale(train):
    """The rows that are fitted on have mean 0 and a total variance of 1."""
    size = np.sqrt(((train - train.mean(0)) ** 2).sum() / len(train))
    return lambda x: (x - train.mean(0)) / size


def logistic(x, y, penalty):
    return LogisticRegression(C=1 / (len(x) * penalty), tol=1e-9, max_iter=500, solver="newton-cg").fit(x, y)


def ridge(x, y, penalty):
    return Ridge(alpha=len(x) * penalty, solver="svd").fit(x, y)


def scores(x, y):
    """Of each penalty: balanced accuracy on the rows that nothing is fitted on."""
    of = scale(x[:N])
    train, test = of(x[:N]), of(x[N:])
    signs = np.where(y == 1, 1.0, -1.0)
    return {
        "logistic": [balanced_accuracy_score(y[N:], logistic(train, y[:N], p).predict(test)) for p in GRID],
        "ridge": [balanced_accuracy_score(y[N:], ridge(train, signs[:N], p).predict(test) > 0) for p in GRID],
        "nearest-mean": [balanced_accuracy_score(y[N:], NearestCentroid().fit(x[:N], y[:N]).predict(x[N:]))],
    }


def conflict(x, a, b):
    """Of each penalty: fitted where two labels agree, how often a probe follows the first where they do not."""
    fitted = np.arange(len(x)) < N
    train, test = fitted & (a == b), ~fitted & (a != b)
    of = scale(x[train])
    return [float((logistic(of(x[train]), a[train], p).predict(of(x[test])) == a[test]).mean()) for p in GRID]


def between(x, a, b):
    """Fitted where b is one value, scored where it is another: [fitted][scored], of logistic regression of each penalty."""
    fitted = np.arange(len(x)) < N
    found = []
    for own in (0, 1):
        train = fitted & (b == own)
        of = scale(x[train])
        parts = [~fitted & (b == other) for other in (0, 1)]
        found.append(
            {
                "logistic": [
                    [balanced_accuracy_score(a[part], logistic(of(x[train]), a[train], p).predict(of(x[part]))) for p in GRID]
                    for part in parts
                ],
                "nearest-mean": [
                    [balanced_accuracy_score(a[part], NearestCentroid().fit(x[train], a[train]).predict(x[part]))]
                    for part in parts
                ],
            }
        )
    return found


def main():
    rng = np.random.default_rng(1610)
    a, b = rng.integers(0, 2, (2, 130))
    x = np.round(rng.normal(size=(130, 7)) + np.outer(a, [2, 1, 0, 0, 0, 0, 0]) + np.outer(b, [0, 0, 1, 0.5, 0, 0, 0]), 3)
    real = np.round(x[:, 0] - x[:, 4] + rng.normal(size=130), 3)
    of = scale(x[:N])
    found = {
        "made": MADE,
        "fitted": N,
        "penalties": GRID,
        "activations": {"rows": 130, "cols": 7, "data": [float(v) for v in x.ravel()]},
        "labels": {"a": a.tolist(), "b": b.tolist(), "real": real.tolist()},
        "scores": {"a": scores(x, a), "b": scores(x, b)},
        "r2": [r2_score(real[N:], ridge(of(x[:N]), real[:N], p).predict(of(x[N:]))) for p in GRID],
        "conflict": conflict(x, a, b),
        "between": between(x, a, b),
    }
    (FIXTURES / "probe-experiments.json").write_text(json.dumps(found) + "\n")


main()
