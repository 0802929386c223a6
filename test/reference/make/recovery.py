"""Makes fixtures/recovery.json with numpy and scipy, by matrices of stimuli x stimuli alone. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.linalg import polar

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/recovery.py with numpy {np.__version__}, scipy {scipy.__version__}"


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(v) for v in x.ravel()]}


def projector(x):
    return x @ np.linalg.pinv(x, rcond=1e-8)


def scores(x, y):
    """Each as a matrix of stimuli x stimuli, and what its trace is divided by."""
    k, l = x @ x.T, y @ y.T
    rotation = polar(y.T @ x)[0] if x.shape[1] <= y.shape[1] else polar(x.T @ y)[0].T
    norm = np.linalg.norm
    ranks = np.linalg.matrix_rank(x, tol=1e-8), np.linalg.matrix_rank(y, tol=1e-8)
    return {
        "cka": (k @ l, norm(k) * norm(l)),
        "procrustes": (y @ rotation @ x.T, norm(x) * norm(y)),
        "ccaSquared": (projector(x) @ projector(y), min(ranks)),
    }


def explained(f, x):
    """Mean adjusted R2 of the orthonormal columns of f."""
    n, rank = len(x), np.linalg.matrix_rank(x, tol=1e-8)
    residual = f - x @ np.linalg.lstsq(x, f, rcond=1e-8)[0]
    return float(np.mean([1 - (r @ r) * (n - 1) / (n - 1 - rank) for r in residual.T]))


def part(name, f, x, y):
    variance = [float(np.sum((f.T @ z) ** 2) / np.sum(z**2)) for z in (x, y)]
    out = np.eye(len(f)) - f @ f.T
    return {
        "name": name,
        "dimensions": f.shape[1],
        "variance": variance,
        "explained": [explained(f, x), explained(f, y)],
        "shares": {m: float(np.trace(f.T @ s @ f) / np.trace(s)) for m, (s, _) in scores(x, y).items()},
        "without": {m: float(np.trace(s) / d) for m, (s, d) in scores(out @ x, out @ y).items()},
    }


def case(name, x, y, labels):
    a, b = x - x.mean(0), y - y.mean(0)
    components = np.linalg.svd(a, full_matrices=False)[0][:, : np.linalg.matrix_rank(a)]
    features = []
    for label, of in labels.items():
        indicators = (of[:, None] == np.unique(of)).astype(float)
        u, s, _ = np.linalg.svd(indicators - indicators.mean(0), full_matrices=False)
        features.append(part(label, u[:, s > 1e-8], a, b))
    return {
        "name": name,
        "x": matrix(x),
        "y": matrix(y),
        "labels": [{"name": label, "of": of.tolist()} for label, of in labels.items()],
        "scores": {m: float(np.trace(s) / d) for m, (s, d) in scores(a, b).items()},
        "components": [part(f"PC{k + 1}", components[:, [k]], a, b) for k in range(components.shape[1])],
        "features": features,
    }


rng = np.random.default_rng(7)
n = 36
easy, third = rng.permutation(np.arange(n) % 2), rng.permutation(np.arange(n) % 3)
latent = np.column_stack([3 * (easy - 0.5), *(third[:, None] == np.arange(3)).T.astype(float)])
mixed = lambda units, noise: latent @ rng.normal(size=(4, units)) + noise * rng.normal(size=(n, units))
labels = {"easy": easy, "third": third}
cases = [
    case("as many units", mixed(5, 0.4), mixed(5, 0.4), labels),
    case("fewer in the first", mixed(4, 0.4), mixed(7, 0.8), labels),
    case("fewer in the second", mixed(7, 0.8), mixed(3, 0.4), labels),
]
(FIXTURES / "recovery.json").write_text(json.dumps({"madeBy": MADE, "cases": cases}, indent=1) + "\n")
