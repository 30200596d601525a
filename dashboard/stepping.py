"""A slider over the steps of a film, kept at one step with the film that plays in the browser."""

import dataclasses

import streamlit as st

from dashboard.controls import Slider


class Stepping:
    """The slider and the film of one laboratory, which show the same step."""

    def __init__(self, slider: Slider) -> None:
        """`slider` holds the step, from 0 to the last that any network can have."""
        self.slider = slider
        self._shown = f"_{slider.key}_film"  # (number of the film, the step the browser shows)

    def show(self, n_steps: int) -> int:
        """Draw the slider over the steps; past the network's last one it springs back.

        Its range never changes: a slider with another range takes its value from the address anew.
        """
        key, last = self.slider.key, n_steps - 1
        if st.session_state.get(key, self.slider.default) > last:
            st.session_state[key] = last
        return min(last, dataclasses.replace(self.slider, label=f"Step, 0 to {last}").show())

    def film_number(self, step: int) -> int:
        """Return another number when the step was not set by the film itself: it must jump then."""
        number, shown = st.session_state.get(self._shown, (0, step))
        number += shown != step
        st.session_state[self._shown] = number, step
        return number

    def follow(self, frame: int) -> None:
        """The learner stopped the film here: the words follow, and the address."""
        number, _ = st.session_state.get(self._shown, (0, frame))
        st.session_state[self._shown] = number, frame
        st.session_state[self.slider.key] = frame
