"""A Choice as plain JSON and back: what a scenario keeps and what the command line prints."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from clientarium.core.ground import Message
from clientarium.core.strategy.capacity.choice import Choice, OneMore, Use, Why

PLAIN = (
    "value", "margin", "expected_penalty", "bound", "is_proven", "seconds", "lost", "lost_margin", "greedy_value",
    "by_margin_value", "fixes_cost",
)  # fmt: skip


def as_json(choice: Choice) -> dict[str, Any]:
    return {name: getattr(choice, name) for name in PLAIN} | {
        "gap": choice.gap,
        "taken": list(choice.taken),
        "refused": list(choice.refused),
        "values": {str(key): value for key, value in choice.values.items()},
        "reasons": {str(key): _why(why) for key, why in choice.reasons.items()},
        "uses": [_use(use) for use in choice.uses],
        "over": [_use(use) for use in choice.over],
        "worth_of_one_more": {name: asdict(more) for name, more in choice.worth_of_one_more.items()},
    }


def from_json(kept: Mapping[str, Any]) -> Choice:
    more = {
        name: OneMore(**one | {"by_extra": {int(extra): money for extra, money in one["by_extra"].items()}})
        for name, one in kept["worth_of_one_more"].items()
    }
    return Choice(
        **{name: kept[name] for name in PLAIN},
        taken=tuple(kept["taken"]),
        refused=tuple(kept["refused"]),
        values={int(key): value for key, value in kept["values"].items()},
        reasons={int(key): _why_of(why) for key, why in kept["reasons"].items()},
        uses=tuple(map(_use_of, kept["uses"])),
        over=tuple(map(_use_of, kept["over"])),
        worth_of_one_more=more,
    )


def _why(why: Why) -> dict[str, Any]:
    return {
        "code": why.code, "text": why.message.msgid, "params": dict(why.message.params), "cost": why.cost,
        "is_exact": why.is_exact, "resource": why.resource, "others": list(why.others),
    }  # fmt: skip


def _why_of(kept: Mapping[str, Any]) -> Why:
    message = Message(kept["text"], kept["params"])
    return Why(kept["code"], message, kept["cost"], kept["is_exact"], kept["resource"], tuple(kept["others"]))


def _use(use: Use) -> dict[str, Any]:
    month = f"{use.month:%Y-%m}" if use.month else None
    return {"resource": use.resource, "month": month, "used": use.used, "amount": use.amount}


def _use_of(kept: Mapping[str, Any]) -> Use:
    month = date.fromisoformat(f"{kept['month']}-01") if kept["month"] else None
    return Use(kept["resource"], month, kept["used"], kept["amount"])
