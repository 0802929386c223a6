"""Makes fixtures/similarities.json with numpy, scipy and scikit-learn. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
import scipy.stats
import sklearn
from scipy.linalg import subspace_angles
from scipy.optimize import linear_sum_assignment, linprog
from scipy.spatial.distance import pdist, squareform
from sklearn.cross_decomposition import CCA
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
from sklearn.model_selection import PredefinedSplit
from sklearn.neighbors import NearestNeighbors

PENALTIES = 10.0 ** np.arange(-4, 5)
FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = (
    f"test/reference/make/similarities.py with numpy {np.__version__}, scipy {scipy.__version__}, "
    f"scikit-learn {sklearn.__version__}"
)


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(v) for v in x.ravel()]}


def centred(x):
    return x - x.mean(0)


def kernel_cka(k, l):
    n = len(k)
    h = np.eye(n) - 1 / n
    hsic = lambda a, b: np.trace(a @ h @ b @ h)
    return hsic(k, l) / np.sqrt(hsic(k, k) * hsic(l, l))


def unbiased_hsic(k, l):
    """Song and others 2012, equation 5, word for word."""
    n = len(k)
    k, l = k.copy(), l.copy()
    np.fill_diagonal(k, 0)
    np.fill_diagonal(l, 0)
    one = np.ones(n)
    return (
        np.trace(k @ l)
        + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (one @ k @ l @ one)
    ) / (n * (n - 3))


def different_units(x):
    """The unbiased HSIC of x with itself, averaged over pairs of different units alone (Chun and others 2025)."""
    x = centred(varying(x))
    grams = [np.outer(unit, unit) for unit in x.T]
    p = len(grams)
    return sum(unbiased_hsic(grams[i], grams[j]) for i in range(p) for j in range(p) if i != j) / (p * (p - 1))


def unit_debiased(x, y, shared):
    """None where the units of one have nothing in common."""
    a, b = different_units(x), different_units(y)
    units = varying(x).shape[1] * varying(y).shape[1]
    return shared / units / np.sqrt(a * b) if a > 0 and b > 0 else None


def rbf(x):
    d = pdist(x)
    return np.exp(-squareform(d) ** 2 / (2 * np.median(d) ** 2))


def varying(x):
    return x[:, x.std(0) > 0]


def canonical(x, y):
    """scipy's angles between the spaces that the columns span."""
    return np.cos(subspace_angles(orth(x), orth(y)))[::-1]


def orth(x):
    return scipy.linalg.orth(centred(x), rcond=1e-5)


def kept(x):
    u, s, _ = np.linalg.svd(centred(x), full_matrices=False)
    count = int(np.argmax(np.cumsum(s**2) / np.sum(s**2) >= 0.99)) + 1
    return u[:, :count] * s[:count]


def pwcca(x, y):
    """Morcos and others 2018: canonical variates of x, found by scikit-learn's definition of them (singular vectors of the whitened product)."""
    qx, qy = orth(x), orth(y)
    u, rho, _ = np.linalg.svd(qx.T @ qy, full_matrices=False)
    weights = np.abs((qx @ u).T @ centred(x)).sum(1)
    return float((weights * rho).sum() / weights.sum())


def unit(x):
    return centred(x) / np.linalg.norm(centred(x))


def nuclear(x, y):
    return np.linalg.svd(unit(x).T @ unit(y), compute_uv=False).sum()


def neighbours(x, k=10):
    return NearestNeighbors(n_neighbors=k).fit(x).kneighbors(return_distance=False)


def dcor(x, y):
    a, b = (squareform(pdist(z)) for z in (x, y))
    a, b = (m - m.mean(0) - m.mean(1)[:, None] + m.mean() for m in (a, b))
    return np.sqrt((a * b).mean() / np.sqrt((a * a).mean() * (b * b).mean()))


def correlations(x, y):
    x, y = varying(x), varying(y)
    return np.corrcoef(x.T, y.T)[: x.shape[1], x.shape[1] :]


def one_to_one(x, y):
    r = correlations(x, y)
    return r[linear_sum_assignment(r, maximize=True)].mean()


def soft(x, y):
    """The transport problem as a linear programme."""
    r = correlations(x, y)
    p, q = r.shape
    rows = np.kron(np.eye(p), np.ones(q))
    columns = np.kron(np.ones(p), np.eye(q))
    sums = np.concatenate([np.full(p, 1 / p), np.full(q, 1 / q)])
    return -linprog(-r.ravel(), A_eq=np.vstack([rows, columns]), b_eq=sums, bounds=(0, None)).fun


def predictivity(x, y):
    """scikit-learn's ridge regression, its penalty by generalised cross-validation within each training fold, from the hat matrix."""
    found = np.zeros_like(y)
    for train, test in PredefinedSplit(np.arange(len(x)) % 5).split():
        n = len(train)
        scale = np.sqrt((centred(x[train]) ** 2).sum(1).mean())
        features, targets = centred(x[train]) / scale, centred(y[train])
        errors = []
        for alpha in PENALTIES:
            hat = 1 / n + features @ np.linalg.solve(features.T @ features + alpha * np.eye(x.shape[1]), features.T)
            errors.append(((targets - hat @ targets) ** 2).sum() / (1 - np.trace(hat) / n) ** 2)
        ridge = Ridge(PENALTIES[np.argmin(errors)]).fit(x[train] / scale, y[train])
        found[test] = ridge.predict(x[test] / scale)
    return r2_score(varying(y), found[:, y.std(0) > 0], multioutput="variance_weighted")


def partly_whitened(x, alpha=0.5):
    """As netrep's whiten, without its variance, which angles do not see."""
    x = centred(x)
    values, vectors = np.linalg.eigh(x.T @ x)
    d = alpha + (1 - alpha) * np.maximum(values, 1e-7) ** -0.5
    return x @ (vectors * d) @ vectors.T


def shape(x, y):
    x, y = partly_whitened(x), partly_whitened(y)
    norms = np.linalg.norm(x) * np.linalg.norm(y)
    return np.arccos(np.clip(np.linalg.svd(x.T @ y, compute_uv=False).sum() / norms, -1, 1))


def centred_rdm(x):
    h = np.eye(len(x)) - 1 / len(x)
    return h @ squareform(pdist(x, "sqeuclidean")) @ h


def bures(x, y):
    """By roots of matrices, of the Gram matrices that RDMs have."""
    g, k = (-centred_rdm(z) / 2 for z in (x, y))
    root = symmetric_root(g)
    return np.trace(symmetric_root(root @ k @ root)) / np.sqrt(np.trace(g) * np.trace(k))


def symmetric_root(a):
    values, vectors = np.linalg.eigh((a + a.T) / 2)
    return (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T


def cosine(a, b):
    return (a * b).sum() / np.linalg.norm(a) / np.linalg.norm(b)


def whitened(x):
    """X (XᵀX)^-½, without directions that do not vary."""
    values, vectors = np.linalg.eigh(centred(x).T @ centred(x))
    powers = np.where(values > 1e-10 * values.max(), np.maximum(values, 1e-300) ** -0.5, 0)
    return centred(x) @ (vectors * powers) @ vectors.T


SCALED = ["cka", "rsa", "rsa-centred", "bures", "procrustes", "cca-squared"]
SCALINGS = {"z-scored": lambda x: scipy.stats.zscore(varying(x)), "whitened": whitened}


def all_of(x, y):
    # A shift changes neither, and far from the origin costs digits.
    k, l = ((z - z[0]) @ (z - z[0]).T for z in (x, y))
    rho = canonical(x, y)
    few = canonical(kept(x), kept(y))
    a, b = neighbours(x), neighbours(y)
    return {
        "cka": kernel_cka(k, l),
        "cka-debiased": unbiased_hsic(k, l) / np.sqrt(unbiased_hsic(k, k) * unbiased_hsic(l, l)),
        "cka-debiased-units": unit_debiased(x, y, unbiased_hsic(k, l)),
        "cka-rbf": kernel_cka(rbf(x), rbf(y)),
        "cca": rho.mean(),
        "cca-squared": (rho**2).mean(),
        "svcca": few.mean(),
        "pwcca": pwcca(x, y),
        "procrustes": np.arccos(min(1, nuclear(x, y))),
        "procrustes-normalized": 2 - 2 * nuclear(x, y),
        "bures": bures(x, y),
        "rsa-centred": cosine(centred_rdm(x), centred_rdm(y)),
        "rsa": np.corrcoef(pdist(x, "correlation"), pdist(y, "correlation"))[0, 1],
        "shape": shape(x, y),
        "predictivity": predictivity(x, y),
        "matching-soft": soft(x, y),
        "matching-one-to-one": one_to_one(x, y),
        "matching-semi": correlations(x, y).max(1).mean(),
        "knn-overlap": np.mean([len(set(p) & set(q)) / 10 for p, q in zip(a, b)]),
        "distance-correlation": dcor(x, y),
    }


def numbers(values):
    return {name: None if value is None else float(value) for name, value in values.items()}


def main():
    rng = np.random.default_rng(2405)
    cases = []
    for name, n, p, q, shared in [
        ("more stimuli than units", 40, 6, 9, 3),
        ("unrelated", 60, 5, 5, 0),
        ("as many units as stimuli", 24, 30, 8, 4),
        ("a constant unit", 30, 6, 4, 2),
        ("far from the origin", 30, 5, 4, 3),
        ("units that are equal", 30, 6, 6, 2),
        ("the first narrower", 33, 3, 8, 2),
    ]:
        common = rng.normal(size=(n, max(shared, 1))) * (shared > 0)
        x = common @ rng.normal(size=(max(shared, 1), p)) + rng.normal(size=(n, p))
        y = common @ rng.normal(size=(max(shared, 1), q)) + rng.normal(size=(n, q))
        if name == "a constant unit":
            x[:, 2] = 3
            y[:, 0] = 0
        if name == "far from the origin":
            x += 1000
        if name == "units that are equal":
            x[:, 3] = x[:, 0]
            y[:, 4:] = y[:, :2]
        x, y = np.round(x, 4), np.round(y, 4)
        scaled = {
            how: {name: one for name, one in numbers(all_of(scale(x), scale(y))).items() if name in SCALED}
            for how, scale in SCALINGS.items()
        }
        cases.append({"name": name, "x": matrix(x), "y": matrix(y), "values": numbers(all_of(x, y)), "scaled": scaled})
    # scikit-learn agrees on what canonical correlations are.
    x, y = (np.array(cases[0][key]["data"]).reshape(40, -1) for key in "xy")
    scores = CCA(n_components=6, scale=False, max_iter=10000, tol=1e-12).fit(x, y).transform(x, y)
    theirs = [np.corrcoef(scores[0][:, i], scores[1][:, i])[0, 1] for i in range(6)]
    assert abs(np.mean(theirs) - cases[0]["values"]["cca"]) < 1e-6
    (FIXTURES / "similarities.json").write_text(json.dumps({"made": MADE, "cases": cases}) + "\n")


main()
