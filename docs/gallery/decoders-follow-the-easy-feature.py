#!/usr/bin/env python3
"""Decoders follow the easy feature, in PyTorch and scikit-learn, independently of RepScope.

    python3 docs/gallery/decoders-follow-the-easy-feature.py

Easy: a bit copied over 4 units; hard: the parity of 4 bits; each beside 12 bits of noise. 8,192 training stimuli, 256-128-64-64 leaky ReLU, Adam
.001, batches of 1,024, 100 epochs, 5 seeds. A logistic regression of the last hidden layer is fitted on the stimuli (of 1,024) for which the two
labels agree, and read on those of 1,024 fresh ones for which they do not: the share for which it says what the easy one says. Then it is fitted
on a label that is drawn, which easy predicts with p and hard with .9, independently of each other given it, and read in the same way.
"""
import numpy as np
import torch
from scipy import stats
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

PREDICTIVITIES = 0.5, 0.6, 0.7, 0.8, 0.9, 1


def stimuli(count, rng):
    bits = rng.integers(0, 2, (count, 32))
    bits[:, :4] = bits[:, :1]
    return bits.astype(np.float32), np.stack([bits[:, 0], bits[:, 16:20].sum(1) % 2], 1)


def network():
    widths = [32, 256, 128, 64, 64]
    layers = [part for a, b in zip(widths[:-1], widths[1:]) for part in (torch.nn.Linear(a, b), torch.nn.LeakyReLU(0.01))]
    made = torch.nn.Sequential(*layers, torch.nn.Linear(64, 2))
    for layer in made:
        if isinstance(layer, torch.nn.Linear):
            sd = (2 / sum(layer.weight.shape)) ** 0.5
            torch.nn.init.trunc_normal_(layer.weight, std=sd / 0.87962566, a=-2 * sd / 0.87962566, b=2 * sd / 0.87962566)
            torch.nn.init.zeros_(layer.bias)
    return made


def hidden(made, x):
    with torch.no_grad():
        return made[:-1](torch.from_numpy(x)).numpy()


def followed(states, labels, fresh, fresh_labels, rows=None, target=None):
    agree, conflict = labels[:, 0] == labels[:, 1], fresh_labels[:, 0] != fresh_labels[:, 1]
    rows, target = (agree, labels[agree, 0]) if rows is None else (rows, target)
    probe = make_pipeline(StandardScaler(), LogisticRegressionCV(Cs=5, cv=3, max_iter=2000))
    probe.fit(states[rows], target)
    return (probe.predict(fresh[conflict]) == fresh_labels[conflict, 0]).mean()


def drawn(labels, p, q, rng, count=450):
    """A label first, then what the features say of it; a stimulus of which they say so is taken for each."""
    order = list(rng.permutation(len(labels)))
    rows, target = [], []
    for label in rng.integers(0, 2, count):
        says = [label if rng.random() < share else 1 - label for share in (p, q)]
        at = next((row for row in order if (labels[row] == says).all()), None)
        if at is not None:
            order.remove(at)
            rows.append(at)
            target.append(label)
    return rows, target


def replicate(seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    (x, y), (fit, fit_y), (test, test_y) = (stimuli(count, rng) for count in (8192, 1024, 1024))
    made = network()
    labels = [drawn(fit_y, p, 0.9, rng) for p in PREDICTIVITIES]
    shares = [followed(hidden(made, fit), fit_y, hidden(made, test), test_y)]
    before = [followed(hidden(made, fit), fit_y, hidden(made, test), test_y, *label) for label in labels]
    optimizer = torch.optim.Adam(made.parameters(), lr=0.001)
    inputs, targets = torch.from_numpy(x), torch.from_numpy(y).float()
    for _ in range(100):
        for at in torch.randperm(len(x)).split(1024):
            optimizer.zero_grad()
            torch.nn.functional.binary_cross_entropy_with_logits(made(inputs[at]), targets[at]).backward()
            optimizer.step()
    with torch.no_grad():
        right = ((made(torch.from_numpy(test)).numpy() > 0) == test_y).mean(0)
    after = [followed(hidden(made, fit), fit_y, hidden(made, test), test_y, *label) for label in labels]
    return [followed(hidden(made, fit), fit_y, hidden(made, test), test_y), *shares, followed(fit, fit_y, test, test_y), *right, *after, *before]


torch.set_num_threads(1)
names = ["follows easy, last hidden layer", "the same before training", "the same from the inputs", "accuracy, easy", "accuracy, hard"]
names += [f"drawn, easy predicts {p}: {when}" for when in ("trained", "before") for p in PREDICTIVITIES]
for name, values in zip(names, np.array([replicate(seed) for seed in range(5)]).T):
    half = stats.sem(values) * stats.t.ppf(0.975, len(values) - 1)
    print(f"{name:34s} {values.mean():.3f} [{values.mean() - half:.3f}, {values.mean() + half:.3f}]")
