"""The headline recipe (examples/easy-vs-hard.experiment.json) as one writes it with PyTorch."""

import csv
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HIDDEN = [256, 128, 64, 64]
LEAKY_SLOPE = 0.01
LEARNING_RATE = 1e-3


def stimuli(count, rng):
    """32 bits: an easy feature copied over 4 units, 12 noise bits, 4 bits whose parity is the hard feature, 12 noise bits.

    Returns inputs (count x 32) and labels (count x 2: easy, hard; hard is balanced exactly).
    """
    bits = rng.integers(0, 2, size=(count, 32))
    bits[:, 1:4] = bits[:, :1]
    hard = np.arange(count) % 2
    rng.shuffle(hard)
    bits[:, 19] = (bits[:, 16:19].sum(1) + hard) % 2
    labels = np.stack([bits[:, 0], hard], axis=1)
    return torch.tensor(bits, dtype=torch.float32), torch.tensor(labels, dtype=torch.float32)


def stimuli_of(path, which):
    """One set (train, fit or test) of a stimulus table that `repscope stimuli FILE --out TABLE.csv` wrote; as `stimuli`."""
    with open(path, newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == which]
    inputs = [[float(row[f"input[{i}]"]) for i in range(32)] for row in rows]
    labels = [[float(row[task] in ("1", "true", "yes")) for task in ("easy", "hard")] for row in rows]
    return torch.tensor(inputs), torch.tensor(labels)


def network(inputs, hidden, outputs, activation="leakyRelu"):
    """A stack of layers with truncated normal weights of variance 1 / mean fan, and zero biases."""
    make = {"relu": nn.ReLU, "leakyRelu": lambda: nn.LeakyReLU(LEAKY_SLOPE), "tanh": nn.Tanh}[activation]
    sizes = [inputs, *hidden, outputs]
    modules = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        linear = nn.Linear(fan_in, fan_out)
        deviation = math.sqrt(2 / (fan_in + fan_out)) / 0.87962566103423978
        nn.init.trunc_normal_(linear.weight, std=deviation, a=-2 * deviation, b=2 * deviation)
        nn.init.zeros_(linear.bias)
        modules += [linear, make()]
    return nn.Sequential(*modules[:-1])


def train(net, inputs, labels, batch_size, epochs, generator, foreach=False):
    """Trains in place with Adam on mean sigmoid cross-entropy; each epoch a fresh permutation."""
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE, foreach=foreach)
    for _ in range(epochs):
        for rows in torch.randperm(len(inputs), generator=generator).split(batch_size):
            optimizer.zero_grad(set_to_none=True)
            loss = functional.binary_cross_entropy_with_logits(net(inputs[rows]), labels[rows])
            loss.backward()
            optimizer.step()


@torch.no_grad()
def activations(net, inputs):
    """Activations of each hidden layer after its activation function, then the logits."""
    layers = []
    x = inputs
    for module in net:
        x = module(x)
        if not isinstance(module, nn.Linear):
            layers.append(x.numpy())
    return [*layers, x.numpy()]
