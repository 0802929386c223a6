"""The dual bootstrap of model RDMs by `repscope rsa` and by rsatoolbox, in one run: processor seconds for 1,000 draws of 3 models, 12 subjects
and 92 conditions. Run from the project's root after a build, rsatoolbox (0.3.2 or its main) on PYTHONPATH.

python3 bench/rsa-inference.py [--draws N]     rsatoolbox makes N draws (default 20), taken times 1,000 / N
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from unittest import mock

import numpy as np

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
# What rsatoolbox draws with, its graphs, and its compiled part for unbalanced designs are not used here.
for name in ["networkx", "skimage", "skimage.transform", "skimage.io", "skimage.color", "petname", "rsatoolbox.vis"]:
    sys.modules.setdefault(name, mock.MagicMock())
for name in ["rsatoolbox.cengine", "rsatoolbox.cengine.similarity"]:
    sys.modules.setdefault(name, mock.MagicMock())

from rsatoolbox.inference import eval_dual_bootstrap  # noqa: E402
from rsatoolbox.model import ModelFixed  # noqa: E402
from rsatoolbox.rdm import RDMs  # noqa: E402

METHODS = {"cosine": "cosine", "pearson": "corr", "spearman": "spearman", "whitened-cosine": "cosine_cov"}
STIMULI, SUBJECTS, DRAWS = 92, 12, 1000


def theirs(data, models, method, draws):
    begin = time.process_time()
    fixed = [ModelFixed(f"m{k}", RDMs(model[None])) for k, model in enumerate(models)]
    eval_dual_bootstrap(fixed, RDMs(data), method=method, N=draws, verbose=-1)
    return (time.process_time() - begin) * DRAWS / draws


def ours(folder, method):
    def used():
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    begin = used()
    command = ["node", "dist/cli.js", "rsa", folder / "data.npy", "--models", folder / "models.npy", "--json"]
    subprocess.run([*command, "--method", method, "--draws", str(DRAWS)], check=True, stdout=subprocess.DEVNULL)
    return used() - begin


def main():
    warnings.simplefilter("ignore")
    draws = int(sys.argv[2]) if sys.argv[1:2] == ["--draws"] else 20
    rng = np.random.default_rng(92)
    truth = rng.random(STIMULI * (STIMULI - 1) // 2)
    data = truth + rng.normal(0, 0.4, (SUBJECTS, len(truth)))
    models = np.array([truth, truth > 0.5, rng.random(len(truth))])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "data.npy", data)
        np.save(folder / "models.npy", models)
        for method, their in METHODS.items():
            here, there = ours(folder, method), theirs(data, models, their, draws)
            print(f"{method}: {here:.2f} s, rsatoolbox {there:.0f} s: {there / here:.0f} times", flush=True)


main()
