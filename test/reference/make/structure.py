"""Makes fixtures/structure.json with scikit-learn and scipy. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import PCA
from sklearn.isotonic import IsotonicRegression
from sklearn.manifold import MDS, TSNE, trustworthiness

FIXTURE = Path(__file__).parent.parent / "fixtures" / "structure.json"
PERPLEXITY = 12


def listed(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(v) for v in x.ravel()]}


def stress(distances, x):
    """Kruskal's stress 1 of a map whose dissimilarities have no ties."""
    d = pdist(x)
    fitted = IsotonicRegression().fit_transform(distances, d)
    return float(np.sqrt(((d - fitted) ** 2).sum() / (d**2).sum()))


def adjacent(x, order):
    square = squareform(pdist(x))
    return float(sum(square[a, b] for a, b in zip(order, order[1:])))


def least(x, tree):
    """Over all ways to turn the branches. SciPy 1.10's optimal_leaf_ordering, asked as it is documented, misses it in most random trees."""
    found = np.inf
    for turns in range(2 ** len(tree)):
        groups = [[leaf] for leaf in range(len(x))]
        for at, (a, b, *_) in enumerate(tree):
            a, b = groups[int(a)], groups[int(b)]
            groups.append(b + a if turns >> at & 1 else a + b)
        found = min(found, adjacent(x, groups[-1]))
    return found


rng = np.random.default_rng(4)
x = np.concatenate([rng.normal(size=(24, 6)) + 3 * rng.normal(size=6) for _ in range(3)]).round(4)
distances = pdist(x)
plane = PCA(2).fit_transform(x)
tsne = TSNE(perplexity=PERPLEXITY, method="exact", init="pca", learning_rate="auto", random_state=0).fit(x)
nonmetric = [
    MDS(metric=False, n_init=8, max_iter=2000, eps=1e-9, random_state=seed, dissimilarity="precomputed").fit_transform(
        squareform(distances)
    )
    for seed in range(2)
] + [
    MDS(metric=False, n_init=1, max_iter=2000, eps=1e-9, dissimilarity="precomputed").fit_transform(
        squareform(distances), init=plane
    )
]
trees = {}
for name, rows in {"few": x[:9], "more": x[18:30], "ties": np.round(x[:11, :2]), "all": x}.items():
    tree = linkage(rows, "average")
    trees[name] = {
        "rows": listed(rows),
        "plain": adjacent(rows, leaves_list(tree)),
        "scipy": adjacent(rows, leaves_list(optimal_leaf_ordering(tree, pdist(rows)))),
        "least": least(rows, tree) if len(rows) < 14 else None,
    }
FIXTURE.write_text(
    json.dumps(
        {
            "made": f"test/reference/make/structure.py with scipy {scipy.__version__}, scikit-learn {sklearn.__version__}",
            "x": listed(x),
            "plane": listed(plane),
            "trustworthiness": {k: trustworthiness(x, plane, n_neighbors=k) for k in (1, 5, 10)},
            "continuity": {k: trustworthiness(plane, x, n_neighbors=k) for k in (1, 5, 10)},
            "stress": {"plane": stress(distances, plane), "least": min(stress(distances, y) for y in nonmetric)},
            "tsne": {
                "perplexity": PERPLEXITY,
                "divergence": float(tsne.kl_divergence_),
                "trustworthiness": trustworthiness(x, tsne.embedding_, n_neighbors=10),
            },
            "trees": trees,
        }
    )
    + "\n"
)
print(FIXTURE.stat().st_size, {k: (v["plain"], v["scipy"], v["least"]) for k, v in trees.items()})
