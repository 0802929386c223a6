"""Makes fixtures/rdms.json with scipy and rsatoolbox. Run from the project's root, rsatoolbox (0.3.2 or its main) on PYTHONPATH."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.spatial.distance import pdist

import peer  # noqa: F401 -- before rsatoolbox
from rsatoolbox.data import Dataset
from rsatoolbox.data.noise import cov_from_residuals
from rsatoolbox.rdm.calc import calc_rdm
from rsatoolbox.rdm.compare import compare

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/rdms.py with numpy {np.__version__}, scipy {scipy.__version__}, rsatoolbox f1f83cad"
METHODS = {
    "pearson": "corr",
    "cosine": "cosine",
    "spearman": "spearman",
    "kendall-tau-a": "tau-a",
    "kendall-tau-b": "kendall",
    "rho-a": "rho-a",
    "whitened-cosine": "cosine_cov",
    "whitened-pearson": "corr_cov",
    "bures": "bures",
}
SHRINKAGES = {
    "full": "full",
    "diagonal": "diag",
    "identity-target": "shrinkage_eye",
    "diagonal-target": "shrinkage_diag",
}


def plain(x):
    return [float(f"{v:.15g}") for v in np.ravel(x)]


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": plain(x)}


def poisson_cv(data, conditions, folds):
    """rsatoolbox keeps the last fold only; this is the mean over all of them."""
    total = 0
    for fold in np.unique(folds):
        part = Dataset(
            data, obs_descriptors={"c": conditions, "f": np.where(folds == fold, "b test", "a train")}
        )
        total = total + calc_rdm(part, "poisson_cv", "c", cv_descriptor="f").dissimilarities[0]
    return total / len(np.unique(folds))


def main():
    rng = np.random.default_rng(2602)
    conditions = np.tile(np.arange(6), 4)
    folds = np.repeat(np.arange(4), 6)
    order = rng.permutation(24)
    conditions, folds = conditions[order], folds[order]
    means = rng.normal(size=(6, 5))
    data = np.round(means[conditions] + rng.normal(size=(24, 5)), 3)
    rates = rng.poisson(3, size=(24, 5)).astype(float)
    binary = (rng.random((7, 9)) < 0.4).astype(float)
    binary[2] = 0
    binary[5] = 0
    residuals = np.round(rng.normal(size=(12, 5)) @ rng.normal(size=(5, 5)), 3)
    few = residuals[:4]
    covariances = {
        name: {
            "of": matrix(cov_from_residuals(residuals, method=method)),
            "ofFew": matrix(cov_from_residuals(few, method=method)),
        }
        for name, method in SHRINKAGES.items()
    }
    noise = cov_from_residuals(residuals, method="shrinkage_diag")
    precision = np.linalg.inv(noise)
    of = {"c": conditions, "f": folds}
    named = Dataset(data, obs_descriptors=of)
    alone = Dataset(data)
    counted = Dataset(rates, obs_descriptors=of)
    rdms = {
        "squared-euclidean": calc_rdm(alone, "euclidean"),
        "correlation": calc_rdm(alone, "correlation"),
        "squared-euclidean of conditions": calc_rdm(named, "euclidean", "c"),
        "mahalanobis of conditions": calc_rdm(named, "mahalanobis", "c", noise=precision),
        "crossnobis of conditions": calc_rdm(named, "crossnobis", "c", cv_descriptor="f"),
        "crossnobis of conditions, noise": calc_rdm(named, "crossnobis", "c", noise=precision, cv_descriptor="f"),
        "poisson of conditions": calc_rdm(counted, "poisson", "c"),
    }
    found = {name: plain(rdm.dissimilarities[0]) for name, rdm in rdms.items()}
    found["poisson of conditions, folds"] = plain(poisson_cv(rates, conditions, folds))
    for name in ["euclidean", "cosine"]:
        found[name] = plain(pdist(data, name))
    for name in ["hamming", "jaccard"]:
        found[name] = plain(pdist(binary.astype(bool), name))

    # RDMs to compare: one of noise, one with ties, one of squared distances.
    n = 9
    patterns = rng.normal(size=(n, 4))
    classes = np.arange(n) % 3
    sets = {
        "squared distances": pdist(patterns, "sqeuclidean"),
        "other squared distances": pdist(patterns + rng.normal(size=(n, 4)), "sqeuclidean"),
        "categories": (pdist(classes[:, None]) > 0).astype(float),
        "rounded": np.round(pdist(patterns, "cityblock")),
    }
    names = list(sets)
    whole = np.array([sets[name] for name in names])
    missing = whole.copy()
    missing[:, [0, 3, 11, 12, 20]] = np.nan
    similarities = {
        "whole": {name: plain(compare(whole, whole, method)) for name, method in METHODS.items()},
        "missing": {
            name: plain(compare(missing, missing, method)) for name, method in METHODS.items() if name != "bures"
        },
    }
    out = {
        "made": MADE,
        "data": matrix(data),
        "rates": matrix(rates),
        "binary": matrix(binary),
        "conditions": [f"c{c}" for c in conditions],
        "folds": [f"f{f}" for f in folds],
        "residuals": matrix(residuals),
        "covariances": covariances,
        "noise": matrix(noise),
        "rdms": found,
        "compared": {
            "size": n,
            "names": names,
            "rdms": matrix(whole),
            "left out": [0, 3, 11, 12, 20],
            "similarities": similarities,
        },
    }
    (FIXTURES / "rdms.json").write_text(json.dumps(out) + "\n")


main()
