#!/usr/bin/env python3
"""Learning order in PyTorch and NumPy, independently of RepScope: figure 4 of the gallery once more.

    python3 docs/gallery/learning-order.py [SEEDS]

Easy: a bit copied over 4 units; hard: the parity of 4 bits (balanced); each beside 12 bits of noise. 8,192 training stimuli, the same for every network;
256-128-64-64 leaky ReLU, Adam .001, batches of 1,024. A phase ends with the first epoch over which the training accuracy of what it waits for is .99; the
optimiser begins anew with each; 400 steps with both tasks follow. Variance explained: units of the last hidden layer regressed on the label on 1,024
stimuli, R² of 1,024 fresh ones, weighted by variance. Each number is the mean over seeds with its 95 % interval (Student's t).
"""
import sys

import numpy as np
import torch
from scipy import stats

ORDERS = {"easy first": [[0], [0, 1]], "both": [[0, 1]], "hard first": [[1], [0, 1]]}
BATCH, LAST, MOST = 1024, 400, 2000


def stimuli(count, rng):
    bits = rng.integers(0, 2, (count, 32))
    bits[:, :4] = bits[:, :1]
    wanted = rng.permutation(np.arange(count) % 2)
    bits[:, 19] = (bits[:, 16:19].sum(1) + wanted) % 2
    return torch.tensor(bits, dtype=torch.float32), torch.tensor(np.stack([bits[:, 0], wanted], 1), dtype=torch.float32)


def network():
    widths = [32, 256, 128, 64, 64]
    layers = [part for a, b in zip(widths[:-1], widths[1:]) for part in (torch.nn.Linear(a, b), torch.nn.LeakyReLU(0.01))]
    made = torch.nn.Sequential(*layers, torch.nn.Linear(64, 2))
    for layer in made:
        if isinstance(layer, torch.nn.Linear):
            sd = (2 / sum(layer.weight.shape)) ** 0.5 / 0.87962566
            torch.nn.init.trunc_normal_(layer.weight, std=sd, a=-2 * sd, b=2 * sd)
            torch.nn.init.zeros_(layer.bias)
    return made


def phase(made, x, y, tasks, most, until=True):
    """Steps until each task was learned, from the phase's beginning (None where it was not)."""
    optimizer = torch.optim.Adam(made.parameters(), lr=0.001)
    steps, learned = 0, {}
    while steps < most:
        right = torch.zeros(2)
        for at in torch.randperm(len(x)).split(BATCH):
            logits = made(x[at])
            optimizer.zero_grad()
            torch.nn.functional.binary_cross_entropy_with_logits(logits[:, tasks], y[at][:, tasks]).backward()
            optimizer.step()
            right += ((logits > 0) == (y[at] > 0)).sum(0)
            steps += 1
            if steps == most:
                break
        for task in tasks:
            if right[task] / len(x) >= 0.99:
                learned.setdefault(task, steps)
        if until and len(learned) == len(tasks):
            break
    return learned


def explained(fit, fit_label, test, test_label):
    """Of a binary label: the prediction is the mean of the units for each of its values."""
    predicted = np.where(test_label[:, None] > 0, fit[fit_label > 0].mean(0), fit[fit_label == 0].mean(0))
    return 1 - ((test - predicted) ** 2).sum() / ((test - test.mean(0)) ** 2).sum()


def replicate(order, seed, sets):
    torch.manual_seed(seed)
    (x, y), (fit, fit_y), (test, test_y) = sets
    made, steps = network(), {}
    for tasks in ORDERS[order]:
        for task, taken in phase(made, x, y, tasks, MOST).items():
            steps.setdefault(task, taken)
    phase(made, x, y, [0, 1], LAST, until=False)
    with torch.no_grad():
        a, b = (made[:-1](part).double().numpy() for part in (fit, test))
        right = ((made(test) > 0) == (test_y > 0)).float().mean(0).tolist()
    shares = [explained(a, fit_y[:, task].numpy(), b, test_y[:, task].numpy()) for task in (0, 1)]
    return [*shares, *right, steps[0], steps[1]]


def main(seeds="5"):
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    sets = [stimuli(count, rng) for count in (8192, 1024, 1024)]
    found = {order: np.array([replicate(order, seed, sets) for seed in range(int(seeds))]) for order in ORDERS}

    def say(what, values, digits=3):
        half = stats.sem(values) * stats.t.ppf(0.975, len(values) - 1)
        print(f"{what:58s} {values.mean():.{digits}f} [{values.mean() - half:.{digits}f}, {values.mean() + half:.{digits}f}]")

    for order, (easy, hard, right_easy, right_hard, steps_easy, steps_hard) in ((name, rows.T) for name, rows in found.items()):
        say(f"{order}: variance of the last layer that easy explains", easy)
        say(f"{order}: variance of the last layer that hard explains", hard)
        say(f"{order}: easy - hard", easy - hard)
        say(f"{order}: accuracy of hard", right_hard)
        say(f"{order}: steps until easy is learned", steps_easy, 1)
        say(f"{order}: steps until hard is learned", steps_hard, 1)
    gap = {order: rows[:, 0] - rows[:, 1] for order, rows in found.items()}
    say("gap, both less hard first (published: above 0)", gap["both"] - gap["hard first"])
    say("share of easy, both less hard first (published: above 0)", found["both"][:, 0] - found["hard first"][:, 0])


main(*sys.argv[1:])
