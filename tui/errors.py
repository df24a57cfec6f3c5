"""All errors that users see; each has a sentence that says what to do."""

LONGEST = 2_000
"""Maximum length of a sentence in characters."""


class SluiceError(Exception):
    """Something sluice refuses or cannot do; users see ``str()`` unchanged.

    ``reason`` is the same without the source's name, to group sources with the same reason.
    """

    def __init__(self, sentence: str = "", *, reason: str = "") -> None:
        if len(sentence) > LONGEST:
            sentence = f"{sentence[: LONGEST - 1]}…"
        super().__init__(sentence)
        self.reason = reason or sentence
        self.part_of = ""
        """The id of the change, if it affected some of its files before this error; else empty."""
        self.file = ""
        """The name of the source whose file it concerns, if that is known."""
        self.before = ""
        """The beginning of the sentence that says what was done before it; often empty."""


class VaultError(SluiceError):
    """The folder is missing, is not a folder or cannot be read."""


class StorageError(SluiceError):
    """A file could not be read or written; it is unchanged."""


class HeaderError(SluiceError):
    """A header is not valid YAML. ``line`` is the line in the file, counted from 1."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


class RepairRefused(SluiceError):
    """A broken header has no safe repair. ``line`` is the line in the file, counted from 1."""

    def __init__(self, sentence: str, line: int = 1, *, reason: str = "", brief: str = "") -> None:
        """``brief`` is the sentence for a narrow line: what helps, without title and cause."""
        super().__init__(sentence, reason=reason)
        self.line = line
        self.brief = brief


class EditRefused(SluiceError):
    """A field cannot be changed without risk to the rest of the file."""


class Conflict(SluiceError):
    """Someone else has changed the field since it was read."""


class ValueRefused(SluiceError):
    """A value does not fit its field."""


class NothingSuggested(SluiceError):
    """No suggestion is both sure and new; the sentence says why."""


class NothingProposed(SluiceError):
    """There is no proposal to answer; the sentence says for which source."""


class SampleRefused(SluiceError):
    """Too many of a group could be wrong to accept it by a sample."""


class MoveRefused(SluiceError):
    """The schema does not allow the status move."""


class SchemaError(SluiceError):
    """``sluice.yaml`` is invalid; ``named`` is the text in it that is wrong, to find its line."""

    def __init__(self, sentence: str, named: object = None) -> None:
        super().__init__(sentence)
        self.named = named


class NoSuchStatus(SluiceError):
    """No field can be the status, or the one that the user named cannot."""


class OnlyLooking(SluiceError):
    """A folder is only looked at, and a file would be changed."""


class OrderUnknown(SluiceError):
    """The words of a folder do not say in which order a note goes through its statuses."""


class UnknownSource(SluiceError):
    """A reference matches no source."""


class AddressTaken(SluiceError):
    """The vault already has the address's page, as the source called ``name``."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.name = name


class AmbiguousSource(SluiceError):
    """A reference matches several sources; the sentence lists them."""


class QueryError(SluiceError):
    """A query's filter is invalid; the sentence says what would be valid."""


class JournalError(SluiceError):
    """The undo journal cannot be read or written."""


class GitFailed(SluiceError):
    """git did not answer; the sentence, which ends in the middle, says why."""


class NothingToUndo(SluiceError):
    """There is no change left to undo or redo."""


class ThemeError(SluiceError):
    """A theme file is invalid; the sentence names the line."""


class SettingsError(SluiceError):
    """The config file has an invalid setting."""


class CommandFailed(SluiceError):
    """The user's own command could not run; the sentence says why."""


class NoProgram(SluiceError):
    """A program is not installed, or its name depends on the current folder.

    The sentence is only the second half: the caller puts the failed action before it.
    """


class NotOpened(SluiceError):
    """No browser opened the address; the sentence says why."""


class OutputLost(SluiceError):
    """A command's output could not be written to stdout."""


class Stopped(SluiceError):
    """The user stopped a long operation."""
