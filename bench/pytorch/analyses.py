"""The analyses as one writes them with numpy, scipy and scikit-learn, on one thread; see answers.py. `product` is a float32 product."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import threads  # noqa: E402

threads.bind(1)

import numpy as np  # noqa: E402
import scipy  # noqa: E402
import sklearn  # noqa: E402
from scipy.spatial.distance import pdist  # noqa: E402
from scipy.stats import spearmanr  # noqa: E402
from sklearn.decomposition import PCA  # noqa: E402

import answers  # noqa: E402

rng = np.random.default_rng(0)


def activations(stimuli, units):
    """Rectified, correlated units, as layers have them."""
    mixed = rng.standard_normal((stimuli, units)) @ rng.standard_normal((units, units)) / units**0.5
    return np.maximum(mixed + 0.3 * rng.standard_normal((stimuli, units)), 0).astype(np.float32)


def pca(request):
    data = activations(1024, 256)
    return lambda: PCA(request["components"]).fit_transform(data)


def correlation_rdm(_):
    data = activations(1024, 256)
    return lambda: pdist(data, "correlation")


def spearman(_):
    a, b = (pdist(activations(1024, 256), "correlation") for _ in range(2))
    return lambda: spearmanr(a, b)


def rsa(_):
    replicates = [activations(1024, 256) for _ in range(20)]
    return lambda: np.corrcoef(np.stack([pdist(data, "correlation") for data in replicates]))


def product(_):
    a, b = (rng.standard_normal((1024, 1024)).astype(np.float32) for _ in range(2))
    # A kernel of OpenBLAS that is not made for the processor may be wrong.
    if not np.allclose(a @ b, a.astype(np.float64) @ b, atol=1e-2):
        raise ArithmeticError("The product is wrong.")
    return lambda: a @ b


def versions(_):
    return {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "sklearn": sklearn.__version__,
    }


answers.answer(
    {
        "pca": pca,
        "correlationRdm": correlation_rdm,
        "spearman": spearman,
        "rsa": rsa,
        "product": product,
        "versions": versions,
    }
)
