"""The page in a real browser: what a reader does with mouse and keyboard."""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from fabula.report import write
from fabula.story import Story
from tests.builders import Said, people, telling
from tests.report.stories import both, hostile, lighthouse

pytestmark = pytest.mark.browser

CROWD = people(*(f"Person {at:02}" for at in range(24)))


def crowd():
    """Return a story of many speakers and many paragraphs, longer than a screen."""
    order = [CROWD[at % 24] if at % 5 else CROWD[0] for at in range(240)]
    text = "\n\n".join(f"“Line {at},” said one of them. " + "It went on. " * 12 for at in range(240))
    said = [Said(f"“Line {at},”", person.id, (CROWD[1].id,)) for at, person in enumerate(order)]
    return Story((telling(text, cast=CROWD, said=said),))


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a story's page; afterwards the console must be empty."""

    def show(story, *, width=1300, height=900, dark=False):
        path = tmp_path / "story.html"
        with path.open("w", encoding="utf-8") as out:
            write(story, out)
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        browser.get(path.as_uri())
        return browser

    browser.get("about:blank")
    browser.get_log("browser")
    yield show
    assert browser.get_log("browser") == []


def one(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def every(browser, selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def press(browser, keys):
    one(browser, "body").send_keys(keys)


def now(browser):
    return [line.get_attribute("id") for line in every(browser, ".u.now[id]")]


def in_sight(browser, element):
    return browser.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight;", element
    )


def settle(browser, true):
    WebDriverWait(browser, 5).until(lambda _: true())


def test_a_voice_is_chosen_in_the_list_and_others_dim(opened):
    page = opened(Story((lighthouse(),)))
    Select(one(page, "#by0")).select_by_visible_text("Tobias Fenn")
    lit = {line.get_attribute("data-s") for line in every(page, ".u.on")}
    assert lit == {"2"}
    ink = one(page, ".reading").value_of_css_property("color")
    assert one(page, "#u0-0").value_of_css_property("color") == ink
    assert one(page, "#u0-1").value_of_css_property("color") != ink
    assert one(page, ".cast [data-filter='2']").get_attribute("aria-pressed") == "true"
    press(page, Keys.ESCAPE)
    assert every(page, ".filtered, .u.on, [aria-pressed=true]") == []


def test_a_name_in_the_cast_leads_to_the_first_line(opened):
    page = opened(Story((lighthouse(),)), height=500)
    one(page, ".cast [data-filter='3']").click()
    assert now(page) == ["u0-6"]
    settle(page, lambda: in_sight(page, one(page, "#u0-6")))
    assert page.switch_to.active_element.get_attribute("id") == "u0-6"
    assert one(page, "#card").text.startswith("Old Wren to Mara Quill")


def test_keys_go_from_line_to_line_of_the_chosen_voice(opened):
    page = opened(Story((lighthouse(),)))
    Select(one(page, "#by0")).select_by_value("1")
    page.execute_script("document.activeElement.blur()")
    seen = []
    for key in ("n", "n", "n", "p"):
        press(page, key)
        seen += now(page)
    assert seen == ["u0-0", "u0-2", "u0-4", "u0-2"]


def test_keys_reach_far_lines_of_a_long_text(opened):
    page = opened(crowd())
    last = CROWD[23].id
    number = page.execute_script(
        "return Object.entries(JSON.parse(document.querySelector('#people').textContent))"
        ".find(([, name]) => name === 'Person 23')[0]"
    )
    assert last == "person-23"
    Select(one(page, "#by0")).select_by_value(number)
    one(page, ".next").click()
    one(page, ".next").click()
    found = now(page)
    assert found == ["u0-47"]
    settle(page, lambda: in_sight(page, one(page, "#u0-47")))


def test_typing_in_the_search_box_moves_no_line(opened):
    page = opened(Story((lighthouse(),)))
    press(page, "/")
    box = page.switch_to.active_element
    assert box.get_attribute("id") == "find0"
    box.send_keys("n p")
    assert now(page) == []


def test_words_are_found_over_voices_and_line_ends(opened):
    page = opened(Story((lighthouse(),)))
    box, found = one(page, "#find0"), one(page, ".found")
    box.send_keys("the boat from HARROW")
    settle(page, lambda: found.text == "1 of 1")
    assert page.execute_script("return [...CSS.highlights.get('found')].map(String)") == ["the boat\nfrom Harrow"]
    box.clear()
    box.send_keys("?” she asked")
    settle(page, lambda: found.text == "1 of 1")
    box.clear()
    box.send_keys("the key")
    settle(page, lambda: found.text == "1 of 2")
    box.send_keys(Keys.ENTER)
    assert found.text == "2 of 2"
    box.send_keys(Keys.SHIFT, Keys.ENTER)
    assert found.text == "1 of 2"
    box.clear()
    box.send_keys("no such words")
    settle(page, lambda: found.text == "not found")


def test_the_cast_is_sorted_by_its_heads(opened):
    page = opened(Story((lighthouse(),)))

    def names():
        return [row.text.split("\n")[0] for row in every(page, ".cast tbody th")]

    lines, words, name = one(page, "th:nth-child(2)"), one(page, "th:nth-child(3)"), one(page, "th:nth-child(1)")
    assert names() == ["Mara Quill", "Tobias Fenn", "Old Wren", "Unknown"]
    name.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    assert names() == ["Mara Quill", "Old Wren", "Tobias Fenn", "Unknown"]
    assert [head.get_attribute("aria-sort") for head in (name, lines, words)] == ["ascending", "none", "none"]
    name.find_element(By.TAG_NAME, "button").click()
    assert names() == ["Tobias Fenn", "Old Wren", "Mara Quill", "Unknown"]
    words.find_element(By.TAG_NAME, "button").click()
    assert names() == ["Mara Quill", "Tobias Fenn", "Old Wren", "Unknown"]
    assert words.get_attribute("aria-sort") == "descending"


def test_a_long_cast_is_cut_until_it_is_asked_for(opened):
    page = opened(crowd())
    rows = every(page, ".cast tbody tr")
    assert sum(row.is_displayed() for row in rows) == 16
    more = one(page, ".more-rows")
    assert more.text == "… and 8 more"
    more.click()
    assert all(row.is_displayed() for row in rows)


def test_tabs_show_one_telling_at_a_time(opened):
    page = opened(both())
    tabs = every(page, "[role=tab]")
    panels = every(page, "[role=tabpanel]")

    def shown():
        return [panel.is_displayed() for panel in panels]

    assert shown() == [True, False]
    tabs[0].send_keys(Keys.ARROW_RIGHT)
    assert shown() == [False, True]
    assert page.switch_to.active_element == tabs[1]
    press(page, "n")
    assert now(page) == ["u1-0"]
    tabs[1].send_keys(Keys.HOME)
    assert shown() == [True, False]
    assert not one(page, "#card").is_displayed()


def test_a_link_opens_the_telling_it_leads_to(opened):
    page = opened(both())
    page.execute_script("location.hash = 'u1-2'")
    settle(page, lambda: now(page) == ["u1-2"])
    assert one(page, "#t1").is_displayed()


def test_a_doubt_leads_to_its_line(opened):
    page = opened(Story((lighthouse(),)))
    one(page, ".doubt summary").click()
    one(page, ".doubt a").click()
    settle(page, lambda: now(page) == ["u0-10"])
    assert "nobody is named" in one(page, "#card").text


def test_a_scene_of_the_storyline_leads_to_its_text(opened):
    page = opened(crowd(), height=500)
    one(page, ".plot .jump").send_keys(Keys.ENTER)
    settle(
        page, lambda: page.execute_script("return document.querySelector('#s0-0').getBoundingClientRect().top < 400")
    )


def test_a_click_on_a_line_says_who_to_whom_and_how_sure(opened):
    page = opened(Story((lighthouse(),)))
    one(page, "#u0-3").click()
    told = one(page, "#card").text
    assert "Tobias Fenn to Mara Quill" in told
    assert "60% sure, by turn" in told
    one(page, "#card button").click()
    assert Select(one(page, "#by0")).first_selected_option.text == "Tobias Fenn"
    one(page, "#card .close").click()
    assert now(page) == []
    assert not one(page, "#card").is_displayed()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("story", [both, lambda: Story((hostile(),)), crowd], ids=["both", "hostile", "crowd"])
def test_a_phone_needs_no_scrolling_sideways(opened, story, dark):
    page = opened(story(), width=390, height=844, dark=dark)
    page.execute_script("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert page.execute_script("return document.documentElement.scrollWidth") == 390


def test_hostile_words_run_nothing(opened):
    page = opened(Story((hostile(),)))
    assert len(every(page, "script")) == 2
    assert every(page, "img") == []
    assert "<script>alert(1)" in one(page, "h1").text


def test_dark_and_light_differ_and_both_can_be_read(opened):
    papers = []
    for dark in (False, True):
        page = opened(Story((lighthouse(),)), dark=dark)
        papers.append(one(page, "body").value_of_css_property("background-color"))
    assert papers == ["rgba(251, 250, 246, 1)", "rgba(21, 23, 27, 1)"]


def test_nothing_leaves_the_machine(opened):
    page = opened(both())
    asked = page.execute_script("return JSON.stringify(performance.getEntriesByType('resource').map((r) => r.name))")
    assert json.loads(asked) == []
