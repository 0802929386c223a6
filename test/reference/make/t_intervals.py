"""Makes ../fixtures/statistics.json: quantiles and intervals of Student's t by SciPy (also on the logit scale), jackknife intervals of
means over pairs, participation ratios from eigenvalues. Run with Python 3 (numpy, scipy): python3 t_intervals.py"""
import json
import os

import numpy as np
import scipy
from scipy.special import stdtr
from scipy.stats import sem, t

rng = np.random.default_rng(11)
# stdtr is accurate to the last digits, ppf of this SciPy to about 1e-11 only: polish by Newton steps.
quantiles = []
for p in [0.55, 0.8, 0.95, 0.975, 0.99, 0.995, 0.9995]:
    for df in [1, 2, 3, 4, 5, 9, 19, 49.5, 99, 999, 9999]:
        q = t.ppf(p, df)
        for _ in range(3):
            q -= (stdtr(df, q) - p) / t.pdf(q, df)
        quantiles.append([p, df, float(q)])

intervals = []
for n in [2, 3, 5, 20]:
    for confidence in [0.8, 0.95, 0.99]:
        values = rng.normal(0.3, 0.1, n)
        low, high = t.interval(confidence, n - 1, loc=values.mean(), scale=sem(values))
        intervals.append({'values': values.tolist(), 'confidence': confidence, 'mean': float(values.mean()),
                          'low': float(low), 'high': float(high)})

# Between two ends: by the delta method on log((x - a) / (b - x)).
bounded = []
for a, b in [(0, 1), (-1, 1), (0.5, 1)]:
    values = b - (b - a) * 0.1 * rng.random(6)
    mean, error = values.mean(), sem(values)
    low, high = t.interval(0.95, 5, loc=np.log((mean - a) / (b - mean)), scale=error * (b - a) / ((mean - a) * (b - mean)))
    back = [float(a + (b - a) / (1 + np.exp(-x))) for x in (low, high)]
    bounded.append({'ends': [a, b], 'values': values.tolist(), 'low': back[0], 'high': back[1]})

# Similarities of 5 replicates of a and 4 of b, some undefined; every replicate left out by hand.
similarities = np.tanh(rng.normal(0.5, 0.6, (9, 9)))
similarities = (similarities + similarities.T) / 2
for i, j in [(0, 3), (2, 6), (1, 8)]:
    similarities[i, j] = similarities[j, i] = np.nan
np.fill_diagonal(similarities, 1)


def between(own, other):
    return np.nanmean([similarities[i, j] for i in own for j in other])


def within(own):
    return np.nanmean([similarities[i, j] for i in own for j in own if i < j])


def jackknife(statistic, *networks):
    variance = 0
    for at, network in enumerate(networks):
        left = [statistic(*[[k for k in each if k != i] if place == at else each for place, each in enumerate(networks)])
                for i in network]
        variance += (len(network) - 1) * np.var(left)
    return np.sqrt(variance), min(len(network) for network in networks) - 1


a, b = list(range(5)), list(range(5, 9))
groups = []
for names, statistic, networks in [('aa', within, [a]), ('ab', between, [a, b]), ('bb', within, [b])]:
    error, degrees = jackknife(statistic, *networks)
    mean = statistic(*networks)
    low, high = t.interval(0.95, degrees, loc=np.arctanh(mean), scale=error / (1 - mean ** 2))
    groups.append({'a': names[0], 'b': names[1], 'mean': float(mean), 'low': float(np.tanh(low)), 'high': float(np.tanh(high))})
difference = lambda own, other: between(own, other) - within(own)
error, degrees = jackknife(difference, a, b)
low, high = t.interval(0.95, degrees, loc=difference(a, b), scale=error)
pairs = {'networks': list('aaaaabbbb'), 'matrix': [[None if np.isnan(x) else float(x) for x in row] for row in similarities],
         'groups': groups, 'difference': {'difference': float(difference(a, b)), 'low': float(low), 'high': float(high)}}

matrices = []
for rows, cols in [(20, 6), (5, 12), (9, 9)]:
    x = (rng.normal(size=(rows, cols)) * np.linspace(0.2, 3, cols)).astype(np.float32)
    c = x.astype(np.float64) - x.astype(np.float64).mean(axis=0)
    eigenvalues = np.linalg.eigvalsh(c.T @ c / (rows - 1))
    a = np.abs(x.astype(np.float64))
    matrices.append({
        'rows': rows, 'cols': cols, 'data': [float(v) for v in x.ravel()],
        'participationRatio': float(eigenvalues.sum() ** 2 / (eigenvalues ** 2).sum()),
        'sparsity': float(np.mean(1 - a.mean(axis=0) ** 2 / (a ** 2).mean(axis=0))),
    })

fixture = {
    'made': f'test/reference/make/t_intervals.py: NumPy {np.__version__}, SciPy {scipy.__version__}',
    'quantiles': quantiles, 'intervals': intervals, 'bounded': bounded, 'pairs': pairs,
    'matrices': matrices,
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'statistics.json')
with open(path, 'w') as out:
    json.dump(fixture, out, separators=(',', ':'))
    out.write('\n')
