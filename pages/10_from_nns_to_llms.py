"""10 From neural networks to LLMs: the road there, and a small one trained on the way."""

from dashboard.laboratories import Laboratory, show_page
from dashboard.language import (
    emergence_lab,
    how_lab,
    scaling_lab,
    text_lab,
    timeline_lab,
    write_lab,
)

LABS = {
    "timeline": Laboratory("Timeline", timeline_lab),
    "text": Laboratory("A character model", text_lab),
    "write": Laboratory("Write and look", write_lab),
    "scaling": Laboratory("Scaling", scaling_lab),
    "emergence": Laboratory("Emergence", emergence_lab),
    "how": Laboratory("How LLMs work", how_lab),
}

show_page("from_nns_to_llms", LABS, choice="llm_lab")
