"""Makes fixtures/dictionary.json: sparse autoencoders trained by PyTorch's autograd and Adam in float64. Run from the project's root."""

import json
from pathlib import Path

import torch

FIXTURE = Path(__file__).parent.parent / "fixtures" / "dictionary.json"
STEPS, RATE = 8, 0.01


def listed(x):
    return {"rows": x.shape[0], "cols": x.shape[1], "data": x.flatten().tolist()}


def train(x, start, kind, k, l1):
    decoder = (start / start.norm(dim=1, keepdim=True)).clone().requires_grad_()
    encoder = decoder.detach().clone().requires_grad_()
    bias = torch.zeros(len(start), dtype=x.dtype, requires_grad=True)
    centre = torch.zeros(x.shape[1], dtype=x.dtype, requires_grad=True)
    adam = torch.optim.Adam([encoder, decoder, bias, centre], lr=RATE)
    for _ in range(STEPS):
        z = torch.relu((x - centre) @ encoder.T + bias)
        if kind == "topk":
            top = torch.topk(z, k, dim=1)
            z = torch.zeros_like(z).scatter(1, top.indices, top.values)
        loss = ((x - z @ decoder - centre) ** 2).mean() + (l1 * z.sum(1).mean() if kind == "relu" else 0)
        adam.zero_grad()
        loss.backward()
        with torch.no_grad():
            decoder.grad -= (decoder.grad * decoder).sum(1, keepdim=True) * decoder
        adam.step()
        with torch.no_grad():
            decoder /= decoder.norm(dim=1, keepdim=True)
    return {
        "kind": kind,
        "k": k,
        "l1": l1,
        "loss": loss.item(),
        "encoder": listed(encoder.detach()),
        "decoder": listed(decoder.detach()),
        "bias": bias.tolist(),
        "centre": centre.tolist(),
    }


torch.manual_seed(0)
x = torch.randn(20, 5, dtype=torch.float64).round(decimals=3)
start = torch.randn(9, 5, dtype=torch.float64).round(decimals=3)
FIXTURE.write_text(
    json.dumps(
        {
            "made": f"test/reference/make/dictionary.py with torch {torch.__version__}",
            "steps": STEPS,
            "rate": RATE,
            "x": listed(x),
            "start": listed(start),
            "cases": [train(x, start, "topk", 3, 0), train(x, start, "relu", 0, 0.02)],
        }
    )
    + "\n"
)
