"""Page 04, "What each layer sees", in a real browser: its film plays, and neurons are clicked."""

PAGE = "layers_and_architecture?architecture_lab=What+each+layer+sees&sees_epochs=50"


def test_the_plane_moves_back_to_the_inputs_and_a_click_shows_a_neuron(open_page):
    opened = open_page(PAGE, charts=4)
    page = opened.page
    page.get_by_text("layer 2, after tanh: one cut gets").wait_for()
    first, painted = opened.data("sees", 0), opened.painted("sees", 0)
    node = opened.plot("sees", 0).element_handle()
    page.get_by_role("slider", name="Frame").press("Home")
    page.get_by_text("the inputs: one cut gets").wait_for()
    opened.wait_for_repaint("sees", painted, 0)
    assert opened.data("sees", 0) != first
    opened.plot("sees", 0).scroll_into_view_if_needed()
    # The fourth trace holds the neurons: two inputs, then the first layer.
    spot = opened.plot("sees", 1).evaluate(
        "node => { const {xaxis, yaxis} = node._fullLayout, units = node._fullData[3];"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(units.x[2]),"
        " box.top + yaxis._offset + yaxis.d2p(units.y[2])] }"
    )
    page.mouse.click(*spot)
    page.wait_for_url("**sees_unit=Layer+1%2C+neuron+1*")
    page.get_by_text("Layer 1, neuron 1").first.wait_for()
    assert opened.plot("sees", 0).evaluate("(now, then) => now === then", node)
