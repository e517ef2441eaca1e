"""Which column means what: words of the header, checked against the values, one meaning to one column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clientarium.core.ground import N_, Message
from clientarium.core.intake.evidence import Evidence, evidence_of
from clientarium.core.intake.meanings import KINDS, MEANINGS, Meaning, repeatable_meanings
from clientarium.core.intake.values import Problem, read_number
from clientarium.core.intake.words import SURE, header_scores

# Below this a guess is not shown as an answer, only among the alternatives.
LEAST = 0.4
# Two columns closer than this compete: a person chooses.
EQUAL = 0.04
_NEARLY = 0.2
_SAMPLES = 5
_MOST = 0.8
# A header's word against values of another type is worth this share of itself: little, unless there are few values
# or some of them do agree, when they may simply be wrong.
_CONTRADICTED = 0.2
_DOUBTED = 0.6
_FEW_VALUES = 5
_HALF = 0.5
# «Код» beside «Товар» is the code of the product, beside «Клиент» that of the client.
_NEIGHBOUR = 0.1
_NEIGHBOURS = {"product": ("product_name",), "client_code": ("client",)}
# What is called by a bare number is called by its code.
_NAMES = frozenset({"client", "product_name"})
_BY_VALUES = {"date": ("date", 0.65), "inn": ("inn", 0.85), "email": ("emails", 0.85), "phone": ("phones", 0.6)}


@dataclass(frozen=True)
class ColumnGuess:
    """One column as understood; `alternatives` are (meaning, confidence), best first."""

    index: int
    header: str
    meaning: str | None
    confidence: float
    samples: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...] = ()
    doubt: Message | None = None


@dataclass(frozen=True)
class Guess:
    """All columns for one kind.

    `rivals` are (meaning, header chosen, header passed over) that were equally good;
    `ambiguous` are (header, meaning chosen, meaning passed over) nothing decides between.
    """

    kind: str
    columns: tuple[ColumnGuess, ...]
    rivals: tuple[tuple[str, str, str], ...]
    ambiguous: tuple[tuple[str, str, str], ...] = ()

    def header_of(self, *meanings: str) -> str | None:
        return next(
            (column.header for meaning in meanings for column in self.columns if column.meaning == meaning), None
        )

    @property
    def meanings(self) -> frozenset[str]:
        return frozenset(column.meaning for column in self.columns if column.meaning)


def guess_columns(
    headers: Sequence[str], cells: Sequence[Sequence[str]], *, kind: str, evidence: Sequence[Evidence] | None = None
) -> Guess:
    """Return a guess for every column; `cells` are sample values by column."""
    proofs = evidence or [evidence_of(column) for column in cells]
    scores = [_scores(header, proof, kind=kind) for header, proof in zip(headers, proofs, strict=True)]
    _lean_on_neighbours(scores)
    chosen, rivals = _assign(scores, kind=kind)
    columns = tuple(
        ColumnGuess(
            index=index,
            header=header,
            meaning=chosen.get(index),
            confidence=round(scores[index].get(chosen.get(index, ""), 0.0), 2),
            samples=tuple(dict.fromkeys(cell.strip() for cell in cells[index] if cell.strip()))[:_SAMPLES],
            alternatives=_alternatives(scores[index], chosen.get(index)),
            doubt=_doubt(headers, proofs[index], kind=kind, index=index, meaning=chosen.get(index), rivals=rivals),
        )
        for index, header in enumerate(headers)
    )
    named = tuple((meaning, headers[one], headers[two]) for meaning, one, two in rivals)
    return Guess(kind, columns, named, tuple(_ambiguous(columns, chosen)))


def _scores(header: str, proof: Evidence, *, kind: str) -> dict[str, float]:
    known = {meaning.name: meaning for meaning in MEANINGS[kind]}
    scores = {name: score * _fit(known[name], proof) for name, score in header_scores(header, kind=kind).items()}
    if max(scores.values(), default=0.0) < LEAST:
        for type_name, (name, confidence) in _BY_VALUES.items():
            if (
                name in known
                and proof.filled
                and getattr(proof, type_name) >= _MOST
                and not _is_serial_like(name, proof)
            ):
                scores[name] = max(scores.get(name, 0.0), confidence)
    return scores


def _is_serial_like(name: str, proof: Evidence) -> bool:
    """Bare five-figure numbers read as Excel days too; without a header saying so they are no dates."""
    return name == "date" and proof.number >= _MOST


def _fit(meaning: Meaning, proof: Evidence) -> float:
    """1 where half the values or more agree with the type, less where they contradict it."""
    if meaning.name in _NAMES and proof.number >= _MOST:
        return _HALF
    if not proof.filled or meaning.type in ("text", "inn", "kpp", "phone", "email"):
        return 1.0
    share = getattr(proof, meaning.type)
    if share >= _HALF:
        return 1.0
    return _DOUBTED if share or proof.filled < _FEW_VALUES else _CONTRADICTED


def _lean_on_neighbours(scores: list[dict[str, float]]) -> None:
    best = [max(one, key=lambda name: one[name]) if one else "" for one in scores]
    for index, one in enumerate(scores):
        for name, partners in _NEIGHBOURS.items():
            beside = best[max(index - 1, 0) : index] + best[index + 1 : index + 2]
            if name in one and one[name] < 1 - _NEIGHBOUR and any(partner in beside for partner in partners):
                one[name] += _NEIGHBOUR


def _assign(scores: list[dict[str, float]], *, kind: str) -> tuple[dict[int, str], list[tuple[str, int, int]]]:
    """Give meanings to columns, the surest pair first; note where another column was as good."""
    free = repeatable_meanings(kind)
    pairs = sorted(
        ((score, -index, name) for index, one in enumerate(scores) for name, score in one.items() if score >= LEAST),
        reverse=True,
    )
    chosen: dict[int, str] = {}
    holders: dict[str, int] = {}
    passed: list[tuple[str, int, int]] = []
    for score, negative, name in pairs:
        index = -negative
        if index in chosen:
            continue
        if name in free or name not in holders:
            chosen[index], holders[name] = name, index
        elif scores[holders[name]][name] - score < EQUAL:
            passed.append((name, holders[name], index))
    rivals = [(name, one, two) for name, one, two in passed if not _is_content(scores[two], name, chosen.get(two))]
    for _, _, two in rivals:
        chosen.pop(two, None)
    return chosen, rivals


def _is_content(scores: Mapping[str, float], lost: str, found: str | None) -> bool:
    """True when a column that lost a meaning has found another nearly as good."""
    return found is not None and scores[found] >= scores[lost] - _NEARLY


def _alternatives(scores: Mapping[str, float], chosen: str | None) -> tuple[tuple[str, float], ...]:
    ordered = sorted(scores.items(), key=lambda one: -one[1])
    return tuple((name, round(score, 2)) for name, score in ordered if name != chosen and score >= LEAST / 2)


def _ambiguous(columns: Sequence[ColumnGuess], chosen: Mapping[int, str]) -> Iterator[tuple[str, str, str]]:
    """Columns with a second meaning as good as the chosen one, which no other column has."""
    taken = set(chosen.values())
    for column in columns:
        for name, score in column.alternatives[:1]:
            if column.meaning and name not in taken and name != "ignore" and abs(column.confidence - score) < EQUAL / 2:
                yield column.header, column.meaning, name


def _doubt(
    headers: Sequence[str],
    proof: Evidence,
    *,
    kind: str,
    index: int,
    meaning: str | None,
    rivals: list[tuple[str, int, int]],
) -> Message | None:
    for name, one, two in rivals:
        if index in (one, two):
            other = headers[two if index == one else one]
            return Message(
                N_("“%(other)s” could have the same meaning (%(meaning)s)."), {"other": other, "meaning": name}
            )
    if meaning and meaning != "ignore" and proof.filled:
        type_name = next(one.type for one in MEANINGS[kind] if one.name == meaning)
        if type_name in ("date", "number") and getattr(proof, type_name) < 1:
            share = round(100 * (1 - getattr(proof, type_name)))
            return Message(N_("%(share)s %% of its values do not read as expected."), {"share": max(share, 1)})
    return None


# What makes a file of a kind: each set needs one of its meanings.
NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    "sales": (frozenset({"date"}), frozenset({"client", "client_code"})),
    "clients": (frozenset({"client", "client_code"}),),
    "products": (frozenset({"product", "product_name"}),),
    "sellers": (frozenset({"seller"}),),
    "touches": (frozenset({"date"}), frozenset({"client", "client_code"})),
    "payments": (frozenset({"amount"}), frozenset({"client", "client_code"}), frozenset({"paid_on", "due_on"})),
}
# What tells a kind from its neighbours when the needed meanings alone would do for several.
_TELLING: dict[str, frozenset[str]] = {
    "sales": frozenset({"date", "revenue", "quantity", "price"}),
    "clients": frozenset({"inn", "kpp", "phones", "emails", "city", "segment", "client"}),
    "products": frozenset({"product_group", "unit", "product_name"}),
    "sellers": frozenset({"department", "started_on", "left_on"}),
    "touches": frozenset({"minutes", "touch_kind", "direction", "touch_id"}),
    "payments": frozenset({"paid_on", "due_on"}),
}
_UNMET = 3.0
_USUAL_WEIGHT = 0.9
_USUAL = {"sales": 0.6, "clients": 0.3}


def guess_kind(headers: Sequence[str], cells: Sequence[Sequence[str]], *, has_months: bool) -> Guess:
    """Return the guess for the kind of file the columns fit best; months across the columns make it sales."""
    proofs = [evidence_of(column) for column in cells]
    guesses = [guess_columns(headers, cells, kind=kind, evidence=proofs) for kind in KINDS]
    return guesses[0] if has_months else max(guesses, key=_kind_score)


def _kind_score(guess: Guess) -> float:
    sure = {
        column.meaning: column.confidence
        for column in guess.columns
        if column.meaning not in (None, "ignore") and column.confidence >= SURE
    }
    unmet = sum(1 for needed in NEEDED[guess.kind] if not needed & set(sure))
    untold = 0 if _TELLING[guess.kind] & set(sure) else 1
    untold += guess.kind == "sales" and _has_unexplained_numbers(guess)
    foreign = bool(_clients_among(guess))
    return sum(sure.values()) + _USUAL.get(guess.kind, 0.0) - _UNMET * (unmet + untold) - _UNMET * foreign


def _has_unexplained_numbers(guess: Guess) -> bool:
    """True for a table with dates and clients but numbers that are no amounts: a register of shops, say."""
    if guess.meanings & {"revenue", "price", "quantity"}:
        return False
    return any(
        column.samples and all(not isinstance(read_number(cell, "."), Problem) for cell in column.samples)
        for column in guess.columns
        if column.meaning is None
    )


def _clients_among(guess: Guess) -> set[str]:
    """Return meanings of clients that a table of products or sellers has no place for, by its headers."""
    if guess.kind not in ("products", "sellers"):
        return set()
    scores = [header_scores(column.header, kind="sales") for column in guess.columns]
    return {name for one in scores for name in ("client", "client_code", "inn") if one.get(name, 0.0) > _USUAL_WEIGHT}
