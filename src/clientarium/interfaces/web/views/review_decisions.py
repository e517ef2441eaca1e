"""Decisions: written in a dialog of a review, of the meeting or of the list; ended by whoever answers for them."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.people import User
from clientarium.decisions.reviews import (
    WANTED_AT_MOST,
    Decision,
    DecisionState,
    Question,
    Review,
    Wording,
    answers_read,
    can_end_decision,
    can_lead_reviews,
    change_decision,
    decide,
    decisions_visible_to,
    drop_decision,
    finish_decision,
    my_decisions,
    results_of,
    resume_decision,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.review_due import url_of
from clientarium.interfaces.web.review_form import DecisionForm, EndForm
from clientarium.interfaces.web.review_page import decided_rows
from clientarium.interfaces.web.screens import everyone_signed_in, is_fragment, screen
from clientarium.interfaces.web.views.card import language
from clientarium.interfaces.web.views.reviews import seen_review
from clientarium.interfaces.web.zone_plan import ZonePlan, asked_plan, dearest_of


@require_GET
@screen(everyone_signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """What this person answers for, and what came of it."""
    lines = results_of(my_decisions(request.user), by=request.user)
    context = {"rows": decided_rows(lines, language=language()), "leads": can_lead_reviews(request.user)}
    return render(request, "reviews/mine.html", context)


@require_http_methods(["GET", "POST"])
@screen(can_lead_reviews)
def new(request: HttpRequest) -> HttpResponse:
    """The dialog of a new decision; what is refused stands in it, with everything that was written."""
    sent = request.POST if request.method == "POST" else request.GET
    told = sent.get("review", "")
    review = seen_review(request, int(told)) if told.isdecimal() and len(told) < 18 else None
    question = sent.get("question", "") if sent.get("question", "") in Question.values else ""
    offered = offered_clients(request.user, review, question)
    named = [int(one) for one in request.POST.getlist("client") if one.isdecimal() and len(one) < 18]
    plan = asked_plan(request, sent)
    form = DecisionForm(request.POST or None, initial=plan.initial() if plan else {})
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            decide(review, worded(form, named, plan, by=request.user), by=request.user, question=question)
        except Client.DoesNotExist:
            error = UserError(N_("One of the clients is not there any more."), cure=N_("Reload the page."))
        except UserError as refused:
            error = refused
        else:
            messages.success(request, _("The decision is written down."))
            return done(
                request, reverse("zone", args=[plan.finding.pk]) if plan else back_url(request, review, question)
            )
    context = {
        "form": form,
        "review": review,
        "question": question,
        "offered": offered,
        "named": named,
        "plan": plan,
        "most_wanted": WANTED_AT_MOST,
        "error": error,
        "back": sent.get("back", ""),
        "url": reverse("review_decision_new"),
    }
    return render(request, "reviews/_decide.html", context, status=422 if error or form.errors else 200)


def worded(form: DecisionForm, named: list[int], plan: ZonePlan | None, *, by: User) -> Wording:
    """What is sent, about the clients named, or about a zone: newcomers like its clients, or these themselves."""
    if plan is None:
        return form.wording(named)
    if plan.finding.is_above:
        return replace(form.wording(), zone=plan.finding, wanted=plan.wanted)
    return replace(form.wording(dearest_of(plan.finding, by=by)), zone=plan.finding)


@require_http_methods(["GET", "POST"])
@screen(can_lead_reviews)
def change(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The same dialog over a standing decision: its words, owner, day, effect."""
    decision = get_object_or_404(decisions_visible_to(request.user), pk=decision_id)
    form = DecisionForm(request.POST or None, standing=decision)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            change_decision(decision, form.wording(), by=request.user)
        except UserError as refused:
            error = refused
        else:
            messages.success(request, _("The decision is changed."))
            return done(request, back_url(request, decision.review, decision.question))
    context = {
        "form": form,
        "decision": decision,
        "review": decision.review,
        "question": decision.question,
        "error": error,
        "back": sent_back(request),
        "url": reverse("review_decision", args=[decision.pk]),
    }
    return render(request, "reviews/_decide.html", context, status=422 if error or form.errors else 200)


@require_http_methods(["GET", "POST"])
@screen(everyone_signed_in)
def end(request: HttpRequest, decision_id: int) -> HttpResponse:
    """How it ended and what came of it."""
    decision = ended_by(request, decision_id)
    form = EndForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        is_dropped = form.cleaned_data["state"] == DecisionState.DROPPED
        put = drop_decision if is_dropped else finish_decision
        try:
            put(decision, form.cleaned_data["outcome"], by=request.user)
        except UserError as refused:
            error = refused
        else:
            messages.success(request, _("Written down: the next review opens with it."))
            return done(request, back_url(request, decision.review, decision.question))
    context = {
        "form": form,
        "decision": decision,
        "error": error,
        "back": sent_back(request),
        "drops": can_lead_reviews(request.user),
    }
    return render(request, "reviews/_end.html", context, status=422 if error or form.errors else 200)


@require_POST
@screen(everyone_signed_in)
def resume(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take an ended one up again."""
    decision = ended_by(request, decision_id)
    try:
        resume_decision(decision, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The decision is in work again."))
    return redirect(back_url(request, decision.review, decision.question))


def ended_by(request: HttpRequest, decision_id: int) -> Decision:
    """The decision this person may end; Http404 for others."""
    decision: Decision = get_object_or_404(decisions_visible_to(request.user), pk=decision_id)
    assert can_end_decision(request.user, owner_id=decision.owner_id)
    return decision


def offered_clients(user: User, review: Review | None, question: str) -> list[Any]:
    """The first clients of the question, to be named in the decision."""
    if review is None or not question:
        return []
    read = next((one for one in answers_read(review, by=user) if one.answer.question == question), None)
    return [one for one in read.lines if one.client_id] if read else []


def sent_back(request: HttpRequest) -> str:
    return request.POST.get("back", "") or request.GET.get("back", "")


def back_url(request: HttpRequest, review: Review | None, question: str) -> str:
    """To where the dialog was opened; only to pages of the reviews themselves, and to a zone."""
    back = sent_back(request)
    if back.startswith("zone") and back[4:].isdecimal() and can_lead_reviews(request.user):
        return reverse("zone", args=[int(back[4:])])
    if back == "mine":
        return reverse("my_decisions")
    if back == "list" or review is None or not can_lead_reviews(request.user):
        return reverse("reviews" if can_lead_reviews(request.user) else "my_decisions")
    if back.startswith("step") and back[4:].isdecimal():
        return f"{reverse('review_meeting', args=[review.pk])}?step={back[4:]}"
    return f"{url_of(review)}#{question or 'decisions'}"


def done(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect for a page and for htmx."""
    if not is_fragment(request):
        return redirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response
