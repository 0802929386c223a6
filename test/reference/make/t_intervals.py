"""Makes ../fixtures/statistics.json: quantiles and intervals of Student's t by SciPy, percentiles by NumPy, participation
ratios from eigenvalues. Run with Python 3 (numpy, scipy): python3 t_intervals.py"""
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

values = np.sort(rng.normal(size=13))
percentiles = {'values': values.tolist(),
               'expected': [[q, float(np.percentile(values, 100 * q))] for q in [0, 0.025, 0.3, 0.5, 0.975, 1]]}

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
    'quantiles': quantiles, 'intervals': intervals, 'percentiles': percentiles, 'matrices': matrices,
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'statistics.json')
with open(path, 'w') as out:
    json.dump(fixture, out, separators=(',', ':'))
    out.write('\n')
