"""Makes fixtures/hdf5.json: files of h5py as its earliest and its latest format has them, and as MATLAB saves them, packed in base64. Run from the project's root."""

import base64
import io
import json
import zlib
from pathlib import Path

import h5py
import numpy as np
from scipy.io import savemat

FIXTURES = Path(__file__).parent.parent / "fixtures"
rng = np.random.default_rng(0)


def packed(data):
    return base64.b64encode(zlib.compress(data, 9)).decode()


def numbers(file):
    """What h5py itself reads of every array of numbers, by its path."""
    found = {}

    def look(name, one):
        if isinstance(one, h5py.Dataset) and one.dtype.kind in "biuf" and one.shape is not None:
            data = np.asarray(one[()], dtype=float)
            found[name] = {"shape": list(data.shape), "data": data.ravel().tolist()}

    file.visititems(look)
    return found


def fill(file, latest):
    small = rng.normal(size=(5, 3))
    for name in ["f2", "<f4", ">f4", "f8", ">i2", "u1", "i1", "<u4", "i8", ">u8"]:
        file["types/" + name] = np.abs(small * 10).astype(name)
    file["types/bool"] = small > 0
    file["types/negative"] = (small * -100).astype("i4")
    file["one"] = 2.5
    file["none"] = np.zeros((0, 4))
    file["a/b/c:0"] = rng.normal(size=(2, 3, 4)).astype("f4")
    odd = rng.integers(0, 9, size=(7, 5)).astype("f4")
    file.create_dataset("packed/gzip", data=odd, chunks=(3, 2), compression="gzip", shuffle=True)
    file.create_dataset("packed/lzf", data=np.repeat(odd, 40, axis=0), chunks=(100, 5), compression="lzf")
    file.create_dataset("packed/checked", data=odd.astype(">i2"), chunks=(4, 5), fletcher32=True, compression="gzip")
    file.create_dataset("packed/single", data=odd, chunks=(7, 5), compression="gzip")
    file.create_dataset("packed/pages", data=np.arange(1100) % 7, dtype="i1", chunks=(1,))
    part = file.create_dataset("packed/part", shape=(6, 4), chunks=(2, 2), dtype="f8", fillvalue=-1.5)
    part[2:4, 1:3] = 7
    file.create_dataset("never", shape=(2, 2), dtype="f4", fillvalue=3)
    file.create_dataset("grows", data=odd, maxshape=(None, None), chunks=(2, 2))
    for at in range(60):
        file[f"many/array {at}"] = np.array([at])
    file["loop"] = file["/"]
    file["soft"] = h5py.SoftLink("/one")
    file["no/strings"] = np.array(["a", "b"], dtype=h5py.string_dtype())
    file["no/fixed"] = np.array([b"a", b"b"])
    file["no/references"] = np.array([file["one"].ref], dtype=h5py.ref_dtype)
    file["no/fields"] = np.zeros(2, dtype=[("x", "f4"), ("y", "i4")])
    file["no/scaled"] = np.array([[1]])
    del file["no/scaled"]
    file.create_dataset("no/scaled", data=odd.astype("i4"), chunks=(7, 5), scaleoffset=0)
    if latest:
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_chunk((2, 2))
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        space = h5py.h5s.create_simple((5, 3))
        h5py.h5d.create(file.id, b"early", h5py.h5t.NATIVE_FLOAT, space, early).write(
            h5py.h5s.ALL, h5py.h5s.ALL, small.astype("f4")
        )
        file.create_dataset("no/extends", data=odd, maxshape=(None, 5), chunks=(2, 5))


def fill_little(file, latest):
    """One array of each way to keep it, to be mutated."""
    odd = rng.integers(0, 9, size=(7, 5)).astype("f4")
    file["a"] = odd
    file.create_dataset("group/gzip", data=odd, chunks=(3, 2), compression="gzip", shuffle=True)
    file.create_dataset("group/checked", data=odd.astype(">i2"), chunks=(4, 5), fletcher32=True)
    file.create_dataset("group/lzf", data=np.repeat(odd, 10, axis=0), chunks=(35, 5), compression="lzf")
    if latest:
        file.create_dataset("grows", data=odd, maxshape=(None, None), chunks=(4, 4))
        for at in range(9):
            file[f"many/{at}"] = np.array([at], dtype="i1")


def made(fill=fill, **options):
    out = io.BytesIO()
    with h5py.File(out, "w", **options) as file:
        fill(file, "libver" in options)
    with h5py.File(out, "r") as file:
        arrays = numbers(file)
    arrays = {name: one for name, one in arrays.items() if not name.startswith("no/")}
    return {"file": packed(out.getvalue()), "arrays": arrays}


def matlab():
    """A file with the block, attributes and orders of MATLAB's: its matrix of m rows is written with m as its last dimension."""
    wanted = {
        "acts": rng.normal(size=(4, 3)),
        "net/layer1": rng.normal(size=(4, 2, 3)).astype("f4"),
        "flags": rng.normal(size=(4, 1)) > 0,
    }
    out = io.BytesIO()
    with h5py.File(out, "w", userblock_size=512) as file:
        for name, one in wanted.items():
            kept = file.create_dataset(name, data=one.T.astype("u1" if one.dtype == bool else one.dtype), compression="gzip", chunks=one.T.shape)
            kept.attrs["MATLAB_class"] = np.bytes_({"f8": "double", "f4": "single", "b1": "logical"}[one.dtype.str[1:]])
        text = file.create_dataset("text", data=np.array([[104], [105]], dtype="u2"))
        text.attrs["MATLAB_class"] = np.bytes_("char")
        empty = file.create_dataset("empty", data=np.array([0, 0], dtype="u8"))
        empty.attrs["MATLAB_class"] = np.bytes_("double")
        empty.attrs["MATLAB_empty"] = np.uint8(1)
        file["#refs#/a"] = np.arange(3.0)
        cell = file.create_dataset("cell", data=np.array([[file["#refs#/a"].ref]], dtype=h5py.ref_dtype))
        cell.attrs["MATLAB_class"] = np.bytes_("cell")
    data = bytearray(out.getvalue())
    data[:128] = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Fri Nov 27 2026 HDF5 schema 1.00 .".ljust(124) + b"\x00\x02IM"
    arrays = {name: {"shape": list(one.shape), "data": one.astype(float).ravel().tolist()} for name, one in wanted.items()}
    return {"file": packed(bytes(data)), "arrays": arrays}


def earlier(**options):
    """A file of version 5, as scipy writes it."""
    arrays = {
        "acts": rng.normal(size=(4, 3)),
        "single": rng.normal(size=(4, 2, 3)).astype("f4"),
        "flags": rng.normal(size=(4, 2)) > 0,
        "whole": rng.integers(-9, 9, size=(3, 2)).astype("i2"),
        "one": np.array([[7.0]]),
    }
    out = io.BytesIO()
    others = {"text": "hi", "cell": np.array([1, "a"], dtype=object), "z": np.array([[1j]]), "s": {"x": 1}}
    savemat(out, {**arrays, **others}, **options)
    wanted = {name: {"shape": list(one.shape), "data": one.astype(float).ravel().tolist()} for name, one in arrays.items()}
    return {"file": packed(out.getvalue()), "arrays": wanted}


def main():
    text = {
        "made": f"test/reference/make/hdf5.py with h5py {h5py.__version__}, HDF5 {h5py.version.hdf5_version}",
        "earliest": made(),
        "latest": made(libver="latest"),
        "matlab": matlab(),
        "matlab5": earlier(),
        "matlab7": earlier(do_compression=True),
        "little": [made(fill_little)["file"], made(fill_little, libver="latest")["file"]],
    }
    (FIXTURES / "hdf5.json").write_text(json.dumps(text) + "\n")


if __name__ == "__main__":
    main()
