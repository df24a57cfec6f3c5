from tui.checks import check_vault, problem_of


def test_the_gravest_problem_of_a_source_is_reported(schema, read):
    tell = problem_of(schema)
    assert tell(read("id: a\nstatus: raw\nsignal_tier: x\ntopics: a")).startswith("signal_tier is")
    assert "line 2" in tell(read('title: ""a" b"\nsignal_tier: x'))


def test_a_source_in_order_has_no_problem(schema, read):
    assert problem_of(schema)(read("id: a\nstatus: raw\nkey_insights: []")) is None


def test_what_two_sources_share_is_no_problem_of_one(schema, read):
    tell = problem_of(schema)
    sources = [read("id: a\nstatus: raw", name) for name in ("SOURCE-a.md", "SOURCE-b.md")]
    assert [tell(source) for source in sources] == [None, None]
    assert [finding.check for finding in check_vault(schema, sources)] == ["shared_id"] * 2


def test_findings_come_source_by_source_and_gravest_first(schema, read):
    sources = [
        read("id: a\nstatus: raw\ntopics: x\nsignal_tier: y", "SOURCE-b.md"),
        read("status: raw", "SOURCE-c.md"),
        read("id: a\nstatus: raw", "SOURCE-d.md"),
    ]
    assert [(finding.name, finding.check) for finding in check_vault(schema, sources)] == [
        ("SOURCE-b.md", "unknown_value"),
        ("SOURCE-b.md", "text_for_list"),
        ("SOURCE-b.md", "shared_id"),
        ("SOURCE-c.md", "missing_field"),
        ("SOURCE-d.md", "shared_id"),
    ]


def test_an_empty_vault_has_no_findings(schema):
    assert check_vault(schema, []) == []
