"""Calls that Streamlit makes while the one before is still on its way into the browser.

It then cleans up after the earlier call, although what that one has built is still in use.
"""

import pytest

from dashboard import chart, sheet

MODULES = {
    "board": "\n".join((chart.BROWSER / f"{part}.js").read_text("utf-8") for part in chart.PARTS),
    "sheet": (sheet.BROWSER / "sheet.js").read_text("utf-8"),
}
DATA = {
    "board": None,
    "sheet": {"ink": "0" * 4, "side": 2, "levels": 4, "erase": False, "label": "", "help": ""},
}
CALL_TWICE = """async ([source, data]) => {
    const blob = new Blob([source], { type: "text/javascript" });
    const call = (await import(URL.createObjectURL(blob))).default;
    const parentElement = document.createElement("div");
    document.body.append(parentElement);
    const cleanUpFirst = call({ data, parentElement });
    const built = parentElement.firstChild;
    cleanUpFirst();
    const keeps = parentElement.firstChild === built;
    const cleanUp = call({ data, parentElement });
    const stays = parentElement.firstChild === built && parentElement.childNodes.length === 1;
    parentElement.remove();
    cleanUp();
    return { keeps, stays, leaves: parentElement.childNodes.length };
}"""


@pytest.mark.parametrize("name", MODULES)
def test_what_is_in_use_is_kept_and_what_is_gone_is_cleared(chromium, name):
    page = chromium.new_page()
    found = page.evaluate(CALL_TWICE, [MODULES[name], DATA[name]])
    page.close()
    assert found == {"keeps": True, "stays": True, "leaves": 0}
