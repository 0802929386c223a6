"""Binds the number of threads. Import this before numpy and torch: the libraries read the variables when they load."""

import os
import sys


def bind(threads: int) -> None:
    # torch.set_num_threads does not bind OpenBLAS, which does the matrix products: only its own variable does.
    for loaded in ("numpy", "torch"):
        if loaded in sys.modules:
            raise RuntimeError(f"{loaded} was imported before its threads were bound")
    for name in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{name}_NUM_THREADS"] = str(threads)
