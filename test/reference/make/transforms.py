"""Makes fixtures/transforms.json with scipy and rsatoolbox. Run from the project's root, rsatoolbox (0.3.2 or its main) on PYTHONPATH."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.sparse.csgraph import csgraph_from_masked, floyd_warshall
from scipy.spatial.distance import squareform

import peer  # noqa: F401 -- before rsatoolbox
from rsatoolbox.rdm import RDMs
from rsatoolbox.rdm.transform import (
    geotopological_transform,
    minmax_transform,
    rank_transform,
    sqrt_transform,
)

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/transforms.py with numpy {np.__version__}, scipy {scipy.__version__}, rsatoolbox f1f83cad"


def plain(x):
    return [float(f"{v:.15g}") for v in np.ravel(x)]


def geodesic(rdm):
    """rsatoolbox's graph has no step between the nearest pair, whose length is 0; this one has."""
    steps = squareform(minmax_transform(rdm).dissimilarities[0])
    graph = csgraph_from_masked(np.ma.masked_array(steps, mask=(steps >= 1) | np.eye(len(steps), dtype=bool)))
    return squareform(floyd_warshall(graph, directed=False), checks=False)


def main():
    rng = np.random.default_rng(2309)
    n = 8
    angles = np.sort(rng.uniform(0, 5, n))
    ring = np.hypot(*(f(angles)[:, None] - f(angles) for f in (np.cos, np.sin)))
    sets = {
        "along an arc": squareform(np.round(ring, 6), checks=False),
        "some below 0": np.round(rng.normal(1, 1, n * (n - 1) // 2), 3),
        "with ties": rng.integers(0, 6, n * (n - 1) // 2).astype(float),
    }
    cases = []
    for name, distances in sets.items():

        def rdm(distances=distances):
            return RDMs(distances[None].copy())

        cases.append(
            {
                "name": name,
                "distances": plain(distances),
                "made": {
                    "rank": plain(rank_transform(rdm()).dissimilarities),
                    "min-max": plain(minmax_transform(rdm()).dissimilarities),
                    "square-root": plain(sqrt_transform(rdm()).dissimilarities),
                    "geodesic": plain(geodesic(rdm())),
                    "geo-topological": plain(geotopological_transform(rdm(), 0.25, 0.7).dissimilarities),
                },
            }
        )
    out = {"made": MADE, "size": n, "low": 0.25, "high": 0.7, "cases": cases}
    (FIXTURES / "transforms.json").write_text(json.dumps(out) + "\n")


main()
