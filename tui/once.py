"""Once: parts of an object that are made when they are first asked for, by whichever thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

Made = TypeVar("Made")
_MAKING = RLock()
"""Held while a part is made, which may ask for others: one lock cannot deadlock with itself."""


class once(Generic[Made]):  # noqa: N801 - a decorator
    """Makes a part once, and keeps it in the object.

    ``functools.cached_property`` lets two threads that ask at the same time make two, and then
    each goes on with its own.
    """

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[Made]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> Made: ...
    def __get__(self, owner: object | None, kind: type) -> once[Made] | Made:
        if owner is None:
            return self
        # Once it is there, Python finds it before this descriptor.
        with _MAKING:
            known: dict[str, Made] = owner.__dict__
            if self._name not in known:
                known[self._name] = self._make(owner)
            return known[self._name]
