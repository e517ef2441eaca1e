"""The protocol of a review as a document: what came of the last decisions, the answers, what is decided now."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clientarium.decisions.people import User
from clientarium.decisions.reviews import (
    AnswerRead,
    DecisionLine,
    Kind,
    Question,
    Review,
    answers_read,
    decisions_visible_to,
    lines_of,
    previous_of,
    releases_since,
    results_of,
)
from clientarium.interfaces.web import figures
from clientarium.interfaces.web.paper import Block, Document, Points, Section, Table, Text
from clientarium.interfaces.web.review_words import (
    MISSING,
    line_reason,
    money_titles,
    question_about,
    release_words,
    result_words,
    review_title,
)

CLIENTS_TOLD = 10
NOTHING = "—"
CHANGES = (Question.STRONGER, Question.WEAKER)


def protocol(review: Review, *, by: User, language: str) -> Document:
    """Everything the review looked at and decided; the figures are those of its own day."""
    now = lines_of(list(decisions_visible_to(by).filter(review=review).order_by("pk")), by=by)
    sections = [_last_time(review, by=by, language=language)]
    if review.kind == Kind.BASE:
        sections += [_answer(read, review, now, language) for read in answers_read(review, by=by)]
    else:
        sections.append(_session(review, language))
    sections.append(_decided(now, language))
    if review.summary:
        sections.append(Section("summary", _("Summary"), (Text(review.summary),)))
    about = _("By the data of %(day)s, version %(version)s of the facts. Opened by %(who)s.") % {
        "day": f"{review.as_of:%d.%m.%Y}",
        "version": review.ledger_version,
        "who": review.opened_by or NOTHING,
    }
    return Document(_("Protocol. %s") % review_title(review), about, tuple(sections))


def state_line(review: Review) -> str:
    """Whether the protocol stands."""
    if review.closed_on is None:
        return _("draft: the review is not closed yet")
    words = {"day": f"{review.closed_on:%d.%m.%Y}", "who": review.closed_by or NOTHING}
    return _("closed on %(day)s by %(who)s") % words


def _last_time(review: Review, *, by: User, language: str) -> Section:
    title = _("What was decided last time and what came of it")
    blocks = (*_decided_before(review, by=by, language=language), *_released(review, by=by, language=language))
    return Section("before", title, blocks)


def _decided_before(review: Review, *, by: User, language: str) -> tuple[Block, ...]:
    before = previous_of(review)
    if before is None:
        return (Text(_("This is the first review: there is nothing to look back at.")),)
    found = list(decisions_visible_to(by).filter(review=before).order_by("pk"))
    lines = results_of(lines_of(found, by=by), by=by, until=review.as_of)
    if not lines:
        return (Text(_("The review before ended without decisions.")),)
    rows = tuple(
        (
            line.decision.text,
            str(line.decision.owner),
            f"{line.decision.due_on:%d.%m.%Y}",
            _ended(line),
            _effect(line, language),
        )
        for line in lines
    )
    head = (_("Decision"), _("Who"), _("By"), _("How it stands"), _("Facts of its clients"))
    return (Text(done_words(lines)), Table(head, rows, (30, 16, 12, 20, 22)))


def _released(review: Review, *, by: User, language: str) -> tuple[Block, ...]:
    """Releases since the review before, measured against clients like theirs."""
    points = tuple(
        f"{one.release.title} ({one.release.owner}): {release_words(one, language=language)}"
        for one in releases_since(review, by=by)
    )
    return (Text(heading=_("Releases since then")), Points(points)) if points else ()


def done_words(lines: Sequence[DecisionLine]) -> str:
    """How many of the decisions are carried out."""
    done = sum(line.decision.state == "done" for line in lines)
    late = sum(line.is_late for line in lines)
    text = ngettext(
        "Of %(n)s decision %(done)s is carried out", "Of %(n)s decisions %(done)s are carried out", len(lines)
    ) % {"n": len(lines), "done": done}
    behind = _("%s late") % late
    return f"{text}, {behind}." if late else f"{text}."


def _ended(line: DecisionLine) -> str:
    decision = line.decision
    state = str(decision.get_state_display())
    return f"{state}: {decision.outcome}" if decision.outcome else (_("late") if line.is_late else state)


def _effect(line: DecisionLine, language: str) -> str:
    told = result_words(line, language=language)
    expected = line.decision.expected_effect
    if expected is None:
        return told or NOTHING
    hoped = _("expected %s a year") % figures.money(expected, language=language)
    return f"{hoped}; {told}" if told else hoped


def _answer(read: AnswerRead, review: Review, decided: Sequence[DecisionLine], language: str) -> Section:
    answer = read.answer
    return Section(
        answer.question, str(Question(answer.question).label), tuple(_blocks(read, review, decided, language))
    )


def _blocks(read: AnswerRead, review: Review, decided: Sequence[DecisionLine], language: str) -> Iterator[Block]:
    answer, question = read.answer, read.answer.question
    yield Text(question_about(question, review))
    for word in answer.missing:
        yield Text(MISSING[word]())
    rows = tuple(
        (
            one.line.name,
            one.line.grade or NOTHING,
            (figures.signed_money if question in CHANGES else figures.money)(one.line.money, language=language),
            line_reason(one.line, question=question, language=language),
        )
        for one in read.lines
    )
    if rows:
        head = (_("Client"), _("Category"), money_titles(review.measure)[question], _("Why"))
        yield Table(head, rows, (30, 13, 15, 42), right=(2,))
        if read.more > 0:
            yield Text(_("And %s more.") % figures.number(read.more, language=language))
    else:
        yield Text(_("Nobody."))
    if answer.note:
        yield Text(answer.note, heading=_("What was said"))
    told = tuple(_decision_line(line) for line in decided if line.decision.question == question)
    if told:
        yield Text(heading=_("Decided"))
        yield Points(told)


def _decision_line(line: DecisionLine) -> str:
    words = {"text": line.decision.text, "who": line.decision.owner, "day": f"{line.decision.due_on:%d.%m.%Y}"}
    return _("%(text)s — %(who)s, by %(day)s") % words


def _session(review: Review, language: str) -> Section:
    facts = review.facts
    points = [
        _("Waited at the opening: %(n)s, with a margin of %(money)s.")
        % {
            "n": figures.number(facts.get("waiting") or 0, language=language),
            "money": figures.money(float(facts.get("money") or 0), language=language),
        }
    ]
    if "confirmed" in facts:
        points.append(
            _("Confirmed: %(confirmed)s; decided otherwise: %(overridden)s; left as it was: %(dismissed)s.") % facts
        )
    return Section("session", _("Categories"), (Points(tuple(points)),))


def _decided(lines: Sequence[DecisionLine], language: str) -> Section:
    title = _("Decisions")
    if not lines:
        return Section("decisions", title, (Text(_("Nothing is decided.")),))
    rows = tuple(
        (
            str(number),
            line.decision.text,
            str(line.decision.owner),
            f"{line.decision.due_on:%d.%m.%Y}",
            figures.money(line.decision.expected_effect, language=language),
            ", ".join(one.name for one in line.clients[:CLIENTS_TOLD]) or NOTHING,
        )
        for number, line in enumerate(lines, start=1)
    )
    head = (_("No."), _("Decision"), _("Who"), _("By"), _("Expected a year"), _("Clients"))
    return Section("decisions", title, (Table(head, rows, (6, 32, 16, 12, 12, 22), right=(4,)),))
