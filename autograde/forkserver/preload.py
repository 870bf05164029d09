"""What a warm process imports for lessons, in a notebook's kernel and beside a submission alike."""

from __future__ import annotations

#: What lessons use; `helpers` first, so that TensorFlow starts as it tells it to.
IMPORTED = (
    "helpers", "tensorflow", "keras", "matplotlib.pyplot", "pandas", "sklearn.model_selection",
    "helpers.checks.models", "helpers.data", "helpers.plots", "helpers.widgets",
)  # fmt: skip
