"""Write nnjax/data/files/*.npz from scikit-learn's copies of the data.

Run from the root of the repository, with requirements-dev.txt installed:

    python tests/nnjax/data/write_real_files.py

The app itself never imports scikit-learn; test_real_data.py compares the files with it. Each file
holds `x` (n, d) and `y` (n,), in the original units and order; the names are in nnjax/data/real.py.
"""

from pathlib import Path

import numpy as np
from sklearn import datasets

FOLDER = Path(__file__).resolve().parents[3] / "nnjax" / "data" / "files"

# Digits are counts from 0 to 16, and bytes keep the file small.
SETS = {
    "iris": (datasets.load_iris, np.float32, np.uint8),
    "wine": (datasets.load_wine, np.float32, np.uint8),
    "breast_cancer": (datasets.load_breast_cancer, np.float32, np.uint8),
    "digits": (datasets.load_digits, np.uint8, np.uint8),
    "diabetes": (lambda: datasets.load_diabetes(scaled=False), np.float32, np.float32),
}


def main() -> None:
    for key, (load, x_type, y_type) in SETS.items():
        bunch = load()
        path = FOLDER / f"{key}.npz"
        np.savez_compressed(path, x=bunch.data.astype(x_type), y=bunch.target.astype(y_type))
        print(f"{path.name}: {bunch.data.shape}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
