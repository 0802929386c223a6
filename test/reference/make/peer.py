"""Imported before rsatoolbox: stands in for what it draws with, its graphs, and its compiled part for unbalanced designs, which no fixture uses."""

import sys
from unittest import mock

for name in [
    "networkx",
    "skimage",
    "skimage.transform",
    "skimage.io",
    "skimage.color",
    "petname",
    "rsatoolbox.vis",
    "rsatoolbox.cengine",
    "rsatoolbox.cengine.similarity",
]:
    sys.modules.setdefault(name, mock.MagicMock())
