#!/usr/bin/env python3
"""A small transformer in PyTorch, without a line of RepScope, on the documents that RepScope's networks are trained on and asked.

    repscope stimuli codebooks.experiment.json --documents --out corpus.jsonl
    python3 docs/gallery/transformer.py corpus.jsonl 100,200,400,800 [SEEDS [KIND [FILE]]]

It is asked after each of these steps; the last is its end. GPT-2's form in small: 2 layers, width 64, 4 heads, learned positions, layer norm before attention, MLP (256, GELU) and the readout,
which is not tied; weights N(0, .02²), those that add to the residual stream N(0, .01²). Adam .002, batches of 128 documents in a fresh order in each epoch. The loss is the mean over all
tokens that count; a document is right where the likeliest token is right wherever it counts. Training documents whose column kind is KIND are left out (none: -).
It prints the share of right answers, mean over seeds, and at the end its 95 % interval (Student's t); of each seed they are written to FILE, as JSON.
"""
import json
import sys

import numpy as np
import torch
from scipy import stats
from torch.nn import functional

WIDTH, HEADS, LAYERS, HIDDEN, BATCH, RATE = 64, 4, 2, 256, 128, 0.002


def read(path, left_out):
    """Documents by set (None: training), as rows of tokens and of whether each counts, filled up with zeros."""
    lines = [json.loads(line) for line in open(path, encoding="utf8")]
    words = sorted({token for line in lines for token in line["tokens"]})
    place = {word: at for at, word in enumerate(words)}
    length = max(len(line["tokens"]) for line in lines)
    sets = {}
    for line in lines:
        name = line.get("set")
        if name is None and line["columns"].get("kind") == left_out:
            continue
        fill = [0] * (length - len(line["tokens"]))
        sets.setdefault(name, []).append(([place[token] for token in line["tokens"]] + fill, line["counts"] + fill))
    return {name: torch.tensor(rows) for name, rows in sets.items()}, len(words), length


class Transformer(torch.nn.Module):
    def __init__(self, vocabulary, length):
        super().__init__()
        self.tokens = torch.nn.Embedding(vocabulary, WIDTH)
        self.positions = torch.nn.Parameter(torch.empty(length, WIDTH))
        self.ahead = torch.ones(length, length, dtype=torch.bool).triu(1)
        self.layers = torch.nn.ModuleList(
            torch.nn.ModuleDict(
                {
                    "norm1": torch.nn.LayerNorm(WIDTH),
                    "qkv": torch.nn.Linear(WIDTH, 3 * WIDTH),
                    "attention": torch.nn.Linear(WIDTH, WIDTH),
                    "norm2": torch.nn.LayerNorm(WIDTH),
                    "mlp": torch.nn.Linear(WIDTH, HIDDEN),
                    "out": torch.nn.Linear(HIDDEN, WIDTH),
                }
            )
            for _ in range(LAYERS)
        )
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.readout = torch.nn.Linear(WIDTH, vocabulary, bias=False)
        for name, values in self.named_parameters():
            if "norm" not in name and not name.endswith("bias"):
                added = name.endswith(("attention.weight", "out.weight"))
                torch.nn.init.normal_(values, std=0.02 / ((2 * LAYERS) ** 0.5 if added else 1))
            elif name.endswith("bias"):
                torch.nn.init.zeros_(values)

    def forward(self, tokens):
        count, length = tokens.shape
        x = self.tokens(tokens) + self.positions[:length]
        for layer in self.layers:
            parts = layer["qkv"](layer["norm1"](x)).view(count, length, 3, HEADS, WIDTH // HEADS)
            q, k, v = parts.permute(2, 0, 3, 1, 4)
            scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
            heads = scores.masked_fill(self.ahead[:length, :length], float("-inf")).softmax(-1) @ v
            x = x + layer["attention"](heads.transpose(1, 2).reshape(count, length, WIDTH))
            x = x + layer["out"](functional.gelu(layer["mlp"](layer["norm2"](x))))
        return self.readout(self.norm(x))


def right(made, rows):
    """The share of documents all of whose tokens that count are the likeliest."""
    with torch.no_grad():
        tokens, counts = rows[:, 0], rows[:, 1]
        said = made(tokens)[:, :-1].argmax(-1)
        return ((said == tokens[:, 1:]) | (counts[:, 1:] == 0)).all(1).double().mean().item()


def train(sets, vocabulary, length, steps, seed):
    """After each of the steps, the share of right answers to each evaluation set."""
    torch.manual_seed(seed)
    made = Transformer(vocabulary, length)
    optimizer = torch.optim.Adam(made.parameters(), lr=RATE)
    rows, names = sets[None], [name for name in sets if name is not None]
    found, batches = [], iter(())
    for step in range(steps[-1] + 1):
        if step > 0:
            at = next(batches, None)
            if at is None:
                batches = iter(torch.randperm(len(rows)).split(BATCH))
                at = next(batches)
            tokens, counts = rows[at, 0], rows[at, 1]
            counted = counts[:, 1:] == 1
            loss = functional.cross_entropy(made(tokens)[:, :-1][counted], tokens[:, 1:][counted])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if step in steps:
            found.append([right(made, sets[name]) for name in names])
    return names, found


def main(path, steps="120,240,360,480,600,720,840,960,1080,1200", seeds="0,1,2,3,4", left_out="-", to=None):
    torch.set_num_threads(1)
    steps = [int(step) for step in steps.split(",")]
    sets, vocabulary, length = read(path, left_out)
    seeds = [int(seed) for seed in seeds.split(",")]
    made = [train(sets, vocabulary, length, steps, seed) for seed in seeds]
    found = np.array([course for _, course in made])
    names = made[0][0]
    print(f"share of right answers (%) after {', '.join(map(str, steps))} steps; at the end the mean [95 % interval] over {len(seeds)} seeds")
    for at, name in enumerate(names):
        values = found[:, -1, at]
        half = stats.sem(values) * stats.t.ppf(0.975, len(values) - 1) if len(values) > 1 else float("nan")
        course = " ".join(f"{100 * value:3.0f}" for value in found[:, :, at].mean(0))
        print(f"{name:24s} {course}   {values.mean():.3f} [{values.mean() - half:.3f}, {values.mean() + half:.3f}]")
    if to is not None:
        shares = {name: found[:, :, at].T.round(6).tolist() for at, name in enumerate(names)}
        with open(to, "w", encoding="utf8") as file:
            json.dump({"steps": steps, "shares": shares}, file)
            file.write("\n")


main(*sys.argv[1:])
