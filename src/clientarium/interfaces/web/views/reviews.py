"""Reviews: what is due, the half-year's review with its five questions, the meeting on a big screen, the protocol."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.people import User
from clientarium.decisions.reviews import (
    AnswerRead,
    DecisionState,
    Kind,
    Question,
    Review,
    answer_lines,
    answers_read,
    can_lead_reviews,
    close_review,
    decisions_visible_to,
    lines_of,
    open_review,
    previous_of,
    releases_since,
    reopen_review,
    results_of,
    reviews_visible_to,
    write_note,
)
from clientarium.interfaces.web.context import Frame
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.paper import DOCX, docx_of, pdf_of
from clientarium.interfaces.web.review_due import due_rows, url_of
from clientarium.interfaces.web.review_page import Step, decided_rows, question_block, steps
from clientarium.interfaces.web.review_protocol import done_words, protocol, state_line
from clientarium.interfaces.web.review_words import release_words, review_title
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.views.card import language

REVIEWS_SHOWN = 30


@require_GET
@screen(can_lead_reviews)
def page(request: HttpRequest) -> HttpResponse:
    """What is due, decisions in work, reviews held."""
    found = decisions_visible_to(request.user).filter(state=DecisionState.OPEN)
    context = {
        "dues": due_rows(request.user),
        "decisions": decided_rows(lines_of(list(found), by=request.user)),
        "reviews": [
            {"review": one, "title": review_title(one), "url": url_of(one)}
            for one in reviews_visible_to(request.user)[:REVIEWS_SHOWN]
        ],
        "is_counted": Frame(request).as_of is not None,
    }
    return render(request, "reviews/page.html", context)


@require_POST
@screen(can_lead_reviews)
def begin(request: HttpRequest) -> HttpResponse:
    """Open a review; where one is under way already, it is that one."""
    kind = request.POST.get("kind", "")
    try:
        review = open_review(kind, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
        return redirect("reviews")
    return redirect(url_of(review))


@require_GET
@screen(can_lead_reviews)
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """The half-year's review: five questions with their clients, notes and decisions."""
    found = seen_review(request, review_id, kind=Kind.BASE)
    lines = lines_of(list(decisions_visible_to(request.user).filter(review=found).order_by("pk")), by=request.user)
    read = answers_read(found, by=request.user)
    context = {
        "review": found,
        "title": review_title(found),
        "questions": [question_block(one, found, lines, language=language()) for one in read],
        "decisions": decided_rows(lines),
        "others": decided_rows([line for line in lines if not line.decision.question]),
        "orphans": sum(line.is_orphan for line in lines),
    }
    return render(request, "reviews/review.html", context)


@require_GET
@screen(can_lead_reviews)
def before(request: HttpRequest, review_id: int) -> HttpResponse:
    """What was decided last time, done, and what came of it: a fragment, for it asks the ledger."""
    found = seen_review(request, review_id)
    return render(request, "reviews/_before.html", last_time(request.user, found))


@require_GET
@screen(can_lead_reviews)
def rest(request: HttpRequest, review_id: int, question: str) -> HttpResponse:
    """All kept clients of one answer."""
    found = seen_review(request, review_id, kind=Kind.BASE)
    answer = get_object_or_404(found.answers, question=question)
    lines = answer_lines(answer, by=request.user)
    context = {
        "review": found,
        "title": str(Question(question).label),
        "asked": question_block(AnswerRead(answer, lines), found, (), language=language()),
        "review_title": review_title(found),
    }
    return render(request, "reviews/rest.html", context)


@require_POST
@screen(can_lead_reviews)
def note(request: HttpRequest, review_id: int, question: str) -> HttpResponse:
    """Keep what was said on a question."""
    found = seen_review(request, review_id, kind=Kind.BASE)
    answer = get_object_or_404(found.answers, question=question)
    text = request.POST.get("note", "")
    error = None
    try:
        answer = write_note(answer, text, by=request.user, seen_at=request.POST.get("seen_at"))
    except UserError as refused:
        error = refused
    context = {"review": found, "answer": answer, "typed": text, "error": error, "is_saved": error is None}
    return render(request, "reviews/_note.html", context, status=422 if error else 200)


@require_GET
@screen(can_lead_reviews)
def meeting(request: HttpRequest, review_id: int) -> HttpResponse:
    """One question at a time, in large letters; ← and → go on."""
    found = seen_review(request, review_id, kind=Kind.BASE)
    pictures = steps()
    told = request.GET.get("step", "0")
    number = min(int(told), len(pictures) - 1) if told.isdecimal() and len(told) < 3 else 0
    step: Step = pictures[number]
    lines = lines_of(list(decisions_visible_to(request.user).filter(review=found).order_by("pk")), by=request.user)
    context: dict[str, Any] = {
        "review": found,
        "title": review_title(found),
        "steps": pictures,
        "step": step,
        "previous": pictures[number - 1] if number else None,
        "next": pictures[number + 1] if number + 1 < len(pictures) else None,
        "count": len(pictures),
    }
    if step.question:
        read = next(one for one in answers_read(found, by=request.user) if one.answer.question == step.question)
        context["asked"] = question_block(read, found, lines, language=language())
    elif step.is_last:
        context["decisions"] = decided_rows(lines)
    else:
        context |= last_time(request.user, found)
    return render(request, "reviews/meeting.html", context)


@require_POST
@screen(can_lead_reviews)
def close(request: HttpRequest, review_id: int) -> HttpResponse:
    """End it; the protocol stands."""
    found = seen_review(request, review_id)
    try:
        close_review(found, summary=request.POST.get("summary", ""), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
        return redirect(url_of(found))
    messages.success(request, _("The review is closed: here is its protocol."))
    return redirect("review_protocol", review_id=found.pk)


@require_POST
@screen(can_lead_reviews)
def reopen(request: HttpRequest, review_id: int) -> HttpResponse:
    """Take the closing back."""
    found = seen_review(request, review_id)
    try:
        reopen_review(found, reason=request.POST.get("reason", ""), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The review is open again."))
    return redirect(url_of(found))


@require_GET
@screen(can_lead_reviews)
def protocol_page(request: HttpRequest, review_id: int) -> HttpResponse:
    """The protocol on the screen; the same as PDF and for a word processor."""
    found = seen_review(request, review_id)
    document = protocol(found, by=request.user, language=language())
    context = {"review": found, "document": document, "state": state_line(found), "url": url_of(found)}
    return render(request, "reviews/protocol.html", context)


@require_GET
@screen(can_lead_reviews)
def protocol_pdf(request: HttpRequest, review_id: int) -> HttpResponse:
    """The protocol on paper."""
    found = seen_review(request, review_id)
    document = protocol(found, by=request.user, language=language())
    line, foot = paper_lines(found, document.title)
    response = HttpResponse(pdf_of(document, line=line, foot=foot), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(found)}.pdf"'
    return response


@require_GET
@screen(can_lead_reviews)
def protocol_docx(request: HttpRequest, review_id: int) -> HttpResponse:
    """The protocol for a word processor."""
    found = seen_review(request, review_id)
    document = protocol(found, by=request.user, language=language())
    line, foot = paper_lines(found, document.title)
    response = HttpResponse(docx_of(document, line=line, foot=foot, language=language()), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}.docx"'
    return response


def last_time(user: User, found: Review) -> dict[str, Any]:
    """The review before with its decisions and the facts of their clients."""
    earlier = previous_of(found)
    released = releases_since(found, by=user)
    context: dict[str, Any] = {
        "review": found,
        "earlier": earlier,
        "releases": [{"line": one, "words": release_words(one, language=language())} for one in released],
    }
    if earlier is None:
        return context
    decided = list(decisions_visible_to(user).filter(review=earlier).order_by("pk"))
    lines = results_of(lines_of(decided, by=user), by=user, until=found.as_of)
    rows = decided_rows(lines, language=language())
    return {**context, "earlier_title": review_title(earlier), "rows": rows, "told": done_words(lines)}


def seen_review(request: HttpRequest, review_id: int, *, kind: str = "") -> Review:
    """Raises Http404 for one that is not there, not of this kind or not this person's to see."""
    found: Review = get_object_or_404(reviews_visible_to(request.user), pk=review_id)
    if kind and found.kind != kind:
        raise Http404
    return found


def paper_lines(found: Review, title: str) -> tuple[str, str]:
    """Under the title, and at the foot of each page."""
    printed = _("printed on %s") % date_format(timezone.localdate(), "j E Y")
    return f"{state_line(found)} · {printed}", f"{title} · {printed}"


def file_name(found: Review) -> str:
    return f"review-{found.kind}-{found.opened_on:%Y-%m-%d}"
