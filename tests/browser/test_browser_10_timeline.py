"""The timeline in a real browser: a click on a mark tells of it, a link runs its idea again."""

PLACE = """() => {
  const plot = document.querySelector('.nn-plot'), box = plot.getBoundingClientRect();
  const { xaxis, yaxis } = plot._fullLayout;
  return [box.x + xaxis._offset + xaxis.d2p(2020), box.y + yaxis._offset + yaxis.d2p(175e9)];
}"""


def test_a_click_picks_a_milestone_and_its_link_opens_the_laboratory(open_page):
    opened = open_page("from_nns_to_llms?llm_lab=Timeline&time_milestone=XOR+problem", charts=1)
    opened.page.get_by_text("→ See why no line solves XOR, and what does (page 02)").wait_for()
    opened.page.mouse.click(*opened.page.evaluate(PLACE))
    opened.page.get_by_text("2020: GPT-3").wait_for()
    opened.wait_for_address("time_milestone=GPT-3")
    opened.page.get_by_text("→ How many of your networks fit into GPT-3 (page 04)").click()
    opened.page.wait_for_url("**/layers_and_architecture*")
    opened.page.get_by_text("04 Layers and architecture").first.wait_for()
