"""The laboratories of page 10: from neural networks to large language models."""
