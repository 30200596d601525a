"""The networks that read images, by name."""

from nnjax.zoo.cnn import CNN
from nnjax.zoo.dense import DENSE
from nnjax.zoo.network import ImageNetwork

IMAGE_NETWORKS: dict[str, ImageNetwork] = {row.key: row for row in (CNN, DENSE)}
