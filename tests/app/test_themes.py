import itertools
import math
import tomllib

import pytest
from textual.app import App
from textual.widgets import Static

from tui.app.themes import COLOURS, DEFAULT_DARK, DEFAULT_LIGHT, VARIABLES, load_themes
from tui.resources import themes_folder

THEME_FILES = sorted(themes_folder().glob("*.toml"))
GROUNDS = ("background", "surface", "panel", "row-cursor")
TIERS = [name for name in VARIABLES if name.startswith("tier-")]
STATUSES = [name for name in VARIABLES if name.startswith("status-")]
READABLE = ["foreground", "text-dim", "accent", "hit", *TIERS, *STATUSES, "problem"]


def colours(path):
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: values[key] for key in COLOURS} | values["variables"]


def linear(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(one, other):
    """The contrast of two colours as WCAG defines it."""

    def luminance(colour):
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(colour):
    """The colour as lightness, green to red and blue to yellow, in steps the eye sees as equal."""
    r, g, b = linear(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def theme_file(folder, text, name="mine.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    themes, sentences = load_themes([folder])
    return themes, sentences


def test_black_on_white_has_the_contrast_the_standard_gives():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_several_dark_and_several_light_themes():
    themes, sentences = load_themes([themes_folder()])
    assert sentences == []
    assert {theme.name for theme in themes} == {path.stem for path in THEME_FILES}
    assert sum(theme.dark for theme in themes) >= 4
    assert sum(not theme.dark for theme in themes) >= 4
    dark = {theme.name: theme.dark for theme in themes}
    assert dark[DEFAULT_DARK]
    assert not dark[DEFAULT_LIGHT]


@pytest.mark.parametrize("path", THEME_FILES, ids=lambda path: path.stem)
class TestEachTheme:
    def test_names_every_colour_and_nothing_else(self, path):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(values) == {"name", "dark", "variables", *COLOURS}
        assert set(values["variables"]) == set(VARIABLES)
        assert values["name"] == path.stem

    def test_is_as_dark_as_it_says(self, path):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        lighter = oklab(values["foreground"])[0] > oklab(values["background"])[0]
        assert values["dark"] is lighter

    def test_can_be_read_on_every_ground(self, path):
        values = colours(path)
        too_faint = [
            (name, ground, round(contrast(values[name], values[ground]), 2))
            for name in READABLE
            for ground in GROUNDS
            if contrast(values[name], values[ground]) < 4.5
        ]
        assert too_faint == []

    def test_shows_faint_text_and_the_focused_border(self, path):
        values = colours(path)
        assert contrast(values["text-faint"], values["background"]) >= 3
        assert contrast(values["text-faint"], values["surface"]) >= 3
        assert contrast(values["border-focus"], values["background"]) >= 3

    def test_has_quiet_borders_that_can_still_be_seen(self, path):
        values = colours(path)
        quiet = contrast(values["border-quiet"], values["background"])
        assert 1.4 <= quiet <= 0.8 * contrast(values["border-focus"], values["background"])

    def test_shows_the_cursor_row_and_less_of_it_without_focus(self, path):
        values = colours(path)
        focused = contrast(values["row-cursor"], values["background"])
        blurred = contrast(values["row-cursor-blurred"], values["background"])
        assert focused >= 1.2
        assert 1.03 <= blurred < focused

    @pytest.mark.parametrize("group", [TIERS, STATUSES], ids=["tiers", "statuses"])
    def test_tells_values_apart_by_hue_and_by_lightness(self, path, group):
        values = colours(path)
        for one, other in itertools.combinations(group, 2):
            (light, *hue), (other_light, *other_hue) = oklab(values[one]), oklab(values[other])
            assert abs(light - other_light) >= 0.03, (one, other)
            assert math.dist(hue, other_hue) >= 0.04, (one, other)

    def test_gives_no_two_meanings_one_colour(self, path):
        values = colours(path)
        for one, other in itertools.combinations([*TIERS, *STATUSES, "problem"], 2):
            assert math.dist(oklab(values[one]), oklab(values[other])) >= 0.04, (one, other)

    def test_gives_textuals_own_widgets_the_same_look(self, path):
        (theme,) = [t for t in load_themes([themes_folder()])[0] if t.name == path.stem]
        generated = theme.to_color_system().generate()
        values = colours(path)
        assert {key: generated[key] for key in COLOURS} == {key: values[key] for key in COLOURS}
        assert generated["block-cursor-background"] == values["row-cursor"]
        assert generated["scrollbar"] == generated["border-blurred"] == values["border-quiet"]


@pytest.mark.parametrize("name", ["contrast-dark", "contrast-light"])
def test_the_contrast_themes_go_further(name):
    values = colours(themes_folder() / f"{name}.toml")
    for text, ground in itertools.product(["foreground", "text-dim", "accent", "hit"], GROUNDS):
        assert contrast(values[text], values[ground]) >= 7, (text, ground)
    assert contrast(values["text-faint"], values["background"]) >= 4.5
    assert contrast(values["border-quiet"], values["background"]) >= 3


async def test_every_theme_can_be_shown():
    themes, _ = load_themes([themes_folder()])

    class Shown(App):
        CSS = "Static { color: $tier-1; background: $row-cursor; border: round $border-quiet; }"

        def get_theme_variable_defaults(self):
            return themes[0].variables

        def compose(self):
            yield Static("title")

    app = Shown()
    for theme in themes:
        app.register_theme(theme)
    async with app.run_test() as pilot:
        for theme in themes:
            app.theme = theme.name
            await pilot.pause()
            assert app.query_one(Static).styles.color.hex.lower() == theme.variables["tier-1"]


def test_a_users_theme_may_name_only_what_it_changes(tmp_path):
    (theme,), sentences = theme_file(
        tmp_path,
        'name = "mine"\ndark = false\naccent = "#123456"\n[variables]\nhit = "#654321"\n',
    )
    assert sentences == []
    defaults = colours(themes_folder() / f"{DEFAULT_LIGHT}.toml")
    assert (theme.name, theme.dark) == ("mine", False)
    assert theme.accent == "#123456"
    assert theme.background == defaults["background"]
    expected = defaults | {"hit": "#654321"}
    assert {name: theme.variables[name] for name in VARIABLES} == {
        name: expected[name] for name in VARIABLES
    }


def test_a_users_theme_replaces_the_shipped_one_of_its_name(tmp_path):
    (tmp_path / "own.toml").write_text('name = "ember"\ndark = true\naccent = "#abcdef"\n')
    themes, sentences = load_themes([themes_folder(), tmp_path])
    assert sentences == []
    assert [theme.accent for theme in themes if theme.name == "ember"] == ["#abcdef"]
    assert len(themes) == len(THEME_FILES)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "name = ",
            "is not valid TOML (Invalid value (at end of document)); correct or remove it.",
        ),
        ("dark = true", 'has no valid `name`; add a line like `name = "my-theme"`.'),
        ('name = "a, b"\ndark = true', "has no valid `name`"),
        ('name = "mine"', "does not set `dark`; add `dark = true` or `dark = false`."),
        ('name = "mine"\ndark = "yes"', "does not set `dark`"),
        (
            'name = "mine"\ndark = true\naccent = "blurple"',
            "`accent` is `blurple`; write a colour like `#5ed1de`.",
        ),
        ('name = "mine"\ndark = true\npanel = 7', "`panel` is `7`; write a colour"),
        (
            'name = "mine"\ndark = true\nacent = "#123456"',
            "unknown colour `acent`; use primary, secondary,",
        ),
        (
            'name = "mine"\ndark = true\n[variables]\ntier-5 = "#123456"',
            "unknown colour `tier-5`; use text-dim,",
        ),
        ('name = "mine"\ndark = true\n[variables]\nhit = "#12345"', "`hit` is `#12345`; write"),
        ('name = "mine"\ndark = true\nvariables = "all"', "`variables` is not a table"),
    ],
)
def test_a_theme_that_cannot_be_used_is_named_with_what_to_do(tmp_path, text, sentence):
    themes, (said,) = theme_file(tmp_path, text)
    assert themes == []
    assert said.startswith("mine.toml")
    assert sentence in said
    assert said.endswith(".")


def test_one_bad_file_does_not_keep_the_others_out(tmp_path):
    (tmp_path / "a.toml").write_bytes(b'name = "\xff"')
    (tmp_path / "b.toml").mkdir()
    (tmp_path / "notes.txt").write_text("no theme")
    themes, sentences = theme_file(tmp_path, 'name = "mine"\ndark = true\n', name="c.toml")
    assert [theme.name for theme in themes] == ["mine"]
    assert ["a.toml" in sentences[0], "b.toml" in sentences[1]] == [True, True]
    assert len(sentences) == 2


def test_a_bad_value_cannot_send_commands_to_the_terminal(tmp_path):
    _, (said,) = theme_file(tmp_path, 'name = "x"\ndark = true\naccent = "\\u001b]52;c;x\\u0007"')
    assert "`␛]52;c;x␇`" in said


def test_without_a_folder_of_their_own_users_have_the_shipped_themes(tmp_path):
    themes, sentences = load_themes([themes_folder(), tmp_path / "missing"])
    assert len(themes) == len(THEME_FILES)
    assert sentences == []
