#!/usr/bin/env python3
"""Simplicity bias in NumPy, independently of RepScope: what 7-40-40-1 ReLU networks with random weights compute.

    python3 docs/gallery/simplicity-bias.py

Weights and biases are Gaussian with standard deviation 1 / sqrt(fan-in); a function is the row of answers (output above 0) to the 128 inputs.
Complexity: log2(128) times the mean word count (Lempel and Ziv 1976) of the row read forwards and backwards; log2(128) where all answers are the
same. Ten ensembles of 20,000; each number is the mean over ensembles with its 95 % interval (Student's t).
"""
from collections import Counter

import numpy as np
from scipy import stats

rng = np.random.default_rng(1)
inputs = np.array([[row >> bit & 1 for bit in range(6, -1, -1)] for row in range(128)], dtype=np.float32)


def words(row):
    """Words of the exhaustive history: each the shortest that is not in what was read before its last letter."""
    count, start = 0, 0
    while start < len(row):
        length = 1
        while start + length <= len(row) and row[start : start + length] in row[: start + length - 1]:
            length += 1
        count, start = count + 1, start + length
    return count


def complexity(row):
    return np.log2(len(row)) * (1 if len(set(row)) == 1 else (words(row) + words(row[::-1])) / 2)


def ensemble(count, widths=(7, 40, 40, 1)):
    found = Counter()
    for _ in range(count // 1000):
        states = inputs
        for a, b in zip(widths[:-1], widths[1:]):
            weights = rng.standard_normal((1000, a, b), dtype=np.float32) / np.sqrt(a)
            biases = rng.standard_normal((1000, 1, b), dtype=np.float32) / np.sqrt(a)
            states = (np.maximum(states, 0) if states.ndim == 3 else states) @ weights + biases
        for row in np.packbits(states[..., 0] > 0, axis=1):
            found[row.tobytes()] += 1
    return {"".join(map(str, np.unpackbits(np.frombuffer(row, np.uint8)))): n for row, n in found.items()}


def measures():
    found = ensemble(20_000)
    k = np.array([complexity(row) for row in found])
    n = np.array(list(found.values()))
    coins = np.mean([complexity("".join(map(str, rng.integers(0, 2, 128)))) for _ in range(1000)])
    mean = (k * n).sum() / n.sum()
    return len(found), mean, coins, mean / coins, np.corrcoef(k, np.log2(n))[0, 1]


names = "distinct functions", "mean complexity (bits)", "of coins (bits)", "their ratio", "probability against complexity (r)"
for name, values in zip(names, np.array([measures() for _ in range(10)]).T):
    half = stats.sem(values) * stats.t.ppf(0.975, len(values) - 1)
    print(f"{name:36s} {values.mean():9.3f} [{values.mean() - half:.3f}, {values.mean() + half:.3f}]")
