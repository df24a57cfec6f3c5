"""A part of an object is made once, even if several threads ask for it at the same time."""

from threading import Barrier, Event, Thread

from tui.once import once


class Whole:
    """Has a part, and one that asks for it."""

    def __init__(self):
        self.made = []
        self.go_on = Event()

    @once
    def part(self):
        """A part."""
        self.made.append("part")
        self.go_on.wait(0.1)
        return object()

    @once
    def other(self):
        """Asks for the part."""
        return [self.part]


def test_several_threads_get_the_same_part():
    whole, begun, found = Whole(), Barrier(4), []

    def ask():
        begun.wait(5)
        found.append(whole.other[0])

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert whole.made == ["part"]
    assert found == [whole.part] * 4
    assert Whole.part.__doc__ == "A part."
