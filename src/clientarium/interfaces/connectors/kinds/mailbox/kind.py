"""What a mailbox is called, asks for, and how it is tried."""

from clientarium.core.ground import N_, Message
from clientarium.decisions.connections import PERIODS, ConnectionKind, Purpose, Setting, SettingKind, Values

from .intake import MailIntake

PROTECTIONS = (("tls", "TLS"), ("starttls", "STARTTLS"), ("none", N_("none (only inside one’s own network)")))


def try_now(values: Values) -> Message:
    """Sign in and count; nothing is taken and nothing is marked as read."""
    return MailIntake(values).seen()


KIND = ConnectionKind(
    name="mailbox",
    title=N_("Mailbox"),
    about=N_("Takes reports that come as attachments, one kind of report per connection; letters stay unread."),
    checked=N_("Tried against a real Dovecot 2.3 server, not against your mail service."),
    purpose=Purpose.INTAKE,
    icon="file-import",
    settings=(
        Setting("host", N_("IMAP server"), is_required=True, hint=N_("For example imap.yandex.ru")),
        Setting("port", N_("Port"), SettingKind.NUMBER, default=993),
        Setting("security", N_("Protection"), SettingKind.CHOICE, default="tls", choices=PROTECTIONS),
        Setting("user", N_("Login"), is_required=True),
        Setting(
            "password",
            N_("Password"),
            SettingKind.SECRET,
            hint=N_("It is kept encrypted and never shown again."),
            is_required=True,
            fallback="CLIENTARIUM_MAILBOX_PASSWORD",
        ),
        Setting("folder", N_("Folder of the mailbox"), default="INBOX"),
        Setting("senders", N_("Who may send"), is_required=True,
                hint=N_("Addresses with commas; *@firm.ru is everybody of a firm. Others are passed over.")),
        Setting("vouching_server", N_("Mail server that confirms senders"),
                hint=N_("The name at the beginning of Authentication-Results. Then a forged sender is passed over.")),
        Setting("subject", N_("Subject"), hint=N_("A part of it, or patterns with commas: *profit*, sales*")),
        Setting("names", N_("Names of files"), default="*", hint=N_("Patterns with commas: sales*.xlsx, *.csv")),
        Setting("minutes", N_("Look every, minutes"), SettingKind.NUMBER, default=10),
        Setting("layout", N_("Layout"), SettingKind.LAYOUT, hint=N_("Empty: any saved layout with the same columns.")),
        Setting("source", N_("Source"), hint=N_("Files of one source replace each other’s periods.")),
        Setting("period", N_("What a file replaces"), SettingKind.CHOICE, default="rule", choices=PERIODS),
        Setting("smtp_host", N_("SMTP server for answers"), hint=N_("Empty: the result is shown here only.")),
        Setting("smtp_port", N_("Port of the SMTP server"), SettingKind.NUMBER, default=465),
        Setting("smtp_security", N_("Protection of the SMTP server"), SettingKind.CHOICE, default="tls",
                choices=PROTECTIONS),
        Setting("smtp_signs_in", N_("Sign in to the SMTP server"), SettingKind.YES_NO, default=True),
        Setting("sender", N_("Answers come from"), hint=N_("Empty: the login.")),
    ),
    open=MailIntake,
    try_now=try_now,
)  # fmt: skip
