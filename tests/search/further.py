"""More kinds of half-remembered queries: uneven beginnings, what is said wrong, scripts and signs.

The real sources are asked for as in ``half_remembered``. What they lack is asked of made ones:
guests, scripts that run words together, letters with a stroke, words of which a sign is a part.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from tests.search.half_remembered import LETTERS, SMALL_WORDS, Question
from tests.search.made import source
from tests.search.misremembered import Maker, Name, Names, asked
from tui.search.fold import words
from tui.vault.source import Source

PLATFORMS = ("youtube", "podcast", "substack", "newsletter", "arxiv", "paper", "reddit", "course")
SYNONYMS = {
    "agent": "bot", "agents": "assistants", "build": "make", "building": "making",
    "fast": "quick", "guide": "handbook", "code": "program", "coding": "programming",
    "company": "firm", "big": "large", "small": "little", "new": "recent", "future": "tomorrow",
    "work": "job", "explains": "describes", "describes": "tells", "argues": "claims",
    "shows": "presents", "discusses": "debates", "creates": "makes", "uses": "employs",
    "using": "with", "use": "apply", "simple": "easy", "powerful": "strong", "method": "way",
    "technique": "trick", "tool": "utility", "tools": "utilities", "model": "network",
    "models": "networks", "research": "science", "business": "trade", "learn": "study",
    "learning": "training", "write": "compose", "important": "vital", "problem": "trouble",
    "improve": "better", "free": "gratis", "design": "drawing", "human": "person",
    "people": "folk", "money": "cash", "image": "picture", "video": "film", "error": "mistake",
    "test": "trial", "question": "query", "start": "begin",
}  # fmt: skip


def uneven_beginnings(names: Names, subject: Name) -> str | None:
    """Beginnings of words in a row, of any lengths, glued together."""
    count = names.rng.choice((2, 3, 3, 4))
    if len(subject.words) < count:
        return None
    start = names.rng.randrange(len(subject.words) - count + 1)
    row = subject.words[start : start + count]
    cut = [word[: names.rng.randrange(2, 6)] for word in row]
    if not all(map(str.isascii, cut)) or not 6 <= sum(map(len, cut)) <= 13:
        return None
    return "".join(cut) if names.tells(subject, cut, whole=False) else None


def two_letters_each(names: Names, subject: Name) -> str | None:
    """Two letters or so of each of several words in a row."""
    count = names.rng.choice((3, 4, 5))
    if len(subject.words) < count:
        return None
    start = names.rng.randrange(len(subject.words) - count + 1)
    row = subject.words[start : start + count]
    cut = [word[: names.rng.choice((2, 2, 2, 3))] for word in row]
    return " ".join(cut) if names.tells(subject, cut, whole=False) else None


def telling_initials(names: Names, subject: Name) -> str | None:
    """First letters without the small words."""
    telling = [word for word in subject.words if word not in SMALL_WORDS]
    made = "".join(word[0] for word in telling)[: names.rng.randrange(4, 8)]
    others = (other for other in names.all if other.name != subject.name)
    firsts = ("".join(w[0] for w in o.words if w not in SMALL_WORDS) for o in others)
    return made if len(made) > 3 and not any(made in first for first in firsts) else None


def initials_and_word(names: Names, subject: Name) -> str | None:
    made = subject.firsts[:3]
    rest = [word for word in subject.words[3:] if len(word) > 5]
    if len(made) < 3 or not made.isascii() or not rest:
        return None
    word = names.rng.choice(rest)
    others = (other for other in names.all if other.name != subject.name)
    return None if any(word in o.every for o in others) else f"{made} {word}"


def piece_of_an_address(names: Names, subject: Name) -> str | None:
    tail = subject.source.text("url").rstrip("/").rpartition("/")[2].rpartition("=")[2]
    if len(tail) < 10:
        return None
    start = names.rng.randrange(len(tail) - 7)
    piece = tail[start : start + names.rng.randrange(6, 9)]
    urls = (o.source.text("url").lower() for o in names.all if o.name != subject.name)
    return piece if piece.isalnum() and not any(piece.lower() in url for url in urls) else None


def paraphrase(names: Names, subject: Name) -> str | None:
    """A word of the synopsis as it is, one inflected and one replaced by another that means it."""
    content = [w for w in words(subject.source.text("synopsis")) if w not in SMALL_WORDS]
    content = [w for w in dict.fromkeys(content) if len(w) > 3 and w.isascii() and w.isalpha()]
    replaced = [SYNONYMS[w] for w in content if w in SYNONYMS]
    plain = [w for w in content if w not in SYNONYMS]
    if not replaced or len(plain) < 2:
        return None
    kept = names.rng.sample(plain, 2)
    for other in names.all:
        if other is not subject and set(kept) <= other.every | said(other.source.text("synopsis")):
            return None
    kept[0] = kept[0][:-1] if kept[0].endswith("s") else kept[0] + "s"
    return " ".join([*kept, names.rng.choice(replaced)])


@cache
def said(synopsis: str) -> frozenset[str]:
    return frozenset(words(synopsis))


def wrong_platform(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 4)
    wrong = [p for p in PLATFORMS if p != subject.source.text("platform")]
    return " ".join([*chosen, names.rng.choice(wrong)]) if chosen else None


def wrong_creator(names: Names, subject: Name) -> str | None:
    chosen = names.row(subject, 4)
    others = words(names.rng.choice(names.all).source.text("creator"))
    wrong = [w for w in others if len(w) > 3 and w not in subject.every]
    return " ".join([wrong[0], *chosen]) if chosen and wrong else None


KINDS: dict[str, Maker] = {
    "uneven beginnings": uneven_beginnings,
    "two letters each": two_letters_each,
    "telling initials": telling_initials,
    "initials and word": initials_and_word,
    "piece of address": piece_of_an_address,
    "paraphrase": paraphrase,
    "wrong platform": wrong_platform,
    "wrong creator": wrong_creator,
}


@dataclass(frozen=True)
class Script:
    """Words of which titles are made, and how they stand in them."""

    kind: str
    said: str
    """The words, with spaces between."""
    between: str = ""
    """What stands between two words of a title."""
    typed: str = ""
    """The words as they are typed; as they are, when there are none."""
    quoted: bool = False
    asked: int | None = None
    """How many of the words are asked for, the first ones; all when it is None."""

    @property
    def words(self) -> list[str]:
        return self.said.split()


SCRIPTS = (
    Script("Chinese", "灯塔 港口 编译 模型 城市 海洋 天气 花园 历史 音乐 厨房 火车 星空 河流"),
    Script(
        "Japanese",
        "灯台 港町 みなと 料理 ロボット 天気 庭園 歴史 音楽 台所 列車 夜空 ことば 記憶",
        "の",
    ),
    Script("Korean", "등대 항구 지능 바다 날씨 정원 역사 음악 부엌 기차 별빛 언어 기억 도시", "의"),
    Script("Thai", "ประภาคาร ท่าเรือ เครื่อง ทะเล อากาศ สวน ดนตรี ครัว รถไฟ ดาว ภาษา เมือง แม่น้ำ เรียน"),
    Script(
        "strokes",
        "Łódź smørrebrød Ærø cœur ığdır Ħamrun Þingvellir straße Đurđevac garðar søndag Gdańsk",
        " ",
        "lodz smorrebrod aero coeur igdir hamrun thingvellir strasse durdevac gardar sondag gdansk",
    ),
    Script("signs", "C++ C# F# .NET A* $5 100% R&D C F net A 5 100 R D", " ", asked=8),
    Script(
        "quoted",
        "zor zorline mek mekker mekking vant vantage avant olk folk olkery olks",
        " ",
        quoted=True,
    ),
)
GUESTS = 60


def made_sources() -> list[Source]:
    """The same every time: sources in each script, and sources with guests."""
    rng = random.Random(7)
    made = []
    for script in SCRIPTS:
        for number, chosen in enumerate(rng.sample(list(combinations(script.words, 3)), 40)):
            title = script.between.join(rng.sample(chosen, 3))
            stem = f"SOURCE-2026{number:04}-{script.kind}-{number:03}"
            made.append(source(stem, title=title, notebooklm_category="general"))
    for number in range(GUESTS):
        guest = f"{_name(rng)} {_name(rng)}"
        title = f"Conversation {number} about {rng.choice(('work', 'harbors', 'sleep'))}"
        made.append(source(f"SOURCE-2027{number:04}-podcast-{number:03}", title=title, guest=guest))
    return made


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(LETTERS[i % 2 :: 2]) for i in range(rng.randrange(5, 9))).title()


def _about_made(rng: random.Random, each: int) -> Iterator[Question]:
    made = made_sources()
    for script in SCRIPTS:
        holders = defaultdict(set)
        for one in made:
            if f"-{script.kind}-" in one.stem:
                for word in script.words:
                    if word in (one.title.split() if script.between == " " else one.title):
                        holders[word].add(one.name)
        typed = dict(zip(script.words, script.typed.split() or script.words, strict=True))
        for number in range(each):
            chosen = rng.sample(script.words[: script.asked], 1 + number % 2)
            answers = frozenset.intersection(*(frozenset(holders[word]) for word in chosen))
            sign = '"' if script.quoted else ""
            if answers:
                query = " ".join(f"{sign}{typed[word]}{sign}" for word in chosen)
                yield Question(script.kind, query, answers)
    for one in rng.sample(made[-GUESTS:], min(each, GUESTS)):
        guest = one.text("guest").lower()
        yield Question("guest", rng.choice((guest, guest.split()[1])), frozenset([one.name]))


def make_questions(
    sources: Sequence[Source], seed: int, each: int, others: Sequence[Source] = ()
) -> Iterator[Question]:
    """Up to ``each`` questions of every kind; those about made sources want them in the vault."""
    names = Names(sources, [*others, *made_sources()])
    yield from asked(names, KINDS, seed, each)
    yield from _about_made(random.Random(seed), each)
