"""What each tool does: the command of that name, its JSON in pages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tui.cli.assignments import Assignment, Operator
from tui.cli.commands import browse, change, check, history, propose, stats
from tui.cli.faults import sentence_of
from tui.cli.opening import open_desk, resolve
from tui.cli.output import Captured, captured, to_json
from tui.cli.tools.catalogue import NOTICE, TOOLS, Tool
from tui.cli.tools.kinds import read_arguments
from tui.cli.tools.sizes import MOST_CHARACTERS, PART, fitted, page_of, part_of
from tui.display import clean, listed, short
from tui.errors import ValueRefused
from tui.triage.changes import archive, promote
from tui.triage.planned import Make
from tui.triage.status import status_of
from tui.vault.writing.prove import changed_fields

_CUT = "Some texts or lists are shortened; show has them in parts."
_CUT_FIELDS = "Some fields are shortened; field reads one in parts."
_MOST_WORDS = 50
"""Most sentences of one answer."""
_LONGEST_SENTENCE = 2_000
_SAME = Namespace(json=True, yes=True, dry_run=False, query=None, from_stdin=False)
"""How every command is run."""


class Answer(NamedTuple):
    """What a tool answers."""

    data: dict[str, Any]
    """Everything under ``from_files`` comes from the vault."""
    sentence: str = ""
    """Why it was refused or failed; else empty."""

    @property
    def texts(self) -> list[str]:
        """The sentence, if there is one, then the data as JSON; no character in them can hide."""
        return [*filter(None, [self.sentence]), to_json(self.data)]


Arguments = Mapping[str, Any]


class _Call(NamedTuple):
    """One call of a tool."""

    root: Path
    asked: Arguments
    out: Captured
    """What its commands print."""

    def run(self, command: Callable[[Namespace], int], **asked: Any) -> int:
        """Run a command on the vault, and give its exit code. Raises what the command raises."""
        # Each opens the vault itself, so that an answer is never older than the files.
        request = Namespace(**vars(_SAME))
        vars(request).update(asked, vault=str(self.root), command=command.__name__[4:])
        return command(request)

    def needed(self, limit: int) -> int:
        """How many objects a page needs, and one more to know whether it is the last."""
        return int(self.asked.get("offset", 0)) + int(self.asked.get("limit", limit)) + 1

    def page(self, what: str, limit: int) -> Answer:
        """The answer with the objects of one page."""
        page = page_of(
            self.out.objects, self.asked.get("offset", 0), self.asked.get("limit", limit)
        )
        held = {what: page.objects, "next_offset": page.next_offset}
        return _answer(held, [*self.out.words, *([_CUT] if page.is_cut else [])])

    def told(self, what: str, code: int = 0) -> Answer:
        """The answer with what was done to each source; refused if nothing was."""
        page = page_of(self.out.objects, 0, len(self.out.objects))
        is_cut = page.is_cut or page.next_offset is not None
        refused = [each["refused"] for each in self.out.objects if each.get("refused")]
        is_refused = code != 0 and len(refused) == len(self.out.objects)
        words = [*self.out.words, *([_CUT] if is_cut else [])]
        return _answer({what: page.objects}, words, " ".join(refused[:5]) if is_refused else "")


def answer(root: Path, name: str, given: Arguments, client: str) -> Answer:
    """The answer of a tool; ``client`` is the name of who asks. Raises nothing."""
    with captured() as out:
        try:
            tool = _tool(name)
            kinds = {name: each.kind for name, each in tool.arguments.items()}
            asked = read_arguments(kinds, tool.required, given)
            if tool.is_writing:
                asked = {"by": client, **asked}
            return _ANSWERS[name](_Call(root, asked, out))
        except Exception as error:
            return _answer({}, out.words, sentence_of(error))


def _tool(name: str) -> Tool:
    if name not in TOOLS:
        raise ValueRefused(f"There is no tool {short(name)}; use {listed(list(TOOLS), ' or ')}.")
    return TOOLS[name]


def _answer(held: Arguments, words: Sequence[str], sentence: str = "") -> Answer:
    notes = [_sentence(each) for each in words[:_MOST_WORDS]]
    if len(words) > _MOST_WORDS:
        notes.append(f"and {len(words) - _MOST_WORDS:,} more")
    sentence = _sentence(sentence)
    return Answer({"notice": NOTICE, "from_files": {**held, "notes": notes}}, sentence)


def _sentence(text: str) -> str:
    return clean(text, _LONGEST_SENTENCE)


# Looking


def _find(call: _Call) -> Answer:
    query = call.asked["query"]
    if not query.strip():
        raise ValueRefused("It needs a query.")
    call.run(browse.run_find, query=query, limit=call.asked.get("limit", 10), from_stdin=False)
    page = page_of(call.out.objects[0]["hits"], 0, call.asked.get("limit", 10))
    return _answer({"hits": page.objects}, [*call.out.words, *([_CUT] if page.is_cut else [])])


def _list(call: _Call) -> Answer:
    call.run(
        browse.run_list,
        query=call.asked.get("query", ""),
        sort=call.asked.get("sort"),
        reverse=call.asked.get("reverse", False),
        limit=call.needed(50),
    )
    return call.page("sources", 50)


def _show(call: _Call) -> Answer:
    call.run(browse.run_show, reference=call.asked["ref"])
    (record,) = call.out.objects
    body = record.pop("body")
    field = call.asked.get("field")
    whole = body if field is None else _field_text(record, field)
    offset, length = call.asked.get("offset", 0), call.asked.get("length", PART)
    text, rest = part_of(whole, offset, length)
    part = {"field": field, "text": text, "length": len(whole), "next_offset": rest}
    if field is not None:
        record = {name: record[name] for name in ("path", "id", "title", "hash")}
    source, is_cut = fitted(record, MOST_CHARACTERS - length)
    return _answer(
        {"source": source, "part": part}, [*call.out.words, *([_CUT_FIELDS] if is_cut else [])]
    )


def _field_text(record: Arguments, field: str) -> str:
    fields = record["fields"]
    if field not in fields:
        names = listed(list(fields)) or "none"
        raise ValueRefused(f"The source has no field {short(field)}; its fields are {names}.")
    value = fields[field]
    return value if isinstance(value, str) else to_json(value)


def _stats(call: _Call) -> Answer:
    call.run(stats.run_stats)
    record, is_cut = fitted(call.out.objects[0])
    return _answer({"stats": record}, [*call.out.words, *([_CUT] if is_cut else [])])


def _check(call: _Call) -> Answer:
    if "refs" in call.asked and call.asked.get("query"):
        raise ValueRefused("Give refs or query, not both.")
    # Its exit code is 1 while problems are left; they are the answer, not a failure.
    call.run(
        check.run_check,
        references=call.asked.get("refs", ()),
        query=call.asked.get("query", ""),
        fix=False,
        keep=None,
        limit=call.needed(50),
    )
    return call.page("problems", 50)


def _log(call: _Call) -> Answer:
    if "ref" in call.asked and call.asked.get("query"):
        raise ValueRefused("Give ref or query, not both.")
    call.run(
        history.run_log,
        reference=call.asked.get("ref"),
        query=call.asked.get("query", ""),
        by=call.asked.get("by"),
        today=call.asked.get("today", False),
        reverse=False,
        limit=call.needed(20),
    )
    return call.page("changes", 20)


# Proposing and changing


def _propose(call: _Call) -> Answer:
    call.run(propose.run_propose, **_terms(call), **_assigned(call))
    return call.told("proposals")


def _set(call: _Call) -> Answer:
    if not call.asked.get("decide"):
        return _propose(call)
    code = call.run(change.run_set, **_terms(call), **_assigned(call))
    return call.told("changes", code)


def _promote(call: _Call) -> Answer:
    to = call.asked.get("to")
    if not call.asked.get("decide"):
        return _propose_moves(call, partial(promote, today=date.today(), to=to))
    return call.told("changes", call.run(change.run_promote, **_terms(call), to=to))


def _archive(call: _Call) -> Answer:
    if not call.asked.get("decide"):
        return _propose_moves(call, partial(archive, today=date.today()))
    return call.told("changes", call.run(change.run_archive, **_terms(call)))


def _propose_moves(call: _Call, make: Make) -> Answer:
    """Propose the status that a move would give each source. Refused if one cannot move."""
    desk = open_desk(Namespace(vault=str(call.root)))
    field = desk.schema.roles.status
    by_status: dict[str, list[str]] = {}
    for source in resolve(desk, call.asked["refs"]):
        edits = make(desk.schema, [source]).edits
        after = changed_fields(source.fields, {edit.field: edit.value for edit in edits})
        status = status_of(desk.schema, source._replace(fields=after))
        by_status.setdefault(status, []).append(str(source.path))
    for status, paths in by_status.items():
        assigned = [Assignment(field, "=", status)]
        terms = {**_terms(call), "references": paths, "assignments": assigned}
        call.run(propose.run_propose, **terms)
    return call.told("proposals")


def _undo(call: _Call) -> Answer:
    change_id = call.asked.get("change", "").strip()
    call.run(history.run_undo, by=call.asked["by"], id=change_id, skip=False)
    return call.told("changes")


def _terms(call: _Call) -> dict[str, Any]:
    """The sources, what must still be true of them, who acts, and why."""
    asked = call.asked
    return {
        "references": asked["refs"],
        "conditions": list(asked.get("if", ())),
        "hashes": list(asked.get("if_hash", ())),
        "by": asked["by"],
        "why": asked.get("why", ""),
    }


def _assigned(call: _Call) -> dict[str, Any]:
    """What to do with which fields. Raises ValueRefused."""
    given = ((call.asked.get(name, ()), operator) for name, operator in _OPERATORS)
    assignments = [
        Assignment(field, operator, text) for pairs, operator in given for field, text in pairs
    ]
    if not assignments:
        raise ValueRefused("It needs values, add or remove.")
    return {"assignments": assignments}


_OPERATORS: tuple[tuple[str, Operator], ...] = (("values", "="), ("add", "+="), ("remove", "-="))
_ANSWERS: dict[str, Callable[[_Call], Answer]] = {
    "find": _find,
    "list": _list,
    "show": _show,
    "stats": _stats,
    "check": _check,
    "propose": _propose,
    "set": _set,
    "promote": _promote,
    "archive": _archive,
    "undo": _undo,
    "log": _log,
}
