"""What DaData is called, asks for, and how it is tried."""

from clientarium.core.ground import N_, Message
from clientarium.decisions.connections import ConnectionKind, Purpose, Setting, SettingKind, Values
from clientarium.decisions.statuses import Requisites

from .register import ADDRESS, DaDataRegister

SAMPLE_INN = "7707083893"
"""Sberbank, the example of DaData's own documentation."""


def try_now(values: Values) -> Message:
    """One question about a well-known firm."""
    answer = DaDataRegister.of(values).ask(Requisites(SAMPLE_INN))
    return Message(
        N_("DaData answers: INN %(inn)s is %(name)s."), {"inn": SAMPLE_INN, "name": answer.name or N_("unknown")}
    )


KIND = ConnectionKind(
    name="dadata",
    title=N_("DaData"),
    about=N_("Asks whether a firm is alive, by its INN. Off until you set it up; only INN and KPP leave the program."),
    checked=N_("Checked against the documentation and schema of DaData dated November 2026, not a live account."),
    purpose=Purpose.STATUSES,
    icon="target",
    settings=(
        Setting(
            "token",
            N_("Token (API key)"),
            SettingKind.SECRET,
            hint=N_("dadata.ru → Profile. It is kept encrypted and never shown again."),
            is_required=True,
            fallback="CLIENTARIUM_DADATA_TOKEN",
        ),
        Setting("daily_limit", N_("Questions a day at most"), SettingKind.NUMBER, default=9000,
                hint=N_("The free tariff of DaData allows 10,000 a day for all programs together.")),
        Setting("per_second", N_("Questions a second at most"), SettingKind.NUMBER, default=10,
                hint=N_("DaData allows 30 a second from one address.")),
        Setting("recheck_days", N_("Ask again after, days"), SettingKind.NUMBER, default=30),
        Setting("anchor_recheck_days", N_("Ask again about anchors after, days"), SettingKind.NUMBER, default=7),
        Setting("address", N_("Address of the service"), default=ADDRESS, is_required=True,
                hint=N_("Change it only for DaData of your own or a proxy.")),
    ),
    open=DaDataRegister.of,
    try_now=try_now,
)  # fmt: skip
