"""Makes fixtures/regression.json with numpy, scipy and rsatoolbox. Run from the project's root, rsatoolbox (0.3.2 or its main) on PYTHONPATH."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import nnls
from scipy.spatial.distance import pdist
from scipy.stats import rankdata

import peer  # noqa: F401 -- before rsatoolbox
from rsatoolbox.util.matrix import get_v

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/regression.py with numpy {np.__version__}, scipy {scipy.__version__}, rsatoolbox f1f83cad"


def plain(x):
    return [float(f"{v:.15g}") for v in np.ravel(x)]


def centred(x):
    return x - x.mean(axis=-1, keepdims=True)


def cosine(a, b):
    return a @ b / np.sqrt(a @ a * (b @ b))


def residual_correlations(target, models):
    """The correlation of what is left of both after a least-squares fit on all other models."""
    found = []
    for k in range(len(models)):
        others = np.delete(models, k, axis=0).T
        left = [x - others @ np.linalg.lstsq(others, x, rcond=None)[0] for x in (target, models[k])]
        found.append(cosine(*left))
    return found


def main():
    rng = np.random.default_rng(1403)
    n = 10
    models = np.array([pdist(rng.normal(size=(n, 3)), "sqeuclidean") for _ in range(3)] + [
        (pdist((np.arange(n) % 3)[:, None]) > 0).astype(float)
    ])
    target = models.T @ [0.7, 0.3, -0.4, 1.5] + rng.normal(0, 2, models.shape[1]) + 4
    models, target = np.round(models, 4), np.round(target, 4)
    # Whitened: in coordinates in which the covariance of the distances is the identity.
    root = np.linalg.inv(np.linalg.cholesky(get_v(n, None).toarray())).T
    spaces = {
        "pearson": (centred(target), centred(models)),
        "cosine": (target, models),
        "whitened-pearson": (centred(target) @ root, centred(models) @ root),
        "whitened-cosine": (target @ root, models @ root),
    }
    ranks = rankdata(target), np.array([rankdata(model) for model in models])
    partial = {name: plain(residual_correlations(*both)) for name, both in spaces.items()}
    partial["spearman"] = plain(residual_correlations(*(centred(part) for part in ranks)))
    regressions = {}
    for name, (y, x) in spaces.items():
        weights = {"regression": np.linalg.lstsq(x.T, y, rcond=None)[0], "non-negative-regression": nnls(x.T, y)[0]}
        regressions[name] = {
            way: {"weights": plain(w), "value": float(cosine(w @ x, y))} for way, w in weights.items()
        }
        full = regressions[name]["regression"]["value"] ** 2
        unique = []
        for k in range(len(x)):
            rest = np.delete(x, k, axis=0)
            unique.append(full - cosine(np.linalg.lstsq(rest.T, y, rcond=None)[0] @ rest, y) ** 2)
        regressions[name]["regression"]["unique"] = plain(unique)
    out = {
        "made": MADE,
        "size": n,
        "target": plain(target),
        "models": [plain(model) for model in models],
        "partial": partial,
        "regressions": regressions,
    }
    (FIXTURES / "regression.json").write_text(json.dumps(out) + "\n")


main()
