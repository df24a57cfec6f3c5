"""A folder whose fields all have other names. Its notes also have fields of the usual names, with
decoys: whatever still names a field that a role can name shows or changes one of these.
"""

from __future__ import annotations

from pathlib import Path

SCHEMA = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: state, tier: worth, category: shelf, insights: lessons, title: called, url: link,
        topics: tags, aliases: nicknames, author: writer, date: made, notebooks: books,
        snoozed: asleep}
untitled: file
fields:
  state: {kind: choice, values: [fresh, seen, kept, gone]}
  worth: {kind: choice, values: [gold, silver, tin]}
  shelf: {kind: choice, open: true, values: [craft, music]}
  lessons: {kind: list}
  asleep: {kind: date}
flow: {main: [fresh, seen, kept], archive: gone}
"""
DECOY = """\
status: decoy
signal_tier: decoy
notebooklm_category: decoy
key_insights: [decoy]
title: decoy
url: https://decoy.example
topics: [decoy]
aliases: [decoy]
creator: decoy
date_published: 1999-09-09
captured_date: 1999-09-09
synopsis: decoy
platform: decoy
format: decoy
duration: decoy
snoozed_until: 2099-09-09
"""
NOTES = {
    "one.md": "called: Glazing a bowl\nstate: fresh\nworth: gold\nshelf: craft\n"
    "link: https://a.example/bowl\ntags: [clay, fire]\nnicknames: [Bowls]\nwriter: Ann Ash\n"
    "made: 2026-05-01\nlessons: []\n",
    "two.md": "called: Tuning a lute\nstate: seen\nworth: tin\nshelf: music\n"
    "link: https://b.example/lute\ntags: [strings]\nwriter: Bo Bell\nmade: 2026-06-02\n"
    "lessons: [\"Wood moves\"]\n",
    "three.md": "called: Firing a kiln\nlink: https://c.example/kiln\nmade: 2026-07-03\n",
}  # fmt: skip

BARE = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: state}
fields: {state: {kind: choice, values: [fresh, kept]}}
flow: {main: [fresh, kept], archive: null}
"""
"""The schema of the same notes in a folder that does without every role but the status."""


def plant(root: Path, schema: str = SCHEMA) -> Path:
    """Put the folder there, with its schema."""
    root.mkdir()
    (root / "sluice.yaml").write_text(schema)
    for name, header in NOTES.items():
        (root / name).write_text(f"---\n{DECOY}{header}---\nText of {name}.\n")
    return root


def header_of(notes: Path, name: str) -> str:
    """The header of a note below its decoys, which nothing has changed."""
    header = (notes / name).read_text().partition("\n---\n")[0]
    assert header.startswith("---\n" + DECOY), header
    return header.removeprefix("---\n" + DECOY)
