"""How tangled the code is, as figures that may only fall.

A figure that has fallen is lowered here in the same commit, so that it cannot rise again.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXTUAL = Path(str(find_spec("textual").origin)).parent  # type: ignore[union-attr]
SCREEN = "TriageScreen"


def trees(package: Path) -> dict[str, ast.Module]:
    """The files of a package, parsed, by the names of their modules."""
    names = {
        path: ".".join(path.relative_to(package.parent).with_suffix("").parts)
        for path in package.rglob("*.py")
    }
    return {
        name.removesuffix(".__init__"): ast.parse(path.read_text(encoding="utf-8"))
        for path, name in names.items()
    }


OURS = trees(ROOT / "tui")


def owner(asked: str) -> str:
    """The module of ours that an imported name is or comes from; empty if it is not ours."""
    parts = asked.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in OURS), "")


def imports(name: str) -> set[str]:
    """The modules of ours that one imports, for types and inside functions too."""
    found = set()
    for node in ast.walk(OURS[name]):
        asked: list[str] = []
        if isinstance(node, ast.Import):
            asked = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            asked = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found |= {owner(module) for module in asked}
    return found - {"", "tui", name}


def reachable(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    """The modules that one leads to, directly or not."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def in_circles() -> set[str]:
    """The modules that lead back to themselves."""
    graph = {name: imports(name) for name in OURS}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return {name for name in graph if name in reachable(name, graph)}
    return set()


def annotations(tree: ast.Module) -> Iterator[ast.expr]:
    """What the parameters of a module's functions are typed with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation:
            yield node.annotation


def private_names(tree: ast.Module, *, defined: bool) -> set[str]:
    """The names with a leading underscore that a module defines or uses on objects."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if not defined or isinstance(node.ctx, ast.Store):
                names.add(node.attr)
        elif defined and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif defined and isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def test_no_more_files_are_in_circles_of_imports():
    assert len(in_circles()) == 51


def test_no_more_files_know_the_screen():
    knowing = [name for name, tree in OURS.items() if SCREEN in ast.dump(tree)]
    assert len(knowing) == 40


def test_no_more_parameters_are_typed_with_the_screen():
    typed = [one for tree in OURS.values() for one in annotations(tree) if SCREEN in ast.dump(one)]
    assert len(typed) == 122


def test_no_more_private_names_of_textual_are_used():
    theirs = set().union(*(private_names(t, defined=True) for t in trees(TEXTUAL).values()))
    ours = set().union(*(private_names(t, defined=True) for t in OURS.values()))
    uses: dict[str, set[str]] = defaultdict(set)
    for name, tree in OURS.items():
        for used in private_names(tree, defined=False) & theirs - ours:
            uses[used].add(name)
    assert len(uses) == 14, uses
