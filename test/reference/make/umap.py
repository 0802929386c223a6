"""Makes fixtures/umap.json with numpy and scipy: the fuzzy graph of UMAP as McInnes, Healy and Melville 2018 (arXiv 1802.03426) define it. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import brentq, curve_fit
from scipy.spatial.distance import pdist, squareform

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/umap.py with numpy {np.__version__}, scipy {scipy.__version__}; x is that of structure.json"

given = json.loads((FIXTURES / "structure.json").read_text())["x"]
x = np.array(given["data"]).reshape(given["rows"], given["cols"])
distances = squareform(pdist(x))


def fuzzy(k):
    n = len(x)
    own = np.zeros((n, n))
    for i in range(n):
        # Itself is counted among its k nearest.
        near = np.argsort(distances[i], kind="stable")
        near = near[near != i][: k - 1]
        far = distances[i, near] - distances[i, near].min()
        width = brentq(lambda s: np.exp(-far / s).sum() - np.log2(k), 1e-6, 1e6, xtol=1e-14)
        own[i, near] = np.exp(-far / width)
    united = own + own.T - own * own.T
    return [[int(i), int(j), float(united[i, j])] for i, j in zip(*np.nonzero(united > 1 / 500))]


# The curve of the map: flat to the least distance of 0.1, then falling with a spread of 1.
at = np.linspace(0, 3, 300)
(a, b), _ = curve_fit(lambda d, a, b: 1 / (1 + a * d ** (2 * b)), at, np.where(at < 0.1, 1, np.exp(-(at - 0.1))))
graphs = {str(k): fuzzy(k) for k in (5, 12)}
(FIXTURES / "umap.json").write_text(json.dumps({"madeBy": MADE, "curve": [a, b], "graphs": graphs}) + "\n")
