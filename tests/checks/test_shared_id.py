from tui.checks.shared_id import shared_id


def test_each_source_of_a_shared_id_names_the_others(read):
    sources = [
        read("id: X-1", "SOURCE-a.md"),
        read("id: X-2", "SOURCE-b.md"),
        read("id: X-1", "in/SOURCE-c.md"),
    ]
    assert [(finding.name, finding.check, finding.sentence) for finding in shared_id(sources)] == [
        ("SOURCE-a.md", "shared_id", "the id X-1 is also used by in/SOURCE-c.md"),
        ("in/SOURCE-c.md", "shared_id", "the id X-1 is also used by SOURCE-a.md"),
    ]


def test_sources_without_an_id_share_none(read):
    assert list(shared_id([read("status: raw", "a.md"), read("id: ''\nstatus: raw", "b.md")])) == []
