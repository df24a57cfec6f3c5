"""How tangled the code is, as figures that may only fall.

A figure that has fallen is lowered here in the same commit, so that it cannot rise again.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCREEN = "TriageScreen"
PRIVATE = "tui.app.textual_private"
DOCUMENTED = {"_asdict", "_exit", "_fields", "_replace"}
"""Names of `os` and of named tuples that are public in spite of the underscore."""


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


def is_private(name: str) -> bool:
    """Whether a name is nobody's business but its owner's."""
    return name.startswith("_") and not name.endswith("__") and name not in DOCUMENTED


def private_names(tree: ast.Module, own: Collection[str] = ("self", "cls")) -> set[str]:
    """The private names that a module uses of modules and of objects other than its ``own``."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) not in own:
            names.add(node.attr)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            names.add(ast.unparse(node.args[1]).strip("'"))
        elif isinstance(node, ast.ImportFrom) and node.module:
            private = any(map(is_private, node.module.split(".")))
            names |= {f"_.{alias.name}" if private else alias.name for alias in node.names}
    return set(filter(is_private, names))


def test_no_files_are_in_circles_of_imports():
    assert in_circles() == set()


def test_no_more_files_know_the_screen():
    knowing = [name for name, tree in OURS.items() if SCREEN in ast.dump(tree)]
    assert len(knowing) == 4


def test_no_box_knows_a_screen():
    boxes = [name for name in OURS if name.startswith("tui.app.boxes.")]
    assert "tui.app.boxes.picker" in boxes
    knowing = {name: {m for m in imports(name) if "screens" in m} for name in boxes}
    assert {name for name, found in knowing.items() if found} == set()


def test_no_more_parameters_are_typed_with_the_screen():
    typed = [one for tree in OURS.values() for one in annotations(tree) if SCREEN in ast.dump(one)]
    assert len(typed) == 2


def test_one_file_uses_private_names_of_textual():
    app = {name: tree for name, tree in OURS.items() if name.startswith("tui.app.")}
    assert [name for name, tree in app.items() if private_names(tree)] == [PRIVATE]
    used = private_names(app[PRIVATE], own=())
    assert len(used) == 25, used
