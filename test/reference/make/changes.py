"""Makes fixtures/changes.json with numpy, scipy and torch: networks with random weights, and what changes make of them. Run from the project's root."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import scipy
import torch
from scipy.optimize import minimize

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/changes.py with numpy {np.__version__}, scipy {scipy.__version__}, torch {torch.__version__}"
SLOPE = 0.01
rng = np.random.default_rng(7)

# The whole design of six bits, in lexicographic order.
inputs = np.array(list(product([0.0, 1.0], repeat=6)))
easy = inputs[:, 0] == 1
widths = [6, 6, 5, 2]
weights = [rng.normal(size=(a, b)).astype(np.float32) / np.float32(np.sqrt(a)) for a, b in zip(widths, widths[1:])]
biases = [rng.normal(size=b).astype(np.float32) * np.float32(0.2) for b in widths[1:]]


def layer(x, w, b, last):
    y = torch.nn.functional.linear(torch.tensor(x), torch.tensor(w.T.astype(np.float64)), torch.tensor(b.astype(np.float64)))
    return (y if last else torch.nn.functional.leaky_relu(y, SLOPE)).numpy()


def forward(x, at=None, change=lambda states: states, w=weights, b=biases):
    found = []
    for k, (wk, bk) in enumerate(zip(w, b)):
        x = layer(x, wk, bk, k == len(w) - 1)
        x = change(x) if k == at else x
        found.append(x)
    return found


states = forward(inputs)
direction = [h[easy].mean(0) - h[~easy].mean(0) for h in states]


def dprime(h):
    return np.abs(h[easy].mean(0) - h[~easy].mean(0)) / np.sqrt((h[easy].var(0) + h[~easy].var(0)) / 2)


def hold(units, values):
    def change(h):
        h = h.copy()
        h[:, units] = values[units]
        return h

    return change


def rebuilt(k):
    def change(h):
        mean = states[0].mean(0)
        _, _, v = np.linalg.svd(states[0] - mean, full_matrices=False)
        return mean + (h - mean) @ v[:k].T @ v[:k]

    return change


selective = np.argsort(-dprime(states[1]))[:2]
active = np.argsort(-np.abs(states[0]).mean(0))[:3]
cases = {
    "steer": forward(inputs, 1, lambda h: h + 1.5 * direction[1]),
    "steer to other": forward(inputs, 0, lambda h: h + 0.75 * np.where(easy, -1, 1)[:, None] * direction[0]),
    "ablate selective": forward(inputs, 1, hold(selective, np.zeros(5))),
    "ablate active": forward(inputs, 0, hold(active, states[0].mean(0))),
    "rebuild": forward(inputs, 0, rebuilt(2)),
    "rebuild from none": forward(inputs, 0, rebuilt(0)),
}


hard = inputs[:, 1] != inputs[:, 2]
answers = states[-1] > 0


def steered(dose):
    return forward(inputs, 0, lambda h: h + dose * direction[0])[-1] > 0


def curve(found, among):
    """Accuracy and share of answers that are others, of both tasks."""
    return {
        "accuracy": [float((found[:, t] == right).mean()) for t, right in enumerate((easy, hard))],
        "flips": [float((found[among, t] != answers[among, t]).mean()) for t in range(2)],
    }


curves = {
    "steer": {str(d): curve(steered(d), easy if d < 0 else ~easy) for d in (-2, 0, 1, 2, 4)},
    "rebuild": {str(k): curve(forward(inputs, 0, rebuilt(k))[-1] > 0, slice(None)) for k in range(7)},
}


def squares(logs):
    """Half of the squared norm of all weights when hidden units are multiplied by exp(logs), and its gradient's source."""
    scales = [np.ones(6), *np.split(np.exp(logs), np.cumsum(widths[1:-1])[:-1]), np.ones(2)]
    total = 0.0
    for k, (w, b) in enumerate(zip(weights, biases)):
        total += ((w.astype(float) / scales[k][:, None] * scales[k + 1]) ** 2).sum()
        if k < len(weights) - 1:
            total += ((b.astype(float) * scales[k + 1]) ** 2).sum()
    return total


least = minimize(squares, np.zeros(sum(widths[1:-1])), method="BFGS", options={"gtol": 1e-12})
scales = np.split(np.exp(least.x), np.cumsum(widths[1:-1])[:-1])


def plain(x):
    return [float(f"{v:.9g}") for v in np.ravel(x)]


fixture = {
    "made": MADE,
    "hidden": widths[1:-1],
    "parameters": plain(np.concatenate([np.concatenate([w.ravel(), b]) for w, b in zip(weights, biases)])),
    "cases": {name: [plain(x) for x in found] for name, found in cases.items()},
    "curves": curves,
    "balanced": [plain(h * s) for h, s in zip(states, scales)],
}
(FIXTURES / "changes.json").write_text(json.dumps(fixture) + "\n")
print(least.message, least.fun, [x.max() for x in scales])
