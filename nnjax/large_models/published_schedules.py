"""Learning-rate schedules of large models, as their papers give them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PublishedSchedule:
    """Warm-up in a straight line from 0 to the peak, then half a cosine down to a share of it."""

    label: str
    peaks: Mapping[str, float]  # by model
    warmup_steps: int
    end_share: float  # of the peak, at the end
    tokens: float  # read in the whole training
    batch_tokens: float  # of one step
    source: str

    @property
    def n_steps(self) -> int:
        """Steps of the whole training."""
        return round(self.tokens / self.batch_tokens)

    @property
    def warmup_share(self) -> float:
        """Share of the steps that warm up."""
        return self.warmup_steps / self.n_steps

    def rate_at(self, step: float, model: str) -> float:
        """The learning rate at a step: peak (e + (1 - e) (1 + cos(pi p)) / 2) after the warm-up.

        e is the end's share, p the share of the steps after the warm-up that are made.
        """
        step = min(max(step, 0), self.n_steps)
        peak = self.peaks[model]
        if step < self.warmup_steps:
            return peak * step / self.warmup_steps
        progress = (step - self.warmup_steps) / (self.n_steps - self.warmup_steps)
        fall = 0.5 * (1 + math.cos(math.pi * progress))
        return peak * (self.end_share + (1 - self.end_share) * fall)


# Touvron et al. (2023), Llama 2: section 2.2, and table 1 for rates, tokens and batch.
LLAMA_2 = PublishedSchedule(
    label="LLaMA 2",
    peaks={"7B": 3e-4, "13B": 3e-4, "34B": 1.5e-4, "70B": 1.5e-4},
    warmup_steps=2000,
    end_share=0.1,
    tokens=2e12,
    batch_tokens=4e6,
    source="touvron_2023b",
)
