"""Every error a user can meet; its text is one sentence that says what to do."""

LONGEST = 2_000
"""Characters of a sentence: whatever it quotes, nobody reads more."""


class SluiceError(Exception):
    """Something sluice refuses or cannot do; ``str()`` is shown to the user as it is.

    ``reason`` is what it says without the name of the source, where several sources may be
    refused for the same one.
    """

    def __init__(self, sentence: str = "", *, reason: str = "") -> None:
        if len(sentence) > LONGEST:
            sentence = f"{sentence[: LONGEST - 1]}…"
        super().__init__(sentence)
        self.reason = reason or sentence
        self.part_of = ""
        """The id of the change that reached some of its files before this; else empty."""


class VaultError(SluiceError):
    """The folder is missing, is not a folder or cannot be read."""


class StorageError(SluiceError):
    """A file could not be read or written; it is as it was before."""


class HeaderError(SluiceError):
    """A header cannot be read as YAML. ``line`` is the file's line, counted from 1."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


class RepairRefused(SluiceError):
    """A broken header has no repair that is certain. ``line`` is the file's, from 1."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


class EditRefused(SluiceError):
    """A field cannot be changed without risk to the rest of the file."""


class Conflict(SluiceError):
    """The field was changed by someone else since it was read."""


class ValueRefused(SluiceError):
    """A value does not fit the field it is meant for."""


class NothingSuggested(SluiceError):
    """No suggestion is both sure and new; the sentence says what there is instead."""


class MoveRefused(SluiceError):
    """The status move is not one the schema allows."""


class SchemaError(SluiceError):
    """``sluice.yaml`` says something the schema cannot be built from."""


class UnknownSource(SluiceError):
    """A reference names no source."""


class AddressTaken(SluiceError):
    """The page an address leads to is in the vault already, as the source called ``name``."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.name = name


class AmbiguousSource(SluiceError):
    """A reference names several sources; the sentence lists them."""


class QueryError(SluiceError):
    """A query's filter is wrong; the sentence says what would be right."""


class JournalError(SluiceError):
    """The undo journal cannot be read or written."""


class NothingToUndo(SluiceError):
    """There is no change left to undo or redo."""


class ThemeError(SluiceError):
    """A theme file cannot be used; the sentence says which line of it."""


class SettingsError(SluiceError):
    """The config file says something sluice does not understand."""


class CommandFailed(SluiceError):
    """A command of the user's own could not be run; the sentence says why."""


class NoProgram(SluiceError):
    """A program is not installed, or is named so that any folder could bring its own.

    The sentence begins in the middle: what was to be done with the program comes before it.
    """


class NotOpened(SluiceError):
    """No browser took an address; the sentence says why."""


class OutputLost(SluiceError):
    """What a command found cannot be written to stdout."""


class Stopped(SluiceError):
    """A long piece of work was stopped by the user."""
