"""The landscape of the network that the playground has trained, and the way it took through it."""

import numpy as np

from dashboard import compute, layout
from dashboard.chart import Film, Panel, show_panels
from dashboard.charts import landscape as charts
from dashboard.charts import loss_lines
from dashboard.controls import Choice, Control, Number, Slider
from dashboard.landscape import landscape_words as words
from dashboard.landscape.survey import Survey, finite_path, survey_path, survey_random
from dashboard.playground import session, view
from dashboard.playground import settings as s
from dashboard.playground.row import show_row
from dashboard.playground.run import Run
from dashboard.theme import Palette

PLANE = Choice(
    key="land_plane",
    label="Plane",
    default="path",
    options=("path", "random"),
    labels={"path": "Of its own path", "random": "Random"},
    style="segmented",
    help="The run has as many directions to go as it has parameters. A picture shows two.",
)
VIEW = Choice(
    key="land_view",
    label="Show as",
    default="map",
    options=("map", "surface"),
    labels={"map": "Map", "surface": "Surface"},
    style="segmented",
)
REACH = Slider(
    key="land_reach",
    label="How far to look",
    default=1.0,
    min=0.25,
    max=4.0,
    step=0.25,
    help="Around the path: in its own extent. On a random plane: in the lengths of the units, so "
    "that 1 is a step as long as each unit's own weights.",
)
SEED = Number(
    key="land_seed", label="Seed of the directions", default=0, min=0, max=9999, step=1,
    help="Draws the random directions.",
)  # fmt: skip
CONTROLS: tuple[Control, ...] = (PLANE, VIEW, REACH, SEED)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory for the playground's run as it stands, which it does not change."""
    run = session.current_run(show_row((s.RATE, s.ACTIVATION, s.DATA, s.OPTIMIZER)))
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        plane, look, reach = PLANE.show(), VIEW.show(), REACH.show()
        seed = SEED.show() if plane == "random" else SEED.default
    vectors, _ = finite_path(run)
    with picture:
        if plane == "path" and len(vectors) < 2:
            layout.look(words.NO_PATH)
            plane = "random"
        found = _measure(run, plane, reach, seed)
        _show_picture(run, found, look, colors)
        layout.look(words.verdict(run, found))
    words.ask(run, vectors)
    words.show_formula(run, found)
    words.lead_on(page)


def _measure(run: Run, plane: str, reach: float, seed: int) -> Survey:
    """Survey the plane; the same plane of the same run only once."""
    about = (run.number, run.n_frames, plane, reach, seed)
    if plane == "path":
        return compute.remember("landscape", lambda *_: survey_path(run, reach), *about)
    return compute.remember("landscape", lambda *_: survey_random(run, reach, seed), *about)


def _show_picture(run: Run, found: Survey, look: str, colors: Palette) -> None:
    land, flat = found.land, look == "map"
    draw = charts.plot_map if flat else charts.plot_surface
    tracks = (charts.map_tracks if flat else charts.surface_tracks)(land)
    tracks = {(0, *place): values for place, values in tracks.items()}
    if len(found.cuts):
        beside = loss_lines.plot_cuts(found.steps, found.cuts, colors)
        film = None
    else:
        epochs, losses = run.epochs[found.frames], run.film.train_loss[found.frames]
        beside = loss_lines.plot_along_path(epochs, losses, land, colors)
        tracks |= {(1, *place): v for place, v in loss_lines.cursor_track(epochs).items()}
        captions = np.asarray(view.captions(run))[found.frames]
        film = Film(tracks=tracks, captions=captions, run=f"landscape {run.number}", rate=8)
    show_panels(
        [
            Panel(figure=draw(land, colors), alt=words.describe(run, found), height=charts.HEIGHT),
            Panel(figure=beside, alt=words.describe_beside(run, found), height=charts.HEIGHT),
        ],
        key=f"landscape_{look}",
        columns=(5, 4),
        film=film,
    )
