"""Makes fixtures/npy.json: files of numpy.save, in base64, with the numbers they hold. Run from the project's root."""

import base64
import io
import json
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).parent.parent / "fixtures"


def saved(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return base64.b64encode(out.getvalue()).decode()


def main():
    values = np.array([[0, 1, 2], [250, 4, 100]])
    floats = np.array([[-1.5, 0.25, 65504.0], [2.0**-24, 3.0, -0.0]])
    cases = []
    for kind in ["|b1", "|u1", "<u2", ">u2", "<u4", "<u8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "<i2", ">i4", "<i8"]:
        array = (values if kind[1] in "bui" else floats).astype(kind)
        for order in "CF":
            cases.append({"name": f"{kind} {order}", "array": np.asarray(array, order=order)})
    for name, array in [
        ("one dimension", np.arange(4.0)),
        ("no dimension", np.array(7.0)),
        ("three dimensions, Fortran", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4))),
        ("no rows", np.zeros((0, 3))),
    ]:
        cases.append({"name": name, "array": array})
    out = [
        {
            "name": case["name"],
            "shape": list(case["array"].shape),
            "data": [float(v) for v in case["array"].ravel()],
            "file": saved(case["array"]),
        }
        for case in cases
    ]
    for version in [(2, 0), (3, 0)]:
        array = np.arange(6.0).reshape(2, 3)
        name = f"version {version[0]}"
        out.append({"name": name, "shape": [2, 3], "data": array.ravel().tolist(), "file": saved(array, version)})
    wrong = {
        "objects": np.array([{"a": 1}, None], dtype=object),
        "fields": np.zeros(2, dtype=[("x", "<f8"), ("y", "<i4")]),
        "text": np.array(["a", "b"]),
        "complex numbers": np.zeros(2, dtype=complex),
    }
    made = f"test/reference/make/npy.py with numpy {np.__version__}"
    text = {"made": made, "cases": out, "wrong": {name: saved(array) for name, array in wrong.items()}}
    (FIXTURES / "npy.json").write_text(json.dumps(text) + "\n")


main()
