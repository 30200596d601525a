"""09 Architecture zoo: eleven architectures, what each costs, and seven of them at work."""

from dashboard.laboratories import Laboratory, show_page
from dashboard.zoo import (
    attend_lab,
    cards_lab,
    draw_lab,
    kernel_lab,
    latent_lab,
    memory_lab,
    table_lab,
)

LABS = {
    "cards": Laboratory("The cards", cards_lab),
    "table": Laboratory("The measured table", table_lab),
    "kernels": Laboratory("Kernels", kernel_lab),
    "draw": Laboratory("Draw a digit", draw_lab),
    "memory": Laboratory("Memory", memory_lab),
    "attend": Laboratory("Attention", attend_lab),
    "latent": Laboratory("Latent plane", latent_lab),
}

show_page("architecture_zoo", LABS, choice="zoo_lab")
