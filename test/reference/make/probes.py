"""Makes fixtures/probes.json with numpy and scikit-learn. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, balanced_accuracy_score, log_loss, mean_squared_error, r2_score, roc_auc_score
from sklearn.neighbors import NearestCentroid

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/probes.py with numpy {np.__version__}, scikit-learn {sklearn.__version__}"
PENALTIES = [1.0, 1e-2, 1e-4]
GRID = [10, 1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(v) for v in x.ravel()]}


def scale(train):
    """The rows that are fitted on have mean 0 and a total variance of 1."""
    centred = train - train.mean(0)
    size = np.sqrt((centred**2).sum() / len(train))
    return lambda x: (x - train.mean(0)) / size


def logistic(x, y, penalty, tolerance=1e-9):
    return LogisticRegression(C=1 / (len(x) * penalty), tol=tolerance, max_iter=300, solver="newton-cg").fit(x, y)


def ridge(x, y, penalty):
    return Ridge(alpha=len(x) * penalty, solver="svd").fit(x, y)


def signs(y):
    classes = np.unique(y)
    if len(classes) == 2:
        return np.where(y == classes[1], 1.0, -1.0)
    return np.where(y[:, None] == classes, 1.0, -1.0)


def plain(x):
    return [float(v) for v in np.asarray(x).ravel()]


def case(name, x, y, n, kind):
    x = np.round(x, 4)
    train, test = x[:n], x[n:]
    of = scale(train)
    found = {"name": name, "kind": kind, "train": matrix(train), "test": matrix(test), "label": plain(y)}
    targets = y[:n] if kind == "real" else signs(y[:n])
    # Outputs × rows, as our decisions are.
    found["ridge"] = [plain(ridge(of(train), targets, p).predict(of(test)).T) for p in PENALTIES]
    if kind == "classes":
        found["logistic"] = [plain(logistic(of(train), y[:n], p).decision_function(of(test)).T) for p in PENALTIES]
        found["nearest"] = [int(c) for c in NearestCentroid().fit(train, y[:n]).predict(test)]
        predicted = logistic(of(train), y[:n], 1e-2).predict(of(test))
        found["scores"] = {
            "balancedAccuracy": balanced_accuracy_score(y[n:], predicted),
            "accuracy": accuracy_score(y[n:], predicted),
        }
        if len(np.unique(y)) == 2:
            found["scores"]["auc"] = roc_auc_score(y[n:], logistic(of(train), y[:n], 1e-2).decision_function(of(test)))
    else:
        found["scores"] = {"r2": r2_score(y[n:], ridge(of(train), y[:n], 1e-2).predict(of(test)))}
    found["folds"] = [int(f) for f in np.arange(n) % 3]
    found["chosen"] = chosen(train, y[:n], np.arange(n) % 3, kind)
    return found


def chosen(x, y, folds, kind):
    """The penalty of least loss over predefined folds."""

    def held_out(loss):
        sums = []
        for p in GRID:
            total = 0
            for f in range(3):
                of = scale(x[folds != f])
                total += loss(of(x[folds != f]), y[folds != f], of(x[folds == f]), y[folds == f], p) * (folds == f).sum()
            sums.append(total)
        return GRID[int(np.argmin(sums))]

    def squares(a, u, b, v, p):
        u, v = (u, v) if kind == "real" else (signs(u), signs(v))
        return mean_squared_error(v, ridge(a, u, p).predict(b))

    def likelihood(a, u, b, v, p):
        return log_loss(v, logistic(a, u, p, 1e-6).predict_proba(b), labels=np.unique(y))

    return {"ridge": held_out(squares), **({"logistic": held_out(likelihood)} if kind == "classes" else {})}


def main():
    rng = np.random.default_rng(1909)

    def noisy(n, p, weights, noise=1.0):
        x = rng.normal(size=(n, p))
        return x, x[:, : len(weights)] @ np.array(weights) + noise * rng.normal(size=n)

    cases = []
    x, z = noisy(60, 6, [1, -2])
    cases.append(case("two classes", x, (z > 0).astype(int), 45, "classes"))
    x, z = noisy(60, 5, [2, 0, 1])
    cases.append(case("three classes", x, np.digitize(z, [-1, 1]), 45, "classes"))
    x, z = noisy(40, 60, [2, 1])
    cases.append(case("fewer stimuli than units", x, (z > 0).astype(int), 30, "classes"))
    x, z = noisy(60, 6, [1, 1])
    x[:, 3], x[:, 5] = 7, x[:, 0]
    cases.append(case("a constant unit and a doubled one", x + 100, (z > 1).astype(int), 45, "classes"))
    x, z = noisy(60, 6, [1, 1], 0)
    cases.append(case("classes that a plane parts", x, (z > 0).astype(int), 45, "classes"))
    x, z = noisy(50, 5, [1, 2, 3])
    cases.append(case("a real label", x, np.round(z, 3), 36, "real"))
    (FIXTURES / "probes.json").write_text(
        json.dumps({"made": MADE, "penalties": PENALTIES, "cases": cases}) + "\n"
    )


main()
