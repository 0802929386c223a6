"""Makes ../fixtures/selectivity.json: unit selectivity by scikit-learn, SciPy and NumPy, with permutations that the
fixture carries. Run with Python 3 (numpy, scipy, scikit-learn): python3 selectivity.py"""
import json
import os

import numpy as np
import scipy
import sklearn
from scipy.stats import pointbiserialr
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(7)
N, K = 36, 150


def dprime(x, y):
    a, b = x[y == 1], x[y == 0]
    return (a.mean() - b.mean()) / np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)


def csi(x, of):
    means = np.array([x[of == c].mean() for c in np.unique(of)])
    top = means.argmax()
    rest = np.delete(means, top).mean()
    return (means[top] - rest) / (means[top] + rest)


STATISTICS = {
    'dprime': dprime,
    'auroc': lambda x, y: roc_auc_score(y, x),
    'correlation': lambda x, y: pointbiserialr(y, x)[0],
}


def permuted(of, order):
    """The label whose rarest class is the first stimuli of the order, and so on."""
    classes, counts = np.unique(of, return_counts=True)
    by_count = np.argsort(counts, kind='stable')
    new = np.empty_like(of)
    start = 0
    for c in by_count:
        new[order[start:start + counts[c]]] = classes[c]
        start += counts[c]
    return new


def analyse(X, of, compared, orders):
    X = X.astype(np.float64)
    labels = [permuted(of, order) for order in orders]
    out = {'p': {}, 'maximum': {}}

    def add(name, stat):
        seen = stat(of)
        null = np.array([stat(label) for label in labels])
        s, t = ((abs(v - 0.5) if name == 'auroc' else abs(v)) for v in (seen, null))
        reached = (t >= s * (1 - 1e-12) - 1e-12).sum(axis=0)
        top = t.reshape(K, -1).max(axis=1)
        out[name] = seen.tolist()
        out['p'][name] = ((1 + reached) / (K + 1)).tolist()
        out['maximum'][name] = {
            'value': float(s.max()),
            'p': float((1 + (top >= s.max() * (1 - 1e-12) - 1e-12).sum()) / (K + 1)),
            'threshold': float(np.sort(top)[int(np.ceil(0.95 * (K + 1))) - 1]),
        }

    for name, f in STATISTICS.items():
        add(name, lambda label: np.array([[f(x, (label == c).astype(int)) for x in X.T] for c in compared]))
    if (X >= 0).all():
        add('classSelectivity', lambda label: np.array([csi(x, label) for x in X.T]))
    return out


signed = rng.normal(size=(N, 5)).astype(np.float32)
binary = np.array([0] * 15 + [1] * 21)
colour = np.array([0] * 8 + [1] * 16 + [2] * 12)
for label in (binary, colour):
    rng.shuffle(label)
half = np.arange(N) % 2
signed[:, 0] += 0.8 * binary
signed[:, 1] += 0.7 * (colour == 2)
signed[:, 2] = np.round(signed[:, 2])  # many ties
signed[:, 4] = 1e4 + signed[:, 4]  # a large mean
rectified = np.maximum(signed, 0).astype(np.float32)
rectified[:, 4] = np.maximum(0, rng.normal(size=N) - 0.8)  # mostly zero
orders = np.array([rng.permutation(N) for _ in range(K)])

cases = []
for name, X in [('signed', signed), ('rectified', rectified)]:
    for label, of, compared, classes in [
        ('binary', binary, [1], 2),
        ('half', half, [1], 2),
        ('colour', colour, [0, 1, 2], 3),
    ]:
        cases.append({'activations': name, 'label': label, 'classes': classes, 'of': of.tolist(),
                      'expected': analyse(X, of, compared, orders)})

fixture = {
    'made': f'test/reference/make/selectivity.py: NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}',
    'stimuli': N,
    'units': 5,
    'activations': {'signed': [float(v) for v in signed.ravel()], 'rectified': [float(v) for v in rectified.ravel()]},
    'orders': orders.tolist(),
    'cases': cases,
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'selectivity.json')
with open(path, 'w') as out:
    json.dump(fixture, out, separators=(',', ':'))
    out.write('\n')
