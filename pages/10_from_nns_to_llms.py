"""10 From neural networks to LLMs: the road there, and a small one trained on the way."""

from dashboard.laboratories import Laboratory, show_page
from dashboard.language import timeline_lab

LABS = {
    "timeline": Laboratory("Timeline", timeline_lab),
}

show_page("from_nns_to_llms", LABS, choice="llm_lab")
