"""The whole headline example as an expert's Python script: train all replicates, analyse them, draw one figure.

python3 bench/pytorch/headline.py OUT.png --batch 1024 --epochs 100 --seeds 5 --processes 2 --permutations 1000

Per replicate and layer: accuracy, variance explained by each label (fitted on one set, scored on another, variance-weighted),
10 principal components, d' and AUROC of each unit with their permutation nulls, and the RDM of the test stimuli (correlation
distance). Then RSA of the last hidden layer between all replicates. The wall time is counted by who starts it, imports
included. One JSON line is printed: per network and replicate the accuracy of each task, and per layer the variance that each
label explains; and the means of the RSA matrix between networks.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import threads  # noqa: E402

NETWORKS = {"both": [0, 1], "easy only": [0], "hard only": [1], "untrained": [0, 1]}
LABELS = ["easy", "hard"]


def variance_explained(fit, fit_label, test, test_label):
    from sklearn.linear_model import LinearRegression

    centre = test.mean(0)
    model = LinearRegression().fit(fit_label[:, None], fit)
    residual = test - model.predict(test_label[:, None])
    return float(1 - (residual**2).sum() / ((test - centre) ** 2).sum())


def selectivity(units, label, permutations, rng):
    """d' and AUROC of each unit, and the share of label permutations whose statistic is at least as large (two-sided)."""
    import numpy as np
    from scipy.stats import rankdata

    count, ones = len(label), int(label.sum())
    orders = np.stack([label] + [rng.permutation(label) for _ in range(permutations)]).astype(np.float32)
    ranks = rankdata(units, axis=0).astype(np.float32)
    sum_one, square_one = orders @ units, orders @ units**2
    sum_all, square_all = units.sum(0), (units**2).sum(0)
    mean_one, mean_zero = sum_one / ones, (sum_all - sum_one) / (count - ones)
    var_one = square_one / ones - mean_one**2
    var_zero = (square_all - square_one) / (count - ones) - mean_zero**2
    with np.errstate(divide="ignore", invalid="ignore"):
        dprime = (mean_one - mean_zero) / np.sqrt((var_one + var_zero) / 2)
    auroc = (orders @ ranks - ones * (ones + 1) / 2) / (ones * (count - ones))
    p = [(np.abs(s[1:]) >= np.abs(s[0])).mean(0) for s in (dprime, auroc - 0.5)]
    return dprime[0], auroc[0], p


def replicate(job):
    """Trains and analyses one replicate in a process of one thread."""
    name, seed, options = job
    import numpy as np
    import torch
    from scipy.spatial.distance import pdist
    from sklearn.decomposition import PCA

    import recipe

    torch.set_num_threads(1)
    heads = NETWORKS[name]
    if options.stimuli:
        sets = [recipe.stimuli_of(options.stimuli, which) for which in ("train", "fit", "test")]
    else:
        sets = [recipe.stimuli(n, np.random.default_rng(i)) for i, n in enumerate((options.train, 1024, 1024))]
    (inputs, labels), (fit, fit_labels), (test, test_labels) = sets
    # Replicates of different networks share no weights and no order, whatever their seeds.
    own = 1000 * list(NETWORKS).index(name) + seed
    torch.manual_seed(own)
    net = recipe.network(32, recipe.HIDDEN, len(heads))
    if name != "untrained":
        generator = torch.Generator().manual_seed(own)
        recipe.train(net, inputs, labels[:, heads].contiguous(), options.batch, options.epochs, generator)

    fit_layers, test_layers = recipe.activations(net, fit), recipe.activations(net, test)
    fit_truth, truth = fit_labels.numpy(), test_labels.numpy()
    rng = np.random.default_rng(seed)
    layers = []
    for fitted, tested in zip(fit_layers, test_layers):
        pca = PCA(min(10, tested.shape[1])).fit(tested)
        layers.append(
            {
                "varianceExplained": {
                    label: variance_explained(fitted, fit_truth[:, i], tested, truth[:, i])
                    for i, label in enumerate(LABELS)
                },
                "explainedVarianceRatio": pca.explained_variance_ratio_,
                "scores": pca.transform(tested)[:, :2],
                "selectivity": {
                    label: selectivity(tested, truth[:, i], options.permutations, rng) for i, label in enumerate(LABELS)
                },
                "rdm": pdist(tested, "correlation").astype(np.float32),
            }
        )
    right = (test_layers[-1] > 0) == (truth[:, heads] > 0.5)
    # The RDMs of the other layers were computed; only this one is compared between replicates.
    last = layers[-2]
    return {
        "network": name,
        "seed": seed,
        "accuracy": right.mean(0).tolist(),
        "varianceExplained": [layer["varianceExplained"] for layer in layers],
        "scores": last["scores"],
        "rdm": last["rdm"],
        "hard": truth[:, 1],
    }


def tasks_of(name):
    return [LABELS[task] for task in NETWORKS[name]]


def draw(path, results, rsa, hard):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np

    figure, (bars, scatter, matrix) = plt.subplots(1, 3, figsize=(15, 4.5))
    for at, name in enumerate(NETWORKS):
        for i, label in enumerate(LABELS):
            values = [r["varianceExplained"][-2][label] for r in results if r["network"] == name]
            bars.bar(at + 0.4 * i, np.mean(values), 0.4, color=f"C{i}", label=label if at == 0 else None)
    bars.set_xticks(range(len(NETWORKS)), NETWORKS)
    bars.set_ylabel("variance explained, last hidden layer")
    bars.legend()
    scatter.scatter(*results[0]["scores"].T, c=hard, s=6)
    matrix.imshow(rsa, vmin=-1, vmax=1)
    figure.savefig(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--train", type=int, default=8192)
    parser.add_argument("--stimuli", help="a table of `repscope stimuli`, in place of stimuli of its own")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--permutations", type=int, default=1000)
    options = parser.parse_args()
    threads.bind(1)

    from multiprocessing import get_context

    jobs = [(name, seed, options) for name in NETWORKS for seed in range(options.seeds)]
    with get_context("spawn").Pool(options.processes) as pool:
        results = pool.map(replicate, jobs, chunksize=1)

    import numpy as np

    import recipe

    rsa = np.corrcoef(np.stack([result["rdm"] for result in results]))
    draw(options.out, results, rsa, results[0]["hard"])

    def between(a, b):
        at = {name: [i for i, r in enumerate(results) if r["network"] == name] for name in NETWORKS}
        return float(np.mean([rsa[i, j] for i in at[a] for j in at[b] if i != j]))

    def replicates_of(name):
        return [result for result in results if result["network"] == name]

    # Layers are hidden1 ... hidden4, then the logits.
    summary = {
        name: {
            "accuracy": [dict(zip(tasks_of(name), r["accuracy"])) for r in replicates_of(name)],
            "varianceExplained": [r["varianceExplained"] for r in replicates_of(name)],
        }
        for name in NETWORKS
    }
    pairs = [(a, b) for at, a in enumerate(NETWORKS) for b in list(NETWORKS)[at:]]
    rsa_means = {f"{a} - {b}": between(a, b) for a, b in pairs} if options.seeds > 1 else {}
    print(json.dumps({"networks": summary, "rsa": rsa_means}))


if __name__ == "__main__":
    main()
