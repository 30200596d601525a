"""06 Loss functions: how wrong a prediction is, and how hard each loss pulls it right."""

from dashboard.laboratories import Laboratory, show_page
from dashboard.losses import (
    one_prediction,
    outliers_lab,
    sequence_lab,
    softmax_lab,
    uniform,
    why_cross_entropy,
)

LABS = {
    "one": Laboratory("One prediction", one_prediction),
    "why": Laboratory("Why cross-entropy", why_cross_entropy),
    "softmax": Laboratory("Softmax", softmax_lab),
    "outliers": Laboratory("Outliers", outliers_lab),
    "text": Laboratory("A sentence", sequence_lab),
}

show_page("loss_functions", LABS, choice="loss_lab", controls=uniform.CONTROLS)
