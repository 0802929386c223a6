"""Losses of small networks trained by PyTorch in float64, for test/reference/training.test.ts.

Run with a Python that has torch and numpy: python3 test/reference/make/training.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
OUT = Path(__file__).parent.parent / "fixtures" / "training.json"

COUNT, INPUTS, HIDDEN, CLASSES, BATCH, STEPS = 20, 6, [7, 5], 3, 8, 40
ACTIVATIONS = {
    "relu": nn.ReLU(),
    "leakyRelu": nn.LeakyReLU(0.01),
    "tanh": nn.Tanh(),
    "gelu": nn.GELU(),
    "sigmoid": nn.Sigmoid(),
    "linear": nn.Identity(),
}
RATES = {"sgd": 0.2, "momentum": 0.05, "adam": 0.01, "adamW": 0.01}


def float32(array):
    """Rounded to float32, so that the reader starts from the same numbers."""
    return np.asarray(array, dtype=np.float32).astype(np.float64)


rng = np.random.default_rng(0)
inputs = float32(rng.normal(size=(COUNT, INPUTS)))
binary = (inputs[:, 0] * inputs[:, 1] > 0).astype(int)
third = np.digitize(inputs[:, 2], [-0.4, 0.4])
order = np.concatenate([rng.permutation(COUNT) for _ in range(STEPS)])
batches = []
for epoch in range(STEPS):
    rows = order[epoch * COUNT : (epoch + 1) * COUNT]
    batches += [rows[i : i + BATCH].tolist() for i in range(0, COUNT, BATCH)]
batches = batches[:STEPS]


def make_optimizer(name, decay, weights, biases):
    groups = [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0}]
    rate = RATES[name]
    if name == "sgd":
        return torch.optim.SGD(groups, lr=rate)
    if name == "momentum":
        return torch.optim.SGD(groups, lr=rate, momentum=0.9)
    if name == "adam":
        return torch.optim.Adam(groups, lr=rate)
    return torch.optim.AdamW(groups, lr=rate)


def train(title, activation, optimizer, decay, weights_at=lambda step: [1, 1]):
    sizes = [INPUTS, *HIDDEN, 1 + CLASSES]
    modules, initial = [], []
    draw = np.random.default_rng(1)
    for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        linear = nn.Linear(fan_in, fan_out)
        w = float32(draw.normal(size=(fan_in, fan_out)) * 1.2 / np.sqrt(fan_in))
        b = float32(draw.normal(size=fan_out) * 0.2)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(w.T))
            linear.bias.copy_(torch.tensor(b))
        initial += [*w.ravel().tolist(), *b.tolist()]
        modules.append(linear)
        if i < len(HIDDEN):
            modules.append(ACTIVATIONS[activation])
    net = nn.Sequential(*modules)
    linears = [m for m in net if isinstance(m, nn.Linear)]
    opt = make_optimizer(optimizer, decay, [m.weight for m in linears], [m.bias for m in linears])
    x, y, c = torch.tensor(inputs), torch.tensor(binary, dtype=torch.float64), torch.tensor(third)
    losses, correct, weights = [], [], []
    for step, rows in enumerate(batches):
        logits = net(x[rows])
        w = weights_at(step)
        each = [
            nn.functional.binary_cross_entropy_with_logits(logits[:, 0], y[rows]),
            nn.functional.cross_entropy(logits[:, 1:], c[rows]),
        ]
        loss = sum(wt * ce for wt, ce in zip(w, each)) / sum(w)
        right = [
            int(((logits[:, 0] > 0) == (y[rows] > 0.5)).sum()),
            int((logits[:, 1:].argmax(1) == c[rows]).sum()),
        ]
        opt.zero_grad(set_to_none=False)
        loss.backward()
        opt.step()
        losses.append(loss.item())
        correct.append(right)
        weights.append(w)
    final = []
    for m in linears:
        final += [*m.weight.detach().numpy().T.ravel().tolist(), *m.bias.detach().numpy().tolist()]
    return {
        "title": title,
        "activation": activation,
        "optimizer": optimizer,
        "learningRate": RATES[optimizer],
        "weightDecay": decay,
        "weights": weights,
        "initial": initial,
        "losses": losses,
        "correct": correct,
        "final": [float(f"{v:.9g}") for v in final],
    }


cases = [train(a, a, "adam", 0) for a in ACTIVATIONS]
for name in RATES:
    for decay in [0, 0.05]:
        cases.append(train(f"{name}, weight decay {decay}", "tanh", name, decay))
cases.append(train("unequal weights, then one task", "tanh", "momentum", 0, lambda s: [1, 3] if s < 20 else [0, 1]))

OUT.parent.mkdir(exist_ok=True)
OUT.write_text(
    json.dumps(
        {
            "made": f"by test/reference/make/training.py with PyTorch {torch.__version__} in float64",
            "hidden": HIDDEN,
            "classes": CLASSES,
            "inputs": inputs.tolist(),
            "binary": binary.tolist(),
            "third": third.tolist(),
            "batches": batches,
            "cases": cases,
        }
    )
    + "\n"
)
