"""Losses and parameters of small transformers trained by PyTorch in float64, for test/reference/transformer.test.ts.

Run with a Python that has torch and numpy: python3 test/reference/make/transformer.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
OUT = Path(__file__).parent.parent / "fixtures" / "transformer.json"

VOCABULARY, LENGTH, WIDTH, HIDDEN, LAYERS, HEADS, DOCUMENTS, BATCH, STEPS = 13, 9, 8, 12, 2, 2, 30, 12, 20
RATES = {"sgd": 0.1, "momentum": 0.03, "adam": 0.01, "adamW": 0.01}

rng = np.random.default_rng(0)
documents = [rng.integers(VOCABULARY, size=LENGTH if d == 0 else rng.integers(2, LENGTH + 1)) for d in range(DOCUMENTS)]
counts = [[0] + [int(c) for c in rng.random(len(document) - 1) < 0.7] for document in documents]
batches = [rng.choice(DOCUMENTS, size=BATCH, replace=False).tolist() for _ in range(STEPS)]


def shapes(tied):
    """In the order of src/training/graph/transformer.ts."""
    found = [("tokens", VOCABULARY, WIDTH), ("positions", LENGTH, WIDTH)]
    for layer in range(1, LAYERS + 1):
        for name, rows, units in [
            ("norm1.gain", 1, WIDTH),
            ("norm1.bias", 1, WIDTH),
            ("qkv.weights", WIDTH, 3 * WIDTH),
            ("qkv.bias", 1, 3 * WIDTH),
            ("attention.weights", WIDTH, WIDTH),
            ("attention.bias", 1, WIDTH),
            ("norm2.gain", 1, WIDTH),
            ("norm2.bias", 1, WIDTH),
            ("mlp.weights", WIDTH, HIDDEN),
            ("mlp.bias", 1, HIDDEN),
            ("mlpOut.weights", HIDDEN, WIDTH),
            ("mlpOut.bias", 1, WIDTH),
        ]:
            found.append((f"layer{layer}.{name}", rows, units))
    found += [("norm.gain", 1, WIDTH), ("norm.bias", 1, WIDTH)]
    return found if tied else found + [("readout", VOCABULARY, WIDTH)]


def logits(p, tokens, activation, tied):
    """Of one document."""
    act = functional.gelu if activation == "gelu" else functional.relu
    norm = lambda x, name: functional.layer_norm(x, [WIDTH], p[f"{name}.gain"][0], p[f"{name}.bias"][0])  # noqa: E731
    x = p["tokens"][tokens] + p["positions"][: len(tokens)]
    for layer in range(1, LAYERS + 1):
        at = f"layer{layer}"
        linear = lambda x, name: x @ p[f"{at}.{name}.weights"] + p[f"{at}.{name}.bias"]  # noqa: B023, E731
        heads = linear(norm(x, f"{at}.norm1"), "qkv").view(len(tokens), 3, HEADS, WIDTH // HEADS)
        q, k, v = heads.permute(1, 2, 0, 3)
        scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        ahead = torch.ones(len(tokens), len(tokens), dtype=torch.bool).triu(1)
        read = scores.masked_fill(ahead, float("-inf")).softmax(-1) @ v
        x = x + linear(read.transpose(0, 1).reshape(len(tokens), WIDTH), "attention")
        x = x + linear(act(linear(norm(x, f"{at}.norm2"), "mlp")), "mlpOut")
    return norm(x, "norm") @ p["tokens" if tied else "readout"].T


def optimizer(name, decay, parameters):
    decayed = [p for key, p in parameters.items() if key.endswith("weights") or key in ("tokens", "readout")]
    others = [p for p in parameters.values() if all(p is not other for other in decayed)]
    groups = [{"params": decayed, "weight_decay": decay}, {"params": others, "weight_decay": 0}]
    if name in ("sgd", "momentum"):
        return torch.optim.SGD(groups, lr=RATES[name], momentum=0.9 if name == "momentum" else 0)
    return (torch.optim.Adam if name == "adam" else torch.optim.AdamW)(groups, lr=RATES[name])


def train(activation, tied, name, decay):
    draw = np.random.default_rng(1)
    parameters, initial = {}, []
    for key, rows, units in shapes(tied):
        values = np.round(0.4 * draw.normal(size=(rows, units)) + key.endswith("gain"), 3)
        # The reader starts from the same numbers.
        parameters[key] = torch.tensor(values.astype(np.float32).astype(np.float64), requires_grad=True)
        initial += values.ravel().tolist()
    updates = optimizer(name, decay, parameters)
    losses = []
    for batch in batches:
        terms = []
        for d in batch:
            wanted = np.flatnonzero(counts[d])
            if len(wanted):
                found = logits(parameters, torch.tensor(documents[d]), activation, tied)[wanted - 1]
                terms.append(functional.cross_entropy(found, torch.tensor(documents[d][wanted]), reduction="none"))
        loss = torch.cat(terms).mean()
        losses.append(loss.item())
        updates.zero_grad()
        loss.backward()
        updates.step()
    final = np.concatenate([p.detach().numpy().ravel() for p in parameters.values()])
    return {
        **{"activation": activation, "tied": tied, "optimizer": name, "weightDecay": decay, "rate": RATES[name]},
        "initial": initial,
        "losses": losses,
        "final": np.round(final, 6).tolist(),
    }


runs = [
    train("gelu", False, "adamW", 0.1),
    train("relu", True, "adam", 0),
    train("gelu", True, "momentum", 0.01),
    train("relu", False, "sgd", 0),
]
OUT.write_text(
    json.dumps(
        {
            **{"vocabulary": VOCABULARY, "length": LENGTH, "width": WIDTH, "hidden": HIDDEN, "layers": LAYERS, "heads": HEADS},
            "documents": [d.tolist() for d in documents],
            "counts": counts,
            "batches": batches,
            "runs": runs,
        }
    )
    + "\n"
)
