"""A scheme as somebody is editing it: numbers in the sentences, or the text as a whole. Nothing is saved here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest

from clientarium.core.categories import Scheme, with_policy, with_threshold
from clientarium.core.ground import N_, UserError
from clientarium.decisions.grades import scheme_path, text_hash

from .pulse import company_words
from .rule_lines import PER_CENT, Speaker, fields_of, typed_number

Number = int | Decimal


@dataclass(frozen=True)
class Edit:
    """What the form would make of the scheme's text and of the policy's (None: untouched); `changed` inputs by name."""

    text: str
    policy: str | None
    changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.changed

    @property
    def touches_rules(self) -> bool:
        return any(not name.startswith("policy:") for name in self.changed)


def text_of(scheme: str) -> str:
    """The file of the scheme as it stands."""
    return scheme_path(scheme).read_text(encoding="utf-8")


def edit_by_numbers(request: HttpRequest, scheme: Scheme) -> Edit:
    """The numbers of the posted form that differ from those in force. Raises UserError for what is no number."""
    definitions = company_words().definitions
    speaker = Speaker(scheme, definitions, "ru", {})
    text, policy, changed = text_of(scheme.name), definitions.policy.text, []
    before = _numbers(scheme, speaker)
    for name, shown in before.items():
        value = _changed(request.POST.getlist(name), shown)
        if value is None:
            continue
        changed.append(name)
        kind, *address = name.split(":")
        number = _as_written(value, is_percent=address[-1] == "percent")
        if kind == "policy":
            policy = with_policy(policy, address[0], number)
        else:
            text = with_threshold(text, address[0], address[1], number, vocabulary=scheme.vocabulary)
    return Edit(text, policy if any(name.startswith("policy:") for name in changed) else None, tuple(changed))


def edit_by_text(request: HttpRequest, scheme: str) -> Edit:
    """The whole text of the posted form."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    return Edit(text, None, ("text",) if text_hash(text) != text_hash(text_of(scheme)) else ())


def _numbers(scheme: Scheme, speaker: Speaker) -> dict[str, str]:
    """{name of the input: what stands in it} of the rules and of the numbers they lean on."""
    said = [speaker.meaning(word.written) for word in scheme.derived]
    rules = [speaker.rule(one.rule, category=one.code) for one in scheme.categories if one.rule]
    return {name: shown for one in [*said, *rules] for name, shown in fields_of(one).items()}


def _changed(written: Iterable[str], shown: str) -> Decimal | None:
    """The number that differs from the one in force; a policy's number stands in several places, any may be changed."""
    for text in written:
        value = typed_number(text)
        if value is None:
            raise UserError(N_("“%(word)s” is not a number."), word=text.strip() or "—")
        if value != typed_number(shown):
            return value
    return None


def _as_written(value: Decimal, *, is_percent: bool) -> Number:
    number = value / PER_CENT if is_percent else value
    return int(number) if number == number.to_integral_value() else number.normalize()
