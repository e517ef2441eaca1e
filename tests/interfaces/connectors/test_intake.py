"""Files that come by themselves: from a folder and from a real IMAP server, once each, and their sender is told."""

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from clientarium.core.ground import UserError
from clientarium.decisions.connections import Arrival, arrivals, save_connection, start_watch, try_connection
from clientarium.decisions.connections.domain.watching import queue_due_watches
from clientarium.decisions.runs import Import, Run, RunState, run_now, save_layout
from clientarium.interfaces.connectors.kinds.mailbox.imap import in_utf7
from clientarium.interfaces.connectors.kinds.mailbox.letters import head_of, is_vouched_for
from tests.decisions.runs.company import FEBRUARY, HEAD, JANUARY, JANUARY_SENT_AGAIN, facts, layout_of, received
from tests.interfaces.connectors.dovecot import PASSWORD

pytestmark = pytest.mark.usefixtures("home")
ACCOUNTANT = "buh@firm.test"


@pytest.fixture
def known_layout(home):
    save_layout(layout_of(received(JANUARY, by=None, name="first.csv"), JANUARY), title="Продажи", by=None)


def look(connection, *, loads=True):
    """One look as the worker does it, and everything it queued."""
    result = run_now(start_watch(by=None, connection=connection)).result
    if not loads:
        return result
    for run in Run.objects.filter(kind="import", state=RunState.QUEUED).order_by("pk"):
        try:
            run_now(run)
        except UserError:
            continue  # told to the sender
    return result


def states(connection):
    return [(arrival.file_name, arrival.state) for arrival in arrivals(connection).order_by("pk")]


@pytest.fixture
def folder(home):
    (home / "inbox").mkdir()
    return home / "inbox"


def watched_folder(folder, **values):
    about = {"folder": str(folder), "settle_seconds": 0, "period": "file", "source": "1c", "is_moving": True}
    return save_connection(None, kind="watched_folder", title="Папка", values=about | values, by=None)


def put(folder, text, name="sales.csv"):
    (folder / name).write_text(text, encoding="utf-8")


def look_twice(connection):
    look(connection)  # sees the file for the first time: it may still be growing
    return look(connection)


def test_file_in_a_folder_is_loaded_and_moved_aside_with_its_result(folder, known_layout):
    put(folder, JANUARY)
    connection = watched_folder(folder)
    assert look(connection) == {"arrived": 0, "settled": 0, "failed": []}
    assert look(connection)["arrived"] == 1
    assert look(connection)["settled"] == 1
    assert states(connection) == [("sales.csv", "loaded")]
    assert facts() == {("Берёза", "Д-1"): "1E+3", ("Кедр", "Д-2"): "5E+2", ("Берёза", "Д-3"): "2E+3"}
    assert sorted(path.name for path in (folder / "loaded").iterdir()) == ["sales.csv", "sales.csv.result.txt"]
    assert "Загружен" in (folder / "loaded" / "sales.csv.result.txt").read_text(encoding="utf-8")
    assert look(connection) == {"arrived": 0, "settled": 0, "failed": []}


def test_corrected_file_replaces_the_period_and_the_same_file_changes_nothing(folder, known_layout):
    connection = watched_folder(folder)
    for text in (JANUARY, JANUARY_SENT_AGAIN, JANUARY_SENT_AGAIN):
        put(folder, text)
        look_twice(connection)
        look(connection)
    assert states(connection) == [("sales.csv", "loaded"), ("sales.csv", "loaded"), ("sales.csv", "same")]
    assert facts() == {("Берёза", "Д-1"): "1.1E+3", ("Укроп", "Д-4"): "7E+2", ("Берёза", "Д-3"): "2E+3"}
    assert len(list((folder / "loaded").glob("sales*.csv"))) == 3


def test_growing_file_waits_and_unfinished_names_are_passed_over(folder, known_layout):
    connection = watched_folder(folder)
    for name in ("~$sales.csv", ".sales.csv", "sales.csv.part", "sales.tmp"):
        put(folder, JANUARY, name)
    put(folder, JANUARY[:80])
    look(connection)
    put(folder, JANUARY)
    assert look(connection)["arrived"] == 0
    assert look(connection)["arrived"] == 1


def test_file_of_an_unknown_layout_waits_for_a_person(folder):
    put(folder, JANUARY)
    connection = watched_folder(folder)
    look_twice(connection)
    look(connection)
    assert states(connection) == [("sales.csv", "doubtful")]
    assert (Import.objects.count(), (folder / "not_loaded" / "sales.csv").is_file()) == (0, True)


def test_file_that_is_no_table_is_refused_and_the_next_one_is_taken(folder, known_layout):
    (folder / "a.xlsx").write_bytes(b"PK\x03\x04 cut in half")
    put(folder, "", "b.csv")
    put(folder, FEBRUARY, "c.csv")
    connection = watched_folder(folder)
    look_twice(connection)
    look(connection)
    assert sorted(states(connection)) == [("a.xlsx", "refused"), ("b.csv", "refused"), ("c.csv", "loaded")]
    assert Import.objects.get().refused == 1  # 29 February


def test_folder_that_is_gone_is_said_and_is_no_failure_of_the_run(home):
    connection = watched_folder(home / "nowhere")
    assert look(connection) == {"arrived": 0, "settled": 0, "failed": ["Папка"]}
    connection.refresh_from_db()
    assert (connection.is_well, connection.message["msgid"]) == (
        False, "The folder %(folder)s cannot be read (%(error)s)."
    )  # fmt: skip


def test_link_out_of_the_folder_is_not_followed(folder, home, known_layout):
    put(home, JANUARY, "secret.csv")
    (folder / "sales.csv").symlink_to(home / "secret.csv")
    assert look_twice(watched_folder(folder))["arrived"] == 0


def test_looks_are_queued_when_their_minutes_have_passed(folder):
    connection = watched_folder(folder, minutes=5)
    now = timezone.now()
    assert [run.arguments["connection"] for run in queue_due_watches(now=now)] == [connection.pk]
    look(connection)
    assert queue_due_watches(now=now + timedelta(minutes=4)) == []
    assert len(queue_due_watches(now=now + timedelta(minutes=6))) == 1
    connection.is_on = False
    connection.save()
    assert queue_due_watches(now=now + timedelta(hours=1)) == []


def mailbox(server, **values):
    about = {
        "host": "127.0.0.1", "port": server.port, "security": "none", "user": server.user, "password": PASSWORD,
        "senders": "*@firm.test", "subject": "продажи", "names": "*.csv", "source": "1c", "period": "file",
    }  # fmt: skip
    return save_connection(None, kind="mailbox", title="Почта", values=about | values, by=None)


def letter(
    text=JANUARY, *, sender=ACCOUNTANT, subject="Отчёт: Продажи за январь", name="Продажи январь.csv", **headers
):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Бухгалтерия <{sender}>", "reports@us.test", subject
    message["Message-ID"] = headers.pop("message_id", f"<{abs(hash((text, name)))}@firm.test>")
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content("Во вложении отчёт.")
    message.add_attachment(text.encode(), maintype="text", subtype="csv", filename=name)
    return message


def test_report_by_mail_is_loaded_once_and_the_sender_is_told(mail, sink, known_layout):
    connection = mailbox(mail, smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none", smtp_signs_in=False,
                         sender="robot@us.test")  # fmt: skip
    mail.deliver(letter(message_id="<report-1@firm.test>"))
    assert look(connection)["arrived"] == 1
    assert look(connection)["settled"] == 1
    assert look(connection) == {"arrived": 0, "settled": 0, "failed": []}
    assert states(connection) == [("Продажи январь.csv", "loaded")]
    assert len(facts()) == 3
    (raw,) = sink.letters
    told = email.message_from_bytes(raw, policy=email.policy.default)
    assert (told["To"], told["From"], told["In-Reply-To"]) == (ACCOUNTANT, "robot@us.test", "<report-1@firm.test>")
    assert (told["Subject"], told["Auto-Submitted"]) == ("Re: Отчёт: Продажи за январь", "auto-replied")
    assert "Загружено строк: 3" in told.get_content()


def test_letters_stay_unread(mail, known_layout):
    mail.deliver(letter())
    look(mailbox(mail), loads=False)
    assert not any(b"Seen" in flags for flags in mail.flags())


def test_others_letters_are_passed_over(mail, known_layout):
    connection = mailbox(mail)
    mail.deliver(letter(sender="thief@elsewhere.test"))
    mail.deliver(letter(sender="buh@firm.test.elsewhere.test"))
    mail.deliver(letter(subject="Договор"))
    mail.deliver(letter(name="photo.jpg"))
    mail.deliver(b"From: a@firm.test, b@firm.test\nSubject: =?utf-8?b?0L/RgNC+0LTQsNC20Lg=?=\n\ntwo senders\n")
    mail.deliver(b"Subject: =?bad?x?\n\xff\xfe\n")
    assert look(connection) == {"arrived": 0, "settled": 0, "failed": []}
    assert Arrival.objects.count() == 0


def test_renumbered_mailbox_and_a_letter_moved_back_are_not_loaded_again(mail, known_layout):
    connection = mailbox(mail)
    mail.deliver(letter())
    look(connection, loads=False)
    connection.refresh_from_db()
    before = connection.place["uidvalidity"]
    mail.renumber()
    mail.deliver(letter())  # the same letter once more, under another UID
    mail.deliver(letter(FEBRUARY, subject="Продажи за февраль"))
    look(connection, loads=False)
    connection.refresh_from_db()
    assert connection.place["uidvalidity"] != before
    assert [name for name, _state in states(connection)] == ["Продажи январь.csv", "Продажи январь.csv"]
    assert Import.objects.count() == 2


def test_two_attachments_and_a_forwarded_letter(mail, known_layout):
    connection = mailbox(mail)
    message = letter()
    message.add_attachment(FEBRUARY.encode(), maintype="application", subtype="octet-stream", filename="февраль.csv")
    mail.deliver(message)
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"], forwarded["Message-ID"] = ACCOUNTANT, "Fwd: продажи", "<fwd@firm.test>"
    forwarded.set_content("см. ниже")
    forwarded.add_attachment(letter(HEAD + "01.03.2026;Д-9;Кедр;10,00;5,00;Борис\n", name="март.csv"))
    mail.deliver(forwarded)
    look(connection, loads=False)
    assert [name for name, _state in states(connection)] == ["Продажи январь.csv", "февраль.csv", "март.csv"]


def test_automatic_letter_is_taken_but_never_answered(mail, sink, known_layout):
    connection = mailbox(mail, smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none", smtp_signs_in=False)
    mail.deliver(letter(Auto_Submitted="auto-generated"))
    look(connection), look(connection)
    assert (states(connection), sink.letters) == ([("Продажи январь.csv", "loaded")], [])


def test_answer_that_is_refused_is_kept_as_a_problem_and_not_repeated(mail, sink, known_layout):
    connection = mailbox(mail, smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none", smtp_signs_in=False)
    sink.refuse = True
    mail.deliver(letter())
    look(connection), look(connection)
    (arrival,) = arrivals(connection)
    assert (arrival.state, arrival.answer_problem["params"]["kind"]) == ("loaded", "SMTPRecipientsRefused")
    assert arrival.answered_at is not None


def test_wrong_password_and_wrong_folder_are_said(mail):
    wrong = try_connection(mailbox(mail, password="not it"), by=None)
    assert (wrong.is_well, wrong.message["msgid"]) == (False, "The mail server does not let %(user)s in.")
    assert "not it" not in str(wrong.message)
    wrong = save_connection(wrong, kind="mailbox", title="Почта", by=None,
                            values=wrong.settings | {"password": PASSWORD, "folder": "Нет такой"})  # fmt: skip
    assert try_connection(wrong, by=None).message["params"]["folder"] == "Нет такой"


def test_russian_folder_and_try_now(mail):
    with mail.session() as session:
        session.create('"' + in_utf7("Отчёты & планы") + '"')
    mail.deliver(letter(), folder='"' + in_utf7("Отчёты & планы") + '"')
    seen = try_connection(mailbox(mail, folder="Отчёты & планы"), by=None)
    assert (seen.is_well, seen.message["params"]) == (True, {"letters": 1, "ours": 1})


def test_forged_sender_is_passed_over_where_the_server_vouches():
    forged = letter(Authentication_Results="mx.us.test; dmarc=fail; dkim=none")
    genuine = letter(Authentication_Results="mx.us.test 1; dkim=pass header.d=firm.test")
    anothers = letter(Authentication_Results="mx.elsewhere.test; dmarc=pass")
    heads = [head_of(message.as_bytes()).message for message in (forged, genuine, anothers)]
    assert [is_vouched_for(head, server="mx.us.test") for head in heads] == [False, True, False]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_is_read_behind_a_certificate_that_is_trusted(mail, monkeypatch, security):
    port = mail.tls_port if security == "tls" else mail.port
    connection = mailbox(mail, security=security, port=port)
    told = try_connection(connection, by=None)
    assert (told.is_well, told.message["params"]["why"]) == (False, "self-signed certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(mail.certificate))
    mail.deliver(letter())
    assert try_connection(connection, by=None).is_well
    assert look(connection)["arrived"] == 1
