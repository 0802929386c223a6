#!/usr/bin/env python3
"""Shortcuts in PyTorch and scikit-learn, independently of RepScope: figure 11 of the gallery once more.

    python3 docs/gallery/shortcuts.py [SEEDS]

A label of two values; a core and a shortcut feature, normal within each class with variance 1, the sign of the core right in 90 %, that of
the shortcut in 60, 75 or 90 %. A random matrix with orthonormal columns mixes both into 100 inputs, the shortcut 1, 3 or 10 times as
strongly. 3,200 training stimuli, the same for every network; one hidden layer of 128 ReLU, or none; SGD .01, batches of 64, 100 epochs, cross-entropy.

Reliance: of the variance of the answers (logits) on fresh stimuli, where the shortcut says nothing of the label, the share that the shortcut explains, of what
both features explain. Bias: the same less that of linear discriminant analysis (on the features themselves, fitted by scikit-learn to a million draws). Beside it
the bias of decisions (signs of answers) over a grid of both features, -3 to 3. Means over seeds with 95 % intervals (Student's t).
"""
import sys

import numpy as np
import torch
from scipy import stats
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

CORE, TIMES, RIGHT = 0.9, (1, 3, 10), (0.6, 0.75, 0.9)


def features(count, right, rng, informative=True):
    label = rng.integers(0, 2, count)
    means = stats.norm.ppf([CORE, right])
    z = rng.standard_normal((count, 2)) + (2 * label[:, None] - 1) * means
    if not informative:
        z[:, 1] = rng.standard_normal(count)
    return z, label


def inputs(z, times, matrix):
    return torch.tensor((z * [1, times]) @ matrix.T, dtype=torch.float32)


def networks(hidden, count):
    """Weights and biases of each layer, for so many networks at once."""
    widths = [100, *hidden, 1]
    layers = []
    for a, b in zip(widths[:-1], widths[1:]):
        sd = (2 / (a + b)) ** 0.5 / 0.87962566
        weights = torch.nn.init.trunc_normal_(torch.empty(count, a, b), std=sd, a=-2 * sd, b=2 * sd)
        layers.append((weights.requires_grad_(), torch.zeros(count, 1, b, requires_grad=True)))
    return layers


def answer(layers, x):
    """Networks x stimuli, of networks x stimuli x inputs."""
    for at, (weights, biases) in enumerate(layers):
        x = torch.baddbmm(biases, torch.relu(x) if at > 0 else x, weights)
    return x[..., 0]


def train(layers, x, label):
    optimizer = torch.optim.SGD([part for layer in layers for part in layer], lr=0.01)
    target, each = torch.tensor(label, dtype=torch.float32), torch.arange(len(x))[:, None]
    for _ in range(100):
        # Each network has its own order.
        order = torch.stack([torch.randperm(x.shape[1]) for _ in x])
        for at in order.split(64, dim=1):
            optimizer.zero_grad()
            losses = torch.nn.functional.binary_cross_entropy_with_logits(answer(layers, x[each, at]), target[at], reduction="none")
            losses.mean(1).sum().backward()
            optimizer.step()


def reliance(answers, z):
    """By two regressions, one of each feature: R², as the features are independent."""
    core, shortcut = (np.corrcoef(answers, z[:, at])[0, 1] ** 2 for at in (0, 1))
    return shortcut / (core + shortcut)


def main(seeds="5"):
    torch.set_num_threads(1)
    grid = np.stack(np.meshgrid(*[np.linspace(-3, 3, 61)] * 2), -1).reshape(-1, 2)
    print(f"{'':42s} {'bias of answers':24s} bias of decisions over a grid")
    for right in RIGHT:
        rng = np.random.default_rng(0)
        matrix = np.linalg.qr(rng.standard_normal((100, 2)))[0]
        (z, label), (fresh, _) = features(3200, right, rng), features(4096, right, rng, informative=False)
        optimal = LinearDiscriminantAnalysis().fit(*features(1_000_000, right, rng))
        best, best_grid = reliance(optimal.decision_function(fresh), fresh), reliance(np.sign(optimal.decision_function(grid)), grid)
        count = int(seeds)
        of = [torch.stack([inputs(part, times, matrix) for times in TIMES for _ in range(count)]) for part in (z, fresh, grid)]
        for name, hidden in (("relu", [128]), ("linear", [])):
            torch.manual_seed(0)
            layers = networks(hidden, len(of[0]))
            train(layers, of[0], label)
            with torch.no_grad():
                answers, over = (answer(layers, part).numpy() for part in of[1:])
            biases = [[reliance(a, fresh) - best, reliance(np.sign(g), grid) - best_grid] for a, g in zip(answers, over)]
            for times, found in zip(TIMES, np.array(biases).reshape(len(TIMES), count, 2)):
                half = stats.sem(found) * stats.t.ppf(0.975, count - 1)
                shown = "  ".join(f"{m:6.3f} [{m - h:.3f}, {m + h:.3f}]" for m, h in zip(found.mean(0), half))
                print(f"{name + f', right in {100 * right:.0f} %, {times} times as strong':42s} {shown}", flush=True)


main(*sys.argv[1:])
