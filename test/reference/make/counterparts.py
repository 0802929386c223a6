"""Makes fixtures/counterparts.json with numpy, scipy and scikit-learn. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import cdist, pdist
from scipy.stats import pearsonr, spearmanr
from sklearn.linear_model import Ridge

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/counterparts.py with numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}"
PENALTIES = 10.0 ** np.arange(-4, 5)


def matrix(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": [float(v) for v in x.ravel()]}


def told(alike, meets):
    right, pairs = 0.0, 0
    for i in range(len(alike)):
        for j in range(len(alike)):
            if i != j and meets(i, j):
                right += (alike[i, i] > alike[i, j]) + 0.5 * (alike[i, i] == alike[i, j])
                pairs += 1
    return right / pairs


def predicted(one, other):
    found = np.zeros_like(other)
    for fold in range(5):
        test = np.arange(len(one)) % 5 == fold
        x, y = one[~test], other[~test]
        x0, y0 = x - x.mean(0), y - y.mean(0)
        length = (x0**2).sum(1).mean()
        errors = []
        for penalty in PENALTIES:
            hat = x0 @ np.linalg.solve(x0.T @ x0 + penalty * length * np.eye(x.shape[1]), x0.T)
            left = ((y0 - hat @ y0) ** 2).sum()
            errors.append(left / (1 - (np.trace(hat) + 1) / len(x)) ** 2)
        best = PENALTIES[int(np.argmin(errors))] * length
        found[test] = Ridge(alpha=best).fit(x, y).predict(one[test])
    return found


random = np.random.default_rng(3)
items, units, groups = 24, 8, 3
group = np.arange(items) % groups
# Each item has one or two stimuli on each side; the other side is a rotation of the one, with noise, and each group has a place of its own.
codes = random.normal(size=(items, units))
turn = np.linalg.qr(random.normal(size=(units, units)))[0]
places = random.normal(size=(2, groups, units)) * 3
rows, sides, of = [], [], []
for item in range(items):
    for side in (0, 1):
        for _ in range(1 + item % 2):
            state = codes[item] @ (turn if side else np.eye(units)) + 0.3 * codes[item] + places[side, group[item]]
            rows.append(state + random.normal(size=units) * 0.4)
            sides.append(side)
            of.append(item)
order = random.permutation(len(rows))
states = np.array(rows, dtype=np.float32)[order]
sides, of = np.array(sides)[order], np.array(of)[order]
double = states.astype(np.float64)


def side_of(side, within):
    means = np.array([double[(sides == side) & (of == item)].mean(0) for item in range(items)])
    centres = np.array([means[within == within[item]].mean(0) for item in range(items)])
    return means - centres


def numbers(within):
    one, other = side_of(0, within), side_of(1, within)
    alike = 1 - cdist(one, other, "cosine")
    mapped = 1 - cdist(predicted(one, other), other, "cosine")
    off = ~np.eye(items, dtype=bool)
    return {
        "cosine": float(np.diag(alike).mean()),
        "others": float(alike[off].mean()),
        "told": told(alike, lambda i, j: True),
        "toldByMap": told(mapped, lambda i, j: i % 5 == j % 5),
        "rsa": float(pearsonr(pdist(one, "correlation"), pdist(other, "correlation"))[0]),
        "spearman": float(spearmanr(pdist(one, "euclidean"), pdist(other, "euclidean"))[0]),
    }


def null(within):
    """Ends of the middle 95 % of RSA over shuffles, and p of the mean cosine, by draws of numpy's own."""
    one, other = side_of(0, within), side_of(1, within)
    a, square = pdist(one, "correlation"), cdist(other, other, "correlation")
    alike = 1 - cdist(one, other, "cosine")
    upper = np.triu_indices(items, 1)
    found, own = [], []
    for _ in range(5000):
        shuffle = np.arange(items)
        for g in np.unique(within):
            members = np.flatnonzero(within == g)
            shuffle[members] = random.permutation(members)
        found.append(pearsonr(a, square[np.ix_(shuffle, shuffle)][upper])[0])
        own.append(alike[np.arange(items), shuffle].mean())
    drawn = []
    mine, others = cdist(one, one, "correlation"), square
    for _ in range(5000):
        some = np.sort(random.integers(0, items, items))
        i, j = (some[k] for k in upper)
        drawn.append(pearsonr(mine[i, j][i != j], others[i, j][i != j])[0])
    return {
        "rsa": [float(v) for v in np.quantile(found, [0.025, 0.975])],
        "drawn": [float(v) for v in np.quantile(drawn, [0.025, 0.975])],
        "cosine": [float(np.mean(own)), float(np.std(own))],
    }


every = np.zeros(items, dtype=int)
(FIXTURES / "counterparts.json").write_text(
    json.dumps(
        {
            "made": MADE,
            "states": matrix(states),
            "sides": [[int(item) if s == side else -1 for item, s in zip(of, sides)] for side in (0, 1)],
            "groups": [int(v) for v in group],
            "within": {**numbers(group), "null": null(group)},
            "all": {**numbers(every), "null": null(every)},
        },
        separators=(",", ":"),
    )
    + "\n"
)
