"""Keys have the names that Textual gives them, without asking Textual."""

import string

from textual.keys import _character_to_key

from tui.session.keys.characters import key_of_character

BLOCKS = (range(0x3000), range(0xFF00, 0x10000), range(0x1F300, 0x1F700))
"""Letters of many scripts, signs, wide forms and emoji; some have no name, some do not exist."""


def test_every_printable_character_has_the_key_that_textual_names():
    for sign in string.printable:
        assert key_of_character(sign) == _character_to_key(sign)


def test_so_have_letters_signs_and_emoji_of_other_scripts():
    for sign in (chr(number) for block in BLOCKS for number in block):
        assert key_of_character(sign) == _character_to_key(sign)
