"""RSA between networks, of one task each or of several: figures 2 and 3 of the gallery once more, in PyTorch and NumPy, with nothing of RepScope's.

    python3 docs/gallery/rsa-between-networks.py [one|small|several] [SEEDS]

prints accuracies, and the mean RSA (Pearson's r of RDMs of correlation distance, fresh stimuli) of the last hidden layer over pairs of replicates, and of the others below it.
"""

import sys
from itertools import combinations, combinations_with_replacement

import numpy as np
import torch
from torch import nn

WIDE, NARROW = (256, 128, 64, 64), (64, 32, 32, 32)


def parity(bits):
    return bits.sum(1) % 2


def one_each(n, rng, noisy=56):
    """An easy bit copied over 4 inputs, the parity of 4 others (balanced), and inputs of noise."""
    easy, bits, noise = rng.integers(0, 2, (n, 1)), rng.integers(0, 2, (n, 4)), rng.integers(0, 2, (n, noisy))
    wanted = rng.permutation(np.arange(n) % 2)
    bits[:, 3] = (bits[:, :3].sum(1) + wanted) % 2
    return np.hstack([easy.repeat(4, 1), bits, noise]), np.column_stack([easy[:, 0], parity(bits)])


def several(n, rng):
    """Four groups of 4 inputs, 16 of noise; the parities of the first 1, 2, 3 and 4 of each group."""
    x = rng.integers(0, 2, (n, 32))
    groups = [x[:, 4 * k : 4 * k + 4] for k in range(4)]
    return x, np.column_stack([parity(group[:, :depth]) for depth in (1, 2, 3, 4) for group in groups])


ONE_EACH = {"both": [0, 1], "easy only": [0], "hard only": [1], "untrained": []}
RECIPES = {
    # Figure 2.
    "one": {
        "hidden": WIDE,
        "draw": one_each,
        "networks": ONE_EACH,
        "train": 65536,
        "test": 1024,
        "batch": 128,
        "optimizer": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
        "epochs": 60,
        "until": 0.999,
    },
    # The same in small: the networks of figures 8 and 16.
    "small": {
        "hidden": NARROW,
        "draw": lambda n, rng: one_each(n, rng, 8),
        "networks": ONE_EACH,
        "train": 4096,
        "test": 256,
        "batch": 32,
        "optimizer": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
        "epochs": 60,
        "until": 0.999,
    },
    # Figure 3.
    "several": {
        "hidden": WIDE,
        "draw": several,
        "networks": {name: list(range(4 * k, 4 * k + 4)) for k, name in enumerate(["bits", "pairs", "triples", "fours"])},
        "train": 8192,
        "test": 1024,
        "batch": 1024,
        "optimizer": lambda parameters: torch.optim.Adam(parameters, lr=1e-3),
        "epochs": 100,
        "until": None,
    },
}


def network(inputs, hidden, outputs):
    layers, width = [], inputs
    for units in hidden:
        layers += [nn.Linear(width, units), nn.LeakyReLU(0.01)]
        width = units
    layers.append(nn.Linear(width, outputs))
    for layer in layers[::2]:
        # Variance scaling: 1 / mean of fan-in and fan-out, normal, cut off at two standard deviations (by .8796 too small without).
        size = (2 / sum(layer.weight.shape)) ** 0.5 / 0.87962566
        nn.init.trunc_normal_(layer.weight, std=size, a=-2 * size, b=2 * size)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(*layers)


def train(recipe, x, y, seed):
    torch.manual_seed(seed)
    net = network(x.shape[1], recipe["hidden"], max(1, y.shape[1]))
    if y.shape[1] == 0:
        return net
    optimizer = recipe["optimizer"](net.parameters())
    for _ in range(recipe["epochs"]):
        right = torch.zeros(y.shape[1])
        for batch in torch.randperm(len(x)).split(recipe["batch"]):
            logits = net(x[batch])
            loss = nn.functional.binary_cross_entropy_with_logits(logits, y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            right += ((logits > 0) == (y[batch] > 0)).sum(0)
        if recipe["until"] and (right / len(x)).min() >= recipe["until"]:
            break
    return net


def layers_of(net, x):
    """Answers of each hidden layer, stimuli × units."""
    found = []
    for layer in net[:-1]:
        x = layer(x)
        if isinstance(layer, nn.LeakyReLU):
            found.append(x.numpy().astype(float))
    return found


def rdm(activations):
    rows, columns = np.triu_indices(len(activations), 1)
    return 1 - np.corrcoef(activations)[rows, columns]


def main(which="one", seeds="5"):
    torch.set_num_threads(1)
    recipe, count = RECIPES[which], int(seeds)
    rng = np.random.default_rng(0)
    (train_x, train_y), (test_x, test_y) = (recipe["draw"](n, rng) for n in (recipe["train"], recipe["test"]))
    x, y, fresh = (torch.tensor(part, dtype=torch.float32) for part in (train_x, train_y, test_x))
    rdms = {}
    for name, tasks in recipe["networks"].items():
        for seed in range(count):
            net = train(recipe, x, y[:, tasks], seed * 1000 + len(rdms))
            with torch.no_grad():
                right = ((net(fresh) > 0).numpy() == test_y[:, tasks]).mean(0) if tasks else []
                rdms[name, seed] = [rdm(layer) for layer in layers_of(net, fresh)]
            print(f"{name} {seed}: accuracy {' '.join(f'{one:.4f}' for one in right) or '–'}", flush=True)
    for depth in reversed(range(len(recipe["hidden"]))):
        print(f"\nRSA in hidden layer {depth + 1}, mean over pairs of replicates (their least and greatest)")
        for a, b in combinations_with_replacement(recipe["networks"], 2):
            pairs = combinations(range(count), 2) if a == b else ((i, k) for i in range(count) for k in range(count))
            values = [np.corrcoef(rdms[a, i][depth], rdms[b, k][depth])[0, 1] for i, k in pairs]
            print(f"{a} – {b}: {np.mean(values):.3f} ({min(values):.3f} to {max(values):.3f})")


main(*sys.argv[1:])
