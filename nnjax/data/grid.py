"""The grid of points on which a surface over the plane is computed."""

import numpy as np


def grid_axis(domain: tuple[float, float], resolution: int) -> np.ndarray:
    """Return `resolution` coordinates from one end of the domain to the other; float32 (r,).

    Raises:
        ValueError: the resolution is below 2.
    """
    if resolution < 2:
        raise ValueError(f"A grid needs a resolution of at least 2: got {resolution}.")
    return np.linspace(*domain, resolution, dtype=np.float32)


def decision_grid(domain: tuple[float, float], resolution: int) -> np.ndarray:
    """Return the raw points (x1, x2) of a square grid, x1 fastest; float32 (r * r, 2).

    A network's outputs on it, reshaped to (r, r), are z[x2, x1]: what a heat map takes.
    `transform_inputs` turns the points into what the network was trained on.
    """
    axis = grid_axis(domain, resolution)
    x2, x1 = np.meshgrid(axis, axis, indexing="ij")
    return np.stack([x1.ravel(), x2.ravel()], axis=1)
