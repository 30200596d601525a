"""The latent plane in a real browser: it is decoded where the learner clicks."""


def test_a_click_on_the_plane_is_decoded_and_stays_in_the_address(open_page):
    opened = open_page("architecture_zoo?zoo_lab=Latent+plane&latent_epochs=3", charts=3)
    before = opened.painted("latent_plane", 1)
    plane = opened.plot("latent_plane").locator(".nsewdrag").bounding_box()
    opened.page.mouse.click(plane["x"] + 0.75 * plane["width"], plane["y"] + 0.25 * plane["height"])
    opened.wait_for_repaint("latent_plane", before, 1)
    opened.page.get_by_text("At (1.50, 1.50)").wait_for()
    opened.wait_for_address("latent_x=1.5", "latent_y=1.5")
    moved = opened.painted("latent_plane", 1)
    opened.page.get_by_role("button", name="Next frame").click()
    opened.page.get_by_text("54% of the way").wait_for()
    opened.wait_for_repaint("latent_plane", moved, 1)
