"""Makes fixtures/recordings.json: what the lines of docs/recordings.md write, in base64. Run from the project's root."""

import base64
import json
import os
import re
import tempfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pandas as pd
import torch

ROOT = Path(__file__).parent.parent.parent.parent
FIXTURES = ROOT / "test" / "reference" / "fixtures"


def world():
    """What the lines take as given."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    count = 12
    shown = rng.permutation(np.repeat(np.arange(count), 2))
    model = torch.nn.Sequential(
        OrderedDict(conv=torch.nn.Conv2d(1, 2, 3), relu=torch.nn.ReLU(), flat=torch.nn.Flatten(), fc=torch.nn.Linear(8, 3))
    )
    names = np.array([f"image {at}" for at in range(count)])
    return {
        **{"np": np, "pd": pd, "torch": torch, "model": model, "names": names},
        "animate": np.array(["no", "yes"])[np.arange(count) % 2],
        "size": rng.normal(size=count).round(3),
        "responses": rng.normal(size=(2 * count, 4)).astype("float32"),
        "shown": names[shown],
        "subject": np.repeat("S1", 2 * count),
        "batches": torch.randn(count, 1, 4, 4).split(5),
    }


def main():
    document = (ROOT / "docs" / "recordings.md").read_text()
    blocks = dict(re.findall(r"```python\n# ([^\n]+)\n(.*?)```", document, re.S))
    run = {name: blocks[name] for name in ["NumPy", "PyTorch"]}
    made = f"test/reference/make/recordings.py with numpy {np.__version__}, pandas {pd.__version__}, torch {torch.__version__}"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir("acts")
        given = world()
        for code in run.values():
            exec(code, given)
        files = {str(file.relative_to(folder)): base64.b64encode(file.read_bytes()).decode() for file in sorted(Path(folder).rglob("*.*"))}
    fc = torch.cat(given["acts"]["fc"]).double().tolist()
    (FIXTURES / "recordings.json").write_text(json.dumps({"made": made, "run": run, "files": files, "fc": fc}) + "\n")


main()
