"""Makes fixtures/made-models.json with numpy and scipy. Run from the project's root."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.spatial.distance import jensenshannon, pdist
from scipy.stats import rankdata

FIXTURES = Path(__file__).parent.parent / "fixtures"
MADE = f"test/reference/make/made_models.py with numpy {np.__version__}, scipy {scipy.__version__}"

random = np.random.default_rng(5)
entities, words = 10, 9
group = np.arange(entities) // 5
# Documents of an entity (tokens 0 to 9; values e0 to e9 of a column) and words, those of its group more often; some of two entities.
documents = []
for _ in range(60):
    some = random.choice(entities - 1, size=random.integers(1, 3), replace=False)
    weights = np.where(np.arange(words) % 2 == group[some[0]], 4.0, 1.0)
    company = entities + random.choice(words, size=random.integers(2, 7), p=weights / weights.sum())
    documents.append(random.permutation(np.concatenate([some, some[:1], company])).tolist())


def company(entity):
    counts = np.zeros(entities + words)
    for document in documents:
        if entity in document:
            for token in document:
                counts[token] += token != entity
    return counts


names = [7, 0, 3, 9, 5, 2]  # The tenth is in no document.
company_of = [company(entity) for entity in names]
between = [
    None if not (company_of[i].sum() and company_of[j].sum()) else float(jensenshannon(company_of[i], company_of[j], base=2))
    for i in range(len(names))
    for j in range(i + 1, len(names))
]

stimuli, units = 20, 6
labels = np.stack([np.arange(stimuli) % 2, np.arange(stimuli) % 5, random.integers(0, 3, stimuli)])
states = (random.normal(size=(stimuli, units)) + labels[0][:, None] + 0.5 * random.normal(size=units) * labels[2][:, None]).astype(np.float32)
layer = pdist(states.astype(np.float64), "correlation")
models = [sum(pdist(one[:, None], "hamming") for one in labels[:2]), pdist(labels[2][:, None], "hamming")]


def partial(vectors):
    p = np.linalg.inv(np.corrcoef(vectors))
    return [float(-p[0, i] / np.sqrt(p[0, 0] * p[i, i])) for i in range(1, len(vectors))]


found = {}
for name, prepare in (("pearson", lambda v: v), ("spearman", rankdata)):
    vectors = np.stack([prepare(v) for v in (layer, *models)])
    found[name] = {"alone": [float(v) for v in np.corrcoef(vectors)[0, 1:]], "partial": partial(vectors)}

(FIXTURES / "made-models.json").write_text(
    json.dumps(
        {
            "made": MADE,
            "documents": documents,
            "names": [f"e{entity}" for entity in names],
            "between": between,
            "labels": labels.tolist(),
            "states": {"rows": stimuli, "cols": units, "data": [float(v) for v in states.ravel()]},
            "models": [[float(v) for v in model] for model in models],
            **found,
        },
        separators=(",", ":"),
    )
    + "\n"
)
