"""Makes fixtures/pairs.json with numpy and scikit-learn. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.neighbors import NearestNeighbors

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/pair_measures.py with numpy {np.__version__}, scikit-learn {sklearn.__version__}"
K = 10


def activations(rng, n, p):
    """float32 values with few decimals, so that the file is short and exact."""
    return np.round(rng.normal(size=(n, p)), 3).astype(np.float32)


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(str(v)) for v in x.ravel()]}


def grams(x, y):
    """Centred Gram matrices of the stimuli, in float64."""
    return [(z - z.mean(0)) @ (z - z.mean(0)).T for z in (x.astype(float), y.astype(float))]


def linear_cka(x, y):
    """Kornblith and others 2019, from n × n matrices: the cosine of the centred Gram matrices."""
    k, l = grams(x, y)
    return (k * l).sum() / np.sqrt((k * k).sum() * (l * l).sum())


def unbiased_hsic(k, l):
    """Song and others 2012, equation 5, word for word."""
    n = len(k)
    k, l = k.copy(), l.copy()
    np.fill_diagonal(k, 0)
    np.fill_diagonal(l, 0)
    ones = np.ones(n)
    return (
        np.trace(k @ l)
        + (ones @ k @ ones) * (ones @ l @ ones) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (ones @ k @ l @ ones)
    ) / (n * (n - 3))


def linear_cka_debiased(x, y):
    # Of the raw Gram matrices: the estimator centres them itself.
    k, l = [z.astype(float) @ z.astype(float).T for z in (x, y)]
    return unbiased_hsic(k, l) / np.sqrt(unbiased_hsic(k, k) * unbiased_hsic(l, l))


def angular_procrustes(x, y):
    """Williams and others 2021: singular values by LAPACK."""
    x, y = [(z - z.mean(0)) / np.linalg.norm(z - z.mean(0)) for z in (x.astype(float), y.astype(float))]
    return np.arccos(min(1, np.linalg.norm(x.T @ y, "nuc")))


def mutual_neighbours(x, y):
    """Huh and others 2024: the neighbours by scikit-learn. There are no ties in these cases."""
    a, b = [
        NearestNeighbors(n_neighbors=K).fit(z.astype(float)).kneighbors(return_distance=False) for z in (x, y)
    ]
    return float(np.mean([len(set(i) & set(j)) / K for i, j in zip(a, b)]))


def case(name, x, y):
    return {
        "name": name,
        "x": matrix(x),
        "y": matrix(y),
        "linearCka": linear_cka(x, y),
        "linearCkaDebiased": linear_cka_debiased(x, y),
        "angularProcrustes": angular_procrustes(x, y),
        "mutualNeighbours": mutual_neighbours(x, y),
    }


def main():
    rng = np.random.default_rng(11)
    x = activations(rng, 60, 7)
    mixed = np.round(x @ rng.normal(size=(7, 5)) + 0.5 * rng.normal(size=(60, 5)), 3).astype(np.float32)
    dead = activations(rng, 60, 6)
    dead[:, [1, 4]] = 0
    dead[:, 2] = np.float32(2.5)
    rectified = np.maximum(activations(rng, 60, 9), 0)
    deficient = activations(rng, 60, 3)
    deficient = np.concatenate([deficient, deficient[:, :1] + deficient[:, 1:2]], 1).astype(np.float32)
    far = (activations(rng, 60, 5) + 10).astype(np.float32)
    cases = [
        case("alike, of other widths", x, mixed),
        case("unrelated", x, activations(rng, 60, 4)),
        case("dead and constant units", x, dead),
        case("rectified", rectified, mixed),
        case("more units than stimuli", activations(rng, 14, 40), activations(rng, 14, 25)),
        case("fewer dimensions than units", deficient, x),
        case("far from the origin", far, x),
        case("one unit", activations(rng, 30, 1), activations(rng, 30, 3)),
    ]
    text = json.dumps({"made": MADE, "k": K, "cases": cases}, ensure_ascii=False)
    (FIXTURES / "pairs.json").write_text(text + "\n")


main()
