"""Makes fixtures/inference.json with rsatoolbox. Run from the project's root, rsatoolbox (0.3.2 or its main) on PYTHONPATH, with the path of
the RDMs of rsatoolbox's demos/92imageData (subjects, models, ceilings; as JSON) as the one argument."""

import base64
import json
import sys
import warnings
from pathlib import Path
from unittest import mock

import numpy as np
import scipy

import peer  # noqa: F401 -- before rsatoolbox
from rsatoolbox.inference import crossval, eval_dual_bootstrap, eval_fixed, sets_k_fold
from rsatoolbox.inference import bootstrap as bootstrap_module
from rsatoolbox.inference.noise_ceiling import boot_noise_ceiling
from rsatoolbox.model import ModelFixed, ModelWeighted
from rsatoolbox.model.fitter import fit_mock, fit_regress_nn
from rsatoolbox.rdm import RDMs, compare
from rsatoolbox.util.inference_util import extract_variances, pair_tests, t_test_0, t_test_nc

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/inference.py with numpy {np.__version__}, scipy {scipy.__version__}, rsatoolbox f1f83cad"
METHODS = {
    "pearson": "corr",
    "cosine": "cosine",
    "spearman": "spearman",
    "kendall-tau-a": "tau-a",
    "kendall-tau-b": "kendall",
    "rho-a": "rho-a",
    "whitened-cosine": "cosine_cov",
    "whitened-pearson": "corr_cov",
}


def plain(x):
    return [float(f"{v:.15g}") for v in np.ravel(x)]


def packed(x):
    return base64.b64encode(np.asarray(x, "<f4").tobytes()).decode()


def small(rng, draws=25):
    """Bootstraps of a few subjects and stimuli, with the draws that were made."""
    n, subjects, m = 9, 4, n_pairs(9)
    truth = rng.random(m)
    data = np.round(truth + rng.normal(0, 0.25, (subjects, m)), 2)
    models = np.array([np.round(truth, 1), np.round(truth + rng.normal(0, 0.4, m), 3), rng.integers(0, 2, m).astype(float)])
    rdms = RDMs(data)
    fixed = [ModelFixed(f"m{k}", RDMs(model[None])) for k, model in enumerate(models)]
    methods = {}
    for name, method in METHODS.items():
        drawn = []
        stream = np.random.RandomState(5)

        def randint(low, high, size):
            drawn.append(stream.randint(low, high, size=size))
            return drawn[-1]

        with mock.patch.object(bootstrap_module.np.random, "randint", randint):
            result = eval_dual_bootstrap(fixed, rdms, method=method, N=draws, verbose=-1)
        ok = ~np.isnan(result.evaluations[:, 0, 0, 0, 0])
        assert ok.all()
        rows = np.concatenate([result.evaluations[:, :, 0, 0], result.noise_ceiling[:, :, 0].transpose(1, 0, 2)], 1)
        model_var, diff_var, nc_var = extract_variances(result.variances, True, subjects, n)
        means = eval_fixed(fixed, rdms, method=method)
        scores = means.evaluations[0].mean(1)
        lower, upper = means.noise_ceiling
        dof = result.dof
        as_evaluations = scores[None, :, None]
        methods[name] = {
            "both": [plain(row[:, 0]) for row in rows],
            "subjects": [plain(row[:, 1]) for row in rows],
            "stimuli": [plain(row[:, 2]) for row in rows],
            "scores": plain(scores),
            "ceiling": plain([lower, upper]),
            "variances": {"models": plain(model_var), "differences": plain(diff_var), "lower": plain(nc_var[:, 0])},
            "p": {
                "zero": plain(t_test_0(as_evaluations, model_var, dof)),
                "ceiling": plain(t_test_nc(as_evaluations, nc_var[:, 0], lower, dof)),
                "pairs": plain(pair_tests(as_evaluations, "t-test", diff_var, dof)[np.triu_indices(3, 1)]),
            },
        }
        methods[name]["drawn"] = [[a.tolist(), b.tolist()] for a, b in zip(drawn[::2], drawn[1::2])]
    draws_made = methods["pearson"].pop("drawn")
    for one in methods.values():
        assert one.pop("drawn", draws_made) == draws_made
    return {
        "size": n,
        "subjects": [plain(one) for one in data],
        "models": [plain(one) for one in models],
        # Subjects first, then stimuli.
        "drawn": draws_made,
        "methods": methods,
    }


def crossed(rng):
    """Scores, cross-validated over two groups of subjects and three of stimuli, in their order."""
    n, subjects, m = 12, 4, n_pairs(12)
    models = np.round(rng.random((3, m)), 3)
    data = np.round(models.T @ [1.0, 0.6, 0.0] + rng.normal(0, 0.3, (subjects, m)), 3)
    rdms = RDMs(data)
    weighted = ModelWeighted("sum", RDMs(models))
    fixed = [ModelFixed(f"m{k}", RDMs(model[None])) for k, model in enumerate(models)]
    found = {}
    for name in ["pearson", "cosine", "whitened-pearson", "whitened-cosine"]:
        sets = sets_k_fold(rdms, k_rdm=2, k_pattern=3, random=False)
        result = crossval(
            [*fixed, weighted], rdms, *sets, method=METHODS[name], fitter=[fit_mock, fit_mock, fit_mock, fit_regress_nn]
        )
        found[name] = plain(result.evaluations[0].mean(1)) + plain(result.noise_ceiling)
    return {
        "size": n,
        "subjects": [plain(one) for one in data],
        "models": [plain(one) for one in models],
        "methods": found,
    }


def n_pairs(n):
    return n * (n - 1) // 2


def brain(given):
    subjects = np.asarray(given["subjects"], np.float32).astype(float)
    rdms = RDMs(subjects)
    return {
        "source": given["source"],
        "size": 92,
        # float32, little-endian, subjects × pairs.
        "subjects": packed(subjects),
        "ceilings": {name: plain(boot_noise_ceiling(rdms, method=method)) for name, method in METHODS.items()},
    }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(82566)
    given = json.loads(Path(sys.argv[1]).read_text())
    out = {"made": MADE, "small": small(rng), "crossed": crossed(rng), "brain": brain(given)}
    stored = next(value for key, value in given.items() if "ceil" in key.lower())
    for name, method in METHODS.items():
        print(name, out["brain"]["ceilings"][name], stored.get(method))
    (FIXTURES / "inference.json").write_text(json.dumps(out, allow_nan=False) + "\n")


main()
