"""Writes test/reference/fixtures/safetensors.json: a safetensors file made by struct, json and numpy alone, as base64.
Given a path, instead parses that safetensors file and prints its content as JSON.
"""
import base64, json, os, struct, sys
import numpy as np

TYPES = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U32": "<u4", "U16": "<u2", "U8": "u1", "I8": "i1", "BOOL": "u1"}


def parse(data):
    (length,) = struct.unpack("<Q", data[:8])
    assert length % 8 == 0 and data[8:9] == b"{", "header not padded"
    header = json.loads(data[8 : 8 + length])
    body, at, tensors = data[8 + length :], 0, {}
    metadata = header.pop("__metadata__", {})
    for name, info in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = info["data_offsets"]
        assert begin == at, "hole"
        at = end
        array = np.frombuffer(body[begin:end], TYPES[info["dtype"]]).reshape(info["shape"])
        tensors[name] = {"dtype": info["dtype"], "shape": info["shape"], "values": array.ravel().tolist()}
    assert at == len(body), "rest"
    return {"metadata": metadata, "tensors": tensors}


if len(sys.argv) > 1:
    print(json.dumps(parse(open(sys.argv[1], "rb").read())))
    sys.exit()

tensors = {
    "weights/0": np.array([[0.1, -2.5, 3e-30], [1e20, 0.0, -0.0]], "<f4"),
    "odd": np.array([1, 2, 255], "u1"),  # leaves what follows unaligned
    "double": np.array([np.pi, -1 / 3], "<f8"),
    "scalar": np.array(-7, "<i4"),
    "empty": np.zeros((0, 4), "<f4"),
    "große Zahl": np.array([2**53 + 1, -(2**62)], "<i8"),
}
header, body = {"__metadata__": {"title": "Easy & \"hard\" ✓"}}, b""
for name, array in tensors.items():
    dtype = {v: k for k, v in TYPES.items() if k != "BOOL"}[array.dtype.str.replace("|", "")]
    header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(body), len(body) + array.nbytes]}
    body += array.tobytes()
text = json.dumps(header).encode()
file = struct.pack("<Q", len(text)) + text + body  # not padded: the format does not ask for it
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../fixtures/safetensors.json"), "w") as out:
    json.dump({"made": "by test/reference/make/safetensors.py (struct, json, numpy)", "file": base64.b64encode(file).decode()}, out, indent=1)
    out.write("\n")
