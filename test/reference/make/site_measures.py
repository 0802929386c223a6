"""Makes fixtures/site-measures.json with numpy and scipy. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.spatial.distance import pdist, squareform
from scipy.stats import pearsonr, spearmanr

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/site_measures.py with numpy {np.__version__}, scipy {scipy.__version__}"


def matrix(rows):
    return {"rows": rows.shape[0], "cols": rows.shape[1], "data": rows.ravel().tolist()}


def dimension_case(points):
    distances = squareform(pdist(points))
    np.fill_diagonal(distances, np.inf)
    first, second = np.sort(distances, axis=1)[:, :2].T
    used = first > 0
    return {
        "points": matrix(points),
        "dimension": float(used.sum() / np.log(second[used] / first[used]).sum()),
        "leftOut": int((~used).sum()),
    }


def reliability_case(rng, n, units, metric, comparison):
    patterns = np.round(rng.normal(size=(n, 3)) @ rng.normal(size=(3, units)) + rng.normal(size=(n, units)), 3)
    orders = [rng.permutation(units) for _ in range(4)]
    half = units // 2
    splits = [[order[:half].tolist(), order[half:2 * half].tolist()] for order in orders]
    compare = {"pearson": pearsonr, "spearman": spearmanr}[comparison]
    values = []
    for a, b in splits:
        r = compare(*(pdist(patterns[:, half], metric) for half in (a, b)))[0]
        values.append(2 * r / (1 + abs(r)))
    return {
        "patterns": matrix(patterns),
        "splits": splits,
        "metric": "squaredEuclidean" if metric == "sqeuclidean" else metric,
        "comparison": comparison,
        "reliability": float(np.mean(values)),
    }


rng = np.random.default_rng(11)
plain = np.round(rng.normal(size=(24, 3)), 3)
doubled = np.vstack([plain[:15], plain[:4]])
circle = np.round(np.stack([np.cos(t := np.sort(rng.uniform(0, 6, 30))), np.sin(t)], axis=1), 4)
content = {
    "made": MADE,
    "dimensions": [dimension_case(points) for points in (plain, doubled, circle)],
    "reliabilities": [
        reliability_case(rng, 12, 10, "correlation", "pearson"),
        reliability_case(rng, 9, 11, "sqeuclidean", "spearman"),
        reliability_case(rng, 10, 8, "cosine", "pearson"),
    ],
}
(FIXTURES / "site-measures.json").write_text(json.dumps(content) + "\n")
