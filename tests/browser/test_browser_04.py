"""Page 04 in a real browser: a click looks at a neuron, and the largest network fits a phone."""

import itertools

PAGE = "layers_and_architecture"
LARGEST = "&".join(
    [f"{PAGE}?build_inputs=10&build_outputs=10&build_layers=6&build_neuron=Hidden+2,+neuron+5",
     "build_a2=Leaky+ReLU&build_a3=Softplus&build_a4=Identity+(linear)",
     *(f"build_n{i}=32" for i in range(1, 7))]
)  # fmt: skip


def test_a_wider_layer_a_click_and_the_other_laboratory_keep_one_network(open_page):
    opened = open_page(PAGE, charts=2)
    page = opened.page
    opened.wait_for_text("3-4-4-2 has 46 parameters")
    node, painted = opened.plot("built").element_handle(), opened.painted("built")
    page.get_by_role("slider", name="Neurons in hidden 1").press("ArrowRight")
    opened.wait_for_repaint("built", painted)
    page.get_by_text("3-5-4-2 has 54 parameters").wait_for()  # 3·5+5 + 5·4+4 + 4·2+2
    page.wait_for_url("**build_n1=5*")
    assert opened.plot("built").evaluate("(now, then) => now === then", node)
    opened.wait_for_run()
    spot = opened.plot("built").evaluate(
        "node => { const {xaxis, yaxis} = node._fullLayout;"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(1),"
        " box.top + yaxis._offset + yaxis.d2p(0)] }"
    )
    page.mouse.click(*spot)
    page.get_by_text("Hidden 1, neuron 3 adds 3 products").wait_for()
    page.wait_for_url("**build_neuron=Hidden+1%2C+neuron+3*")
    opened.wait_for_run()
    page.get_by_role("button", name="Without activations").or_(
        page.get_by_role("radio", name="Without activations")
    ).click()
    page.get_by_text("54 parameters do the work of 8.").wait_for()


def test_the_largest_network_fits_a_phone(open_page):
    opened = open_page(LARGEST, width=390, theme="dark", charts=2)
    opened.check_width()
    opened.wait_for_text("Hidden 2, neuron 5 adds 32 products")
    view, boxes = opened.boxes("built", ".annotation-text")
    assert len(boxes) == 16  # a heading and a count for each of 8 columns
    for left, right, top, bottom in boxes:
        assert view[0] <= left < right <= view[1]
        assert view[2] <= top < bottom <= view[3]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = (
                one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] or other[2] >= one[3]
            )
            assert apart, (one, other)


def test_the_largest_matrix_fits_a_phone(open_page):
    opened = open_page(
        f"{LARGEST}&architecture_lab=Without+activations", width=390, theme="dark", charts=4
    )
    opened.check_width()
    view, boxes = opened.boxes("one_matrix", ".textpoint text")
    assert len(boxes) == 110
    rows: dict = {}
    for left, right, top, _ in boxes:
        assert view[0] <= left < right <= view[1]
        rows.setdefault(round(top), []).append((left, right))
    for row in rows.values():
        row.sort()
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(row))
