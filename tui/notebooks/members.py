"""Members: which sources are in which notebook, by the role ``notebooks`` of their headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from tui.display import listed, short
from tui.errors import ValueRefused
from tui.links import name_of
from tui.triage.notebook_settings import folded
from tui.triage.schema import Schema
from tui.vault.source import Source, one_form


def names_of(schema: Schema, source: Source) -> tuple[str, ...]:
    """The notebooks of a source, each once, in the order of its header.

    A name that the settings have in another case is theirs.
    """
    field = schema.roles.notebooks
    if not field or not source.has(field):
        return ()
    # A field for one value has a name with a comma, and not several names.
    is_list = schema.notebook.kind == "list"
    texts = (text for text in (source.listed if is_list else source.items)(field) if text.strip())
    return tuple(dict.fromkeys(known_name(schema, text) for text in texts))


def known_name(schema: Schema, text: str) -> str:
    """The notebook that a header's text means: one that the schema names, else the text."""
    text, settings = name_of(text), schema.notebooks
    if text in settings.planned:
        return text
    if settings.planned and (found := settings.spellings.get(folded(text))):
        return found
    field = schema.notebook
    return field.spelt(text) if field.choices and field.spelt(text) in field.values else text


def planned_names(schema: Schema) -> tuple[str, ...]:
    """The notebooks that the schema names: in its settings, and as values of their field."""
    return tuple(dict.fromkeys((*schema.notebooks.planned, *schema.notebook.values)))


def bare(name: str) -> str:
    """A name also without regard to outer spaces."""
    return " ".join(folded(name).split())


class Members:
    """The notebooks of a vault and the sources in each, as they are at one moment."""

    def __init__(
        self,
        schema: Schema,
        sources: Iterable[Source],
        of: Callable[[Source], Sequence[str]] | None = None,
    ) -> None:
        """``of`` gives the notebooks of a source, if they are known already."""
        of = of or partial(names_of, schema)
        self._of: dict[str, list[Source]] = {name: [] for name in planned_names(schema)}
        self._without: list[Source] = []
        free: dict[str, list[Source]] = {}
        for source in sources:
            names = of(source)
            for name in names:
                members = self._of.get(name)
                if members is None:
                    members = free.setdefault(name, [])
                members.append(source)
            if not names:
                self._without.append(source)
        for name in sorted(free, key=lambda name: (bare(name), name)):
            self._of[name] = free[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The notebooks: those that the schema names, in its order, then the others by name."""
        return tuple(self._of)

    @property
    def without(self) -> Sequence[Source]:
        """The sources that are in no notebook."""
        return self._without

    def of(self, name: str) -> Sequence[Source]:
        """The sources of a notebook; none for an unknown name."""
        return self._of.get(name, ())

    def counts(self) -> Mapping[str, int]:
        """How many sources each notebook has."""
        return {name: len(members) for name, members in self._of.items()}

    def __iter__(self) -> Iterator[tuple[str, Sequence[Source]]]:
        return iter(self._of.items())

    def __contains__(self, name: object) -> bool:
        return name in self._of

    def found(self, text: str) -> str | None:
        """The notebook that a typed name means; None for a new one.

        It is the one of exactly that name, else without regard to case, else also to spaces.
        Raises ValueRefused when that is several.
        """
        text = name_of(text)
        if text in self._of:
            return text
        for form in (one_form, folded, bare):
            found = [name for name in self._of if form(name) == form(text)]
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueRefused(
                    f"“{short(text)}” may be the notebook {listed(found, ' or ')}; write it "
                    "exactly."
                )
        return None

    def meant(self, text: str) -> str:
        """The notebook that a typed name means. Raises ValueRefused when there is none."""
        found = self.found(text)
        if found is not None:
            return found
        if not self._of:
            raise ValueRefused(f"There is no notebook “{short(text)}”; no source is in any.")
        from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

        by_bare = {bare(name): name for name in self._of}
        near = [by_bare[name] for name in get_close_matches(bare(text), by_bare, n=3)]
        hint = (
            f"did you mean {listed(near, ' or ')}?" if near else f"there is {listed(self.names)}."
        )
        raise ValueRefused(f"There is no notebook “{short(text)}”; {hint}")
