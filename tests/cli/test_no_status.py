"""A source without a status has the first one, on every list and for every move."""

import json

import pytest

NAME = "SOURCE-none.md"
NOTHING = ("", "status:\n", "status: null\n", "status: ~\n", 'status: ""\n', "status: []\n",
           'status: " "\n', "status: [null]\n")  # fmt: skip
SPELT = ("status: Raw\n", "status: RAW\n", 'status: " raw "\n', "status: [Raw]\n")


@pytest.fixture(params=[*NOTHING, *SPELT])
def path(request, tmp_path, monkeypatch):
    """A source with such a line, beside one that is further."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "SOURCE-other.md").write_text("---\nid: o\nstatus: Triaged\n---\n")
    path = tmp_path / NAME
    path.write_text(f"---\nid: n\n{request.param}signal_tier: Noise\n---\nstatus: no field\n")
    return path


def names(run, *arguments):
    return [line.split("\t")[0] for line in run("list", *arguments).lines]


def test_it_is_found_listed_sorted_and_counted_as_the_first(path, run):
    assert names(run, "-q", "status:raw") == [NAME]
    assert names(run, "-q", "-status:raw") == ["SOURCE-other.md"]
    assert names(run, "-q", "st:raw tier:noise") == [NAME]
    assert names(run, "--sort", "status") == [NAME, "SOURCE-other.md"]
    assert [line.split("\t")[2] for line in run("list").lines] == ["raw", "triaged"]
    assert json.loads(run("list", "--json").lines[0])["status"] == "raw"
    told = json.loads(run("stats", "--json").out)
    assert (told["judged"], told["left"], told["no_status"]) == (1, 1, 0)
    assert [one["sources"] for one in told["statuses"]][:2] == [1, 1]
    # What the header itself says is asked for by has.
    assert (NAME in names(run, "-q", "has:status")) == ("raw" in path.read_text().lower())


@pytest.mark.parametrize("command", [["set", NAME, "status=raw"], ["promote", NAME, "--to", "raw"]])
def test_the_first_status_is_written_when_somebody_says_so(path, run, command):
    outcome = run(*command)
    assert (outcome.code, outcome.err) == (0, "status = raw (SOURCE-none)\n")
    header = path.read_text().split("---\n")[1]
    assert json.loads(run("show", NAME, "--json").out)["fields"]["status"] in ("raw", ["raw"])
    assert header.count("status") == 1
    assert path.read_text().endswith("---\nstatus: no field\n")
    before = path.read_bytes()
    assert run(*command).err == "Nothing to change: raw\n"
    assert path.read_bytes() == before
    run("undo")
    assert path.read_text().split("---\n")[1] != header


def test_it_moves_on_from_the_first(path, run):
    assert run("promote", NAME).err == "raw → triaged (SOURCE-none)\n"
    assert names(run, "-q", "status:triaged") == [NAME, "SOURCE-other.md"]
    run("undo")
    assert (
        run("promote", NAME, "--to", "archived").err == "raw → triaged → archived (SOURCE-none)\n"
    )
