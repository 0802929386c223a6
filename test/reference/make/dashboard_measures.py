"""Makes fixtures/{linkage,mds,welch}.json with numpy and scipy. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.special import stdtr
from scipy.spatial.distance import pdist, squareform
from scipy.stats import t as student

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/dashboard_measures.py with numpy {np.__version__}, scipy {scipy.__version__}"


def write(name, content):
    (FIXTURES / f"{name}.json").write_text(json.dumps({"made": MADE, **content}) + "\n")


def linkage_case(rng, n, p):
    rows = np.round(rng.normal(size=(n, p)), 4)
    tree = linkage(rows, method="average", metric="euclidean")
    return {"rows": rows.tolist(), "merges": tree[:, :3].tolist(), "order": leaves_list(tree).tolist()}


def mds_case(rng, n, p):
    similarity = np.corrcoef(rng.normal(size=(n, p)) + 2 * rng.normal(size=(1, p)))
    distance = np.sqrt(2 * (1 - similarity))
    np.fill_diagonal(distance, 0)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ distance**2 @ centre)
    values, vectors = values[::-1], vectors[:, ::-1]
    plane = vectors[:, :2] * np.sqrt(values[:2])
    for axis in range(2):
        plane[:, axis] *= np.sign(plane[np.argmax(np.abs(plane[:, axis])), axis])
    wanted, got = squareform(distance, checks=False), pdist(plane)
    return {
        "similarity": similarity.tolist(),
        "x": plane[:, 0].tolist(),
        "y": plane[:, 1].tolist(),
        "stress": float(np.sqrt(np.sum((wanted - got) ** 2) / np.sum(wanted**2))),
        "share": (values[:2] / values[values > 0].sum()).tolist(),
    }


def welch_case(rng, n, m):
    a, b = np.round(rng.normal(0.5, 0.1, n), 4), np.round(rng.normal(0.6, 0.3, m), 4)
    u, v = a.var(ddof=1) / n, b.var(ddof=1) / m
    degrees = (u + v) ** 2 / (u**2 / (n - 1) + v**2 / (m - 1))
    # ppf of this SciPy is good to 1e-9 only at fractional degrees: polish by Newton steps.
    quantile = student.ppf(0.975, degrees)
    for _ in range(3):
        quantile -= (stdtr(degrees, quantile) - 0.975) / student.pdf(quantile, degrees)
    low, high = b.mean() - a.mean() + np.array([-1, 1]) * quantile * np.sqrt(u + v)
    return {
        "first": a.tolist(),
        "second": b.tolist(),
        "difference": float(b.mean() - a.mean()),
        "low": float(low),
        "high": float(high),
        "error": float(np.sqrt(u + v)),
    }


def main():
    rng = np.random.default_rng(4)
    write("linkage", {"cases": [linkage_case(rng, n, p) for n, p in [(2, 3), (7, 2), (40, 5)]]})
    write("mds", {"cases": [mds_case(rng, n, p) for n, p in [(4, 6), (12, 30)]]})
    write("welch", {"cases": [welch_case(rng, n, m) for n, m in [(5, 5), (3, 8), (2, 2)]]})


main()
