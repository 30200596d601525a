"""08 The training loop: forward, loss, backward, update, and every setting that steers them."""

from dashboard.laboratories import Laboratory, show_page
from dashboard.landscape import landscape_lab, sharpness_lab
from dashboard.museum import museum_lab
from dashboard.playground import bowl_lab, handover, lab, loop_lab
from dashboard.tuning import optimizer_race, rate_map, schedules_lab

LABS = {
    "playground": Laboratory("Playground", lab),
    "loop": Laboratory("The loop", loop_lab),
    "bowl": Laboratory("Ball in a bowl", bowl_lab),
    "map": Laboratory("Learning-rate map", rate_map),
    "race": Laboratory("Optimisers", optimizer_race),
    "schedules": Laboratory("Schedules", schedules_lab),
    "landscape": Laboratory("Landscape", landscape_lab),
    "sharpness": Laboratory("Sharpness", sharpness_lab),
    "museum": Laboratory("Museum of failures", museum_lab),
}

handover.open_picked()
show_page("training_loop", LABS, choice="training_lab")
