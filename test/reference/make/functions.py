"""Makes fixtures/functions.json: Lempel-Ziv complexities by the algorithm of Kaspar and Schuster (1987), and what random 7-40-40-1 networks compute, in NumPy. Run from the project's root."""

import json
from collections import Counter
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).parent.parent / "fixtures"
rng = np.random.default_rng(0)


def words(row):
    n = len(row)
    s = "0" + row
    c = l = k = k_max = 1
    i = 0
    while True:
        if s[i + k] != s[l + k]:
            k_max = max(k, k_max)
            i += 1
            if i == l:
                c += 1
                l += k_max
                if l + 1 > n:
                    return c
                i, k, k_max = 0, 1, 1
            else:
                k = 1
        else:
            k += 1
            if l + k > n:
                return c + 1


def complexity(row):
    if len(set(row)) == 1:
        return float(np.log2(len(row)))
    return float(np.log2(len(row)) * (words(row) + words(row[::-1])) / 2)


def draw(widths):
    return [
        (rng.normal(size=(a, b)) / np.sqrt(a), rng.normal(size=b) / np.sqrt(a)) for a, b in zip(widths[:-1], widths[1:])
    ]


def answers(layers, inputs):
    for weights, biases in layers[:-1]:
        inputs = np.maximum(inputs @ weights + biases, 0)
    weights, biases = layers[-1]
    return "".join(str(int(one)) for one in (inputs @ weights + biases > 0).ravel())


def block(count, inputs):
    found = Counter(answers(draw([7, 40, 40, 1]), inputs) for _ in range(count))
    k = np.array([complexity(row) for row in found])
    n = np.array(list(found.values()))
    return [len(found), float((k * n).sum() / count), float(np.corrcoef(k, np.log2(n / count))[0, 1])]


def main():
    inputs = np.array([[(row >> (6 - bit)) & 1 for bit in range(7)] for row in range(128)], dtype=float)
    rows = ["0" * 16, "1" * 9, "01" * 8, "0001101001000101"]
    rows += ["".join(map(str, rng.integers(0, 2, length))) for length in [2, 3, 17, 64, 128, 128]]
    small = [draw([7, 4, 4, 1]) for _ in range(6)]
    blocks = [block(1000, inputs) for _ in range(20)]
    text = {
        "made": f"test/reference/make/functions.py with numpy {np.__version__}",
        "rows": [{"row": row, "complexity": complexity(row)} for row in rows],
        "networks": [
            {
                "parameters": [round(float(v), 6) for pair in layers for part in pair for v in part.ravel()],
                "answers": answers([(w.round(6), b.round(6)) for w, b in layers], inputs),
            }
            for layers in small
        ],
        "blocks": {"networks": 1000, "mean": np.mean(blocks, axis=0).tolist(), "sd": np.std(blocks, axis=0, ddof=1).tolist()},
    }
    (FIXTURES / "functions.json").write_text(json.dumps(text) + "\n")


if __name__ == "__main__":
    main()
