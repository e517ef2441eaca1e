"""What the work list of cards was asked for: a kind of fault, a seller, a place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import Name, parse_condition
from clientarium.core.quality import FAULTS, SCORED
from clientarium.decisions.clients import compile_condition

ANY_FAULT = f"{SCORED} and data_quality < 100"


@dataclass(frozen=True)
class QualityAsked:
    """`kind` '' is any fault; `seller` '' everybody, 'none' clients nobody holds."""

    kind: str = ""
    seller: str = ""
    after: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> "QualityAsked":
        asked = request.POST if request.method == "POST" else request.GET
        return cls(asked.get("kind", ""), asked.get("seller_of", ""), asked.get("after", ""))

    def address(self, **changes: str) -> str:
        """`?kind=…&seller_of=…`; a changed kind or seller begins from the first page."""
        told = replace(self, **{"after": "", **changes})
        parts = {"kind": told.kind, "seller_of": told.seller, "after": told.after}
        return "?" + urlencode({name: text for name, text in parts.items() if text})

    @property
    def where(self) -> str:
        """The condition of the list, as a list of clients takes it. Raises UserError for an unknown kind."""
        if not self.kind:
            return ANY_FAULT
        for fault in FAULTS:
            if fault.kind.value == self.kind:
                return fault.where
        raise UserError(N_("There is no such fault."))

    def narrow(self, states: "QuerySet[Any]", words: Mapping[str, Name]) -> "QuerySet[Any]":
        """The states the list shows. Raises UserError for what this person has no word for."""
        states = states.filter(compile_condition(parse_condition(self.where, words)))
        if self.seller == "none":
            return states.filter(holder_id__isnull=True)
        return states.filter(holder_id=int(self.seller)) if self.seller.isdecimal() else states
