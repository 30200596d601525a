"""What holds for every drawing of every page."""

import json

from dashboard.wire import figure_json


def check_it_can_be_sent(figure):
    """The figure has something to show, survives the way to the browser, and cannot jump."""
    sent = json.loads(figure_json(figure))
    assert sent["data"]
    for name, axis in sent["layout"].items():
        if name.startswith(("xaxis", "yaxis")) and axis.get("title", {}).get("text"):
            assert axis["range"][0] < axis["range"][1]
