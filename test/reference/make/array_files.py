"""Makes fixtures/array-files.json: files of numpy.savez, in base64, and half-precision numbers of torch. Run from the project's root."""

import base64
import io
import json
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path(__file__).parent.parent / "fixtures"


def saved(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return base64.b64encode(out.getvalue()).decode()


def main():
    arrays = {
        "layer1": np.arange(12.0).reshape(4, 3),
        "Schicht ü": np.asfortranarray(np.arange(8, dtype=">f4").reshape(4, 2)),
        "flags": np.array([[True], [False], [True], [True]]),
    }
    wanted = {name: {"shape": list(one.shape), "data": [float(v) for v in one.ravel()]} for name, one in arrays.items()}
    objects = {"good": np.arange(3.0), "bad": np.array([{"a": 1}, None], dtype=object)}
    bits = [0, 1, 0x3C00, 0x3F80, 0x7BFF, 0x7B7F, 0x8001, 0xBF9D, 0xC248, 0x0400]
    words = torch.tensor([b - 65536 if b > 32767 else b for b in bits], dtype=torch.int16)
    text = {
        "made": f"test/reference/make/array_files.py with numpy {np.__version__}, torch {torch.__version__}",
        "arrays": wanted,
        "stored": saved(np.savez, **arrays),
        "packed": saved(np.savez_compressed, **arrays),
        "objects": saved(np.savez, **objects),
        "bits": bits,
        "half": words.view(torch.float16).double().tolist(),
        "bfloat16": words.view(torch.bfloat16).double().tolist(),
    }
    (FIXTURES / "array-files.json").write_text(json.dumps(text) + "\n")


main()
