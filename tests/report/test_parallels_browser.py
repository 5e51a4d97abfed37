"""Tellings side by side in a real browser: what a reader does with mouse and keyboard."""

from dataclasses import replace

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from fabula.report import write_synopsis
from fabula.story import Story
from tests.builders import telling
from tests.report.test_page import every, in_sight, one, press, settle
from tests.report.test_parallels import CONTRADICTED, STORIES, aligned
from tests.story.test_synopsis import synopsis_of

pytestmark = pytest.mark.browser


def long():
    """Return two tellings of many rows, longer than many screens."""
    lines = [f"Line {at} of the log says that the sea was {'calm' if at % 3 else 'rough'}." for at in range(400)]
    others = [line.replace("rough", "wild") for line in lines]
    others.insert(200, "Nobody wrote anything for a week.")
    return aligned("\n\n".join(lines), "\n\n".join(others))


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens the page of a story; afterwards the console must be empty."""

    def show(story, *, width=1300, height=900, at=""):
        path = tmp_path / "story.html"
        with path.open("w", encoding="utf-8") as out:
            write_synopsis(story, out)
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        browser.get(path.as_uri() + at)
        return browser

    browser.get("about:blank")
    browser.get_log("browser")
    yield show
    assert browser.get_log("browser") == []


def now(page):
    return [row.get_attribute("id") for row in every(page, ".row.now")]


def shown(page):
    return [row.get_attribute("id") for row in every(page, ".row[data-k]") if row.is_displayed()]


def colour(page, selector):
    return one(page, selector).value_of_css_property("background-color")


def test_linked_lines_light_up_together(opened):
    page = opened(STORIES["two"])
    row = one(page, "#r0-3")
    before = colour(page, "#r0-3")
    ActionChains(page).move_to_element(row.find_element("css selector", ".cell + .cell p")).perform()
    settle(page, lambda: colour(page, "#r0-3") != before)
    ActionChains(page).move_to_element(row.find_element("css selector", "mark")).perform()
    settle(page, lambda: [mark.text for mark in every(page, "mark.hot")] == ["an hour", "two hours"])


def test_keys_go_from_row_to_row_with_the_focus(opened):
    page = opened(STORIES["two"])
    seen = []
    for key in ("j", "j", Keys.ARROW_DOWN, Keys.ARROW_UP, "k"):
        page.switch_to.active_element.send_keys(key)
        seen += now(page)
        assert page.switch_to.active_element.get_attribute("id") == seen[-1]
    assert seen == ["r0-0", "r0-1", "r0-2", "r0-1", "r0-0"]
    assert one(page, ".where").text == "1 of 8 rows"
    assert one(page, "#r0-0").value_of_css_property("outline-style") == "solid"


def test_the_rows_are_one_stop_for_the_tab_key(opened):
    page = opened(STORIES["two"])
    press(page, "jjj")
    assert [row.get_attribute("id") for row in every(page, ".row[tabindex='0']")] == ["r0-2"]
    press(page, "n")
    assert [row.get_attribute("id") for row in every(page, ".row[tabindex='0']")] == now(page) == ["r0-3"]


def test_n_and_p_pass_over_what_agrees(opened):
    page = opened(STORIES["two"])
    seen = []
    for key in "nnnnnp":
        press(page, key)
        seen += now(page)
    assert seen == ["r0-0", "r0-2", "r0-3", "r0-4", "r0-6", "r0-4"]


def test_filters_leave_only_their_rows_and_count_what_they_leave_out(opened):
    page = opened(CONTRADICTED)
    one(page, "[data-filter=contradiction]").click()
    assert shown(page) == ["r0-3"]
    assert one(page, "#r0-3").get_attribute("data-skipped") == "3 rows"
    assert one(page, "#r0-3 .why").text == "time an hour / two hours The brig passed once."
    one(page, "[data-filter=same]").click()
    assert shown(page) == ["r0-1", "r0-3", "r0-5"]
    assert one(page, "[data-filter=same]").get_attribute("aria-pressed") == "true"
    press(page, "jjj")
    assert now(page) == ["r0-5"]
    press(page, Keys.ESCAPE)
    assert len(shown(page)) == 8
    assert every(page, "[data-skipped], [aria-pressed=true]") == []


def test_a_filter_without_rows_cannot_be_chosen(opened):
    page = opened(STORIES["two"])
    assert not one(page, "[data-filter=contradiction]").is_enabled()
    assert one(page, "[data-filter=same]").is_enabled()


def test_what_has_moved_is_found_from_its_row_and_back(opened):
    page = opened(STORIES["moved"])
    place = one(page, ".r-away")
    one(page, ".moved a").click()
    settle(page, lambda: "near" in place.get_attribute("class"))
    one(page, ".away a").click()
    settle(page, lambda: now(page) == ["r0-2"])


def test_a_link_from_the_list_shows_a_row_that_a_filter_hides(opened):
    page = opened(CONTRADICTED)
    one(page, "[data-filter=same]").click()
    one(page, ".verdicts a").click()
    settle(page, lambda: now(page) == ["r0-3"])
    assert in_sight(page, one(page, "#r0-3"))


def test_keys_and_the_map_reach_far_rows_of_a_long_text(opened):
    page = opened(long())
    one(page, "[data-filter=single]").click()
    press(page, "j")
    assert now(page) == ["r0-200"]
    press(page, Keys.ESCAPE)
    page.execute_script(
        "const map = document.querySelector('svg.map'), r = map.getBoundingClientRect();"
        "const at = { bubbles: true, clientX: r.left + 2, clientY: r.top + r.height * .9 };"
        "map.dispatchEvent(new MouseEvent('click', at))"
    )
    (far,) = now(page)
    assert abs(int(far.removeprefix("r0-")) - 360) < 8
    settle(page, lambda: in_sight(page, one(page, f"#{far}")))
    settle(page, lambda: float(one(page, ".view").get_attribute("y")) > 800)


def test_a_link_to_a_row_opens_there(opened):
    page = opened(long(), at="#r0-300")
    settle(page, lambda: now(page) == ["r0-300"] and in_sight(page, one(page, "#r0-300")))


@pytest.mark.parametrize("width", [1300, 390])
def test_nothing_runs_over_the_edge(opened, width):
    page = opened(STORIES["three"], width=width)
    assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    cells = [cell for cell in every(page, "#r0-3 > .cell") if cell.is_displayed()]
    tops = {round(cell.location["y"]) for cell in cells}
    assert len(tops) == (1 if width > 1000 else 3)


def test_many_tellings_stand_side_by_side(opened):
    tellings, (found,) = synopsis_of("abc", *[("xy", ["a=x", "b=y"])] * 7)
    made = tuple(telling(each.text, name=f"t{at}") for at, each in enumerate(tellings))
    page = opened(Story(made, found.alignments))
    cells = every(page, "#r0-0 > .cell")
    assert (len(cells), len({round(cell.location["y"]) for cell in cells})) == (8, 1)


def test_two_sheets_have_keys_and_filters_of_their_own(opened):
    page = opened(replace(aligned("One.\n\nTwo.", "One.\n\nTwo.", "One.\n\nThree.", pairs=True)))
    one(page, "#y1 [data-filter=same]").click()
    assert every(page, "#y0 [data-skipped], #y0 [aria-pressed=true]") == []
    one(page, "#y1 .row[data-k]:not([hidden])").click()
    assert now(page)[0].startswith("r1-")


def test_the_print_has_every_row_and_no_tools(opened):
    page = opened(long())
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not one(page, ".tools").is_displayed()
    assert one(page, ".heads").is_displayed()
    assert one(page, ".chunk:last-child").value_of_css_property("content-visibility") == "visible"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
