"""Makes fixtures/{variance,pca,rdm,rsa}.json with numpy, scikit-learn and scipy. Run from the project's root."""

import json
import sys
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import pdist
from scipy.stats import kendalltau, pearsonr, spearmanr
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = (
    "test/reference/make/linear_measures.py with "
    f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}"
)


def activations(rng, n, p):
    """float32 values with few decimals, so that the file is short and exact."""
    return np.round(rng.normal(size=(n, p)), 3).astype(np.float32)


def plain(x):
    x = np.asarray(x)
    if x.dtype == np.float32:
        return [float(str(v)) for v in x.ravel()]
    return [None if isinstance(v, float) and not np.isfinite(v) else v for v in x.ravel().tolist()]


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": plain(x)}


def score(x_fit, y_fit, x_test, y_test):
    """Weighted, unit-mean and per-unit R² in float64, with the units that are constant on the test set left out of the mean."""
    y_fit, y_test = y_fit.astype(float), y_test.astype(float)
    x_fit, x_test = x_fit.astype(float), x_test.astype(float)
    if np.linalg.matrix_rank(x_fit - x_fit.mean(0)) == x_fit.shape[1]:
        prediction = LinearRegression().fit(x_fit, y_fit).predict(x_test)
    else:
        beta = np.linalg.lstsq(x_fit - x_fit.mean(0), y_fit - y_fit.mean(0), rcond=1e-10)[0]
        prediction = (x_test - x_fit.mean(0)) @ beta + y_fit.mean(0)
    varies = np.ptp(y_test, axis=0) > 0
    per_unit = np.full(y_test.shape[1], np.nan)
    if varies.any() and len(y_test) > 1:
        per_unit[varies] = r2_score(y_test[:, varies], prediction[:, varies], multioutput="raw_values")
    total = ((y_test - y_test.mean(0)) ** 2).sum()
    weighted = 1 - ((prediction - y_test) ** 2).sum() / total if varies.any() else np.nan
    if varies.all():
        assert np.isclose(weighted, r2_score(y_test, prediction, multioutput="variance_weighted"), rtol=1e-12)
    return {
        "weighted": plain(np.array([weighted]))[0],
        "unitMean": plain(np.array([np.nanmean(per_unit) if varies.any() else np.nan]))[0],
        "perUnit": plain(per_unit),
        "constantUnits": np.flatnonzero(~varies).tolist(),
    }


def variance_cases():
    rng = np.random.default_rng(1)
    cases = []

    def add(name, x_fit, y_fit, x_test, y_test):
        cases.append(
            {
                "name": name,
                "fitDesign": matrix(x_fit),
                "fit": matrix(y_fit),
                "testDesign": matrix(x_test),
                "test": matrix(y_test),
                **score(x_fit, y_fit, x_test, y_test),
            }
        )

    def bits(n, k):
        return rng.integers(0, 2, size=(n, k)).astype(float)

    def respond(x, p, w):
        return np.round(x @ w + 0.5 * rng.normal(size=(len(x), p)) + 1.5, 3).astype(np.float32)

    w = rng.normal(size=(1, 7))
    f, t = bits(40, 1), bits(30, 1)
    add("binary", f, respond(f, 7, w), t, respond(t, 7, w))
    w = rng.normal(size=(4, 6))
    f, t = bits(60, 4), bits(50, 4)
    add("four bits", f, respond(f, 6, w), t, respond(t, 6, w))
    f, t = bits(50, 2), bits(50, 2)
    add("noise: negative", f, activations(rng, 50, 5), t, activations(rng, 50, 5))
    w = rng.normal(size=(3, 5))
    f, t = np.round(rng.normal(size=(30, 3)), 2), np.round(rng.normal(size=(20, 3)), 2)
    y, z = respond(f, 5, w), respond(t, 5, w)
    y[:, 1] = z[:, 1] = 0
    z[:, 3] = 0.1
    add("a dead unit, and one constant on the test set only", f, y, t, z)
    f = bits(40, 3)
    f = np.c_[f, f[:, 0], f[:, 1] + f[:, 2], np.ones(40)]
    t = bits(25, 6)
    add("dependent columns that part on the test set", f, activations(rng, 40, 4), t, activations(rng, 25, 4))
    f, t = np.round(rng.normal(size=(12, 20)), 2), np.round(rng.normal(size=(15, 20)), 2)
    add("more columns than fit stimuli", f, activations(rng, 12, 4), t, activations(rng, 15, 4))
    f, t = np.zeros((20, 1)), np.zeros((20, 1))
    add("constant column", f, activations(rng, 20, 3), t, activations(rng, 20, 3))
    f, t = bits(20, 1), bits(1, 1)
    add("one test stimulus", f, activations(rng, 20, 3), t, activations(rng, 1, 3))
    f, t = bits(1, 1), bits(9, 1)
    add("one fit stimulus", f, activations(rng, 1, 3), t, activations(rng, 9, 3))
    return cases


def pca_cases():
    rng = np.random.default_rng(2)
    cases = []

    def add(name, x, k, other):
        k = min(k, *x.shape)
        full = PCA(svd_solver="full").fit(x.astype(float))
        loadings = full.components_[:k].copy()
        rank = int((full.explained_variance_[:k] > 1e-12 * max(full.explained_variance_[0], 1e-300)).sum())
        for row in loadings:
            row *= np.sign(row[np.argmax(np.abs(row))])
        loadings[rank:] = 0
        cases.append(
            {
                "name": name,
                "activations": matrix(x),
                "components": k,
                "rank": rank,
                "ratio": plain(np.where(np.arange(k) < rank, np.nan_to_num(full.explained_variance_ratio_[:k]), 0)),
                "variance": plain(np.where(np.arange(k) < rank, full.explained_variance_[:k], 0)),
                "loadings": matrix(loadings),
                "scores": matrix((x.astype(float) - x.astype(float).mean(0)) @ loadings.T),
                "other": matrix(other),
                "otherScores": matrix((other.astype(float) - x.astype(float).mean(0)) @ loadings.T),
            }
        )

    scales = np.array([3, 2, 1.5, 1, 0.5, 0.1])
    x = (activations(rng, 40, 6) * scales + 5).astype(np.float32)
    add("more stimuli than units", x, 6, activations(rng, 5, 6))
    x = (activations(rng, 7, 15) + 1).astype(np.float32)
    add("more units than stimuli", x, 10, activations(rng, 3, 15))
    base = activations(rng, 30, 3)
    x = np.c_[base, base[:, 0], np.zeros(30), base[:, 1] * 2].astype(np.float32)
    add("rank deficient with a dead unit", x, 6, activations(rng, 4, 6))
    add("two stimuli", activations(rng, 2, 4), 3, activations(rng, 2, 4))
    add("one unit", activations(rng, 10, 1), 5, activations(rng, 2, 1))

    y = activations(rng, 50, 4)
    labels = {
        "binary": rng.integers(0, 2, size=(50, 1)),
        "categorical": rng.integers(0, 3, size=(50, 1)),
        "bits": rng.integers(0, 2, size=(50, 3)),
        "real": np.round(rng.normal(size=(50, 2)), 2).astype(np.float32),
    }
    scores = PCA(svd_solver="full").fit(y.astype(float))
    loadings = scores.components_ * np.sign(
        scores.components_[np.arange(4), np.abs(scores.components_).argmax(1)]
    )[:, None]
    z = (y.astype(float) - y.astype(float).mean(0)) @ loadings.T
    expected = {"binary": [pearsonr(z[:, k], labels["binary"][:, 0])[0] for k in range(4)]}
    for name in ("categorical", "bits", "real"):
        x = labels[name].astype(float)
        if name == "categorical":
            x = (x == np.arange(3)).astype(float)
        expected[name] = [np.sqrt(LinearRegression().fit(x, z[:, k]).score(x, z[:, k])) for k in range(4)]
    correlation = {
        "activations": matrix(y),
        "labels": {name: matrix(values) for name, values in labels.items()},
        "expected": expected,
    }
    return cases, correlation


def rdm_cases():
    rng = np.random.default_rng(3)
    cases = []
    names = {"squaredEuclidean": "sqeuclidean", "euclidean": "euclidean", "correlation": "correlation", "cosine": "cosine"}

    def add(name, x, lost=None):
        y = x.astype(float)
        cases.append({"name": name, "patterns": matrix(x), "distances": {}, "lost": lost or {}})
        for ours, theirs in names.items():
            d = pdist(y, theirs)
            pairs = np.c_[np.triu_indices(len(y), 1)]
            for i in (lost or {}).get(ours, []):
                d[(pairs == i).any(1)] = np.nan
            same = (y[pairs[:, 0]] == y[pairs[:, 1]]).all(1)
            d[same & np.isfinite(d)] = 0
            cases[-1]["distances"][ours] = plain(d)

    add("plain", activations(rng, 9, 13))
    add("far from the origin", (activations(rng, 8, 6) + 1000).astype(np.float32))
    x = activations(rng, 7, 5)
    x[3] = x[0]
    x[6] = x[1] + np.float32(0.001)
    add("equal and nearly equal rows", x)
    x = activations(rng, 6, 4)
    x[2] = 0
    x[4] = 0.1
    add("a zero and a constant row", x, {"correlation": [2, 4], "cosine": [2]})
    add("two rows", activations(rng, 2, 3))
    add("one column", activations(rng, 4, 1), {"correlation": [0, 1, 2, 3]})
    return cases


def tau_a(x, y):
    upper = np.triu_indices(len(x), 1)
    signs = np.sign(np.subtract.outer(x, x))[upper] * np.sign(np.subtract.outer(y, y))[upper]
    return float(signs.sum() / len(upper[0]))


def rsa_cases():
    rng = np.random.default_rng(4)
    cases = []

    def add(name, x, y):
        defined = np.isfinite(x) & np.isfinite(y)
        a, b = x[defined], y[defined]
        cases.append(
            {
                "name": name,
                "a": plain(x),
                "b": plain(y),
                "used": int(defined.sum()),
                "pearson": float(pearsonr(a, b)[0]),
                "spearman": float(spearmanr(a, b)[0]),
                "kendall": tau_a(a, b),
            }
        )
        if len(np.unique(a)) == len(a) and len(np.unique(b)) == len(b):
            assert np.isclose(cases[-1]["kendall"], kendalltau(a, b)[0])

    add("plain", rng.normal(size=45), rng.normal(size=45))
    add("related", x := rng.normal(size=66), x + rng.normal(size=66))
    add("ties in one", rng.normal(size=78), rng.integers(0, 2, size=78).astype(float))
    add("ties in both", rng.integers(0, 4, size=91).astype(float), rng.integers(-2, 2, size=91).astype(float))
    add("reversed", x := rng.normal(size=10), -x)
    x, y = rng.normal(size=36), rng.integers(0, 5, size=36).astype(float)
    x[[3, 7]] = np.nan
    y[[7, 20, 21]] = np.nan
    add("undefined distances", x, y)
    add("two pairs", np.array([1.0, 2.0]), np.array([5.0, 4.0]))
    return cases


def brain_cases(source):
    """Scores computed by rsatoolbox, as they stand in a file of 92-image fMRI RDMs."""
    data = json.load(open(source))
    chosen = [0, 4]
    return {
        "source": data["source"] + "; scores by rsatoolbox",
        "subject": [float(f"{v:.9g}") for v in data["subjects"][0]],
        "models": [
            {
                "name": data["model_names"][m],
                "rdm": [float(f"{v:.9g}") for v in data["models"][m]],
                "pearson": data["model_by_subject"]["corr"][m][0],
                "spearman": data["model_by_subject"]["spearman"][m][0],
                "kendall": data["model_by_subject"]["tau-a"][m][0],
            }
            for m in chosen
        ],
    }


def write(name, content):
    (FIXTURES / f"{name}.json").write_text(json.dumps({"made": MADE, **content}) + "\n")


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    write("variance", {"cases": variance_cases()})
    cases, correlation = pca_cases()
    write("pca", {"cases": cases, "correlation": correlation})
    write("rdm", {"cases": rdm_cases()})
    write("rsa", {"cases": rsa_cases()})
    if len(sys.argv) > 1:
        write("rsa-brain", brain_cases(sys.argv[1]))
