"""What every command does, bound to the objects it needs: a file a group.

A function gives the actions of its group by the commands' ids.
"""

from collections.abc import Callable

Actions = dict[str, Callable[[], object]]
"""What commands do, by their ids."""
Refusals = dict[str, Callable[[], str | None]]
"""Why commands cannot run now, by their ids: a sentence, or None when they can."""
