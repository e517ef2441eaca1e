"""A real Dovecot on a free port of this machine, its mail in a folder of its own; and a sink for SMTP."""

import contextlib
import imaplib
import os
import pwd
import shutil
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "letmein"
SECONDS_TO_START = 20
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
default_login_user = {name}
default_internal_user = {name}
default_internal_group = {group}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


def have_dovecot() -> str | None:
    """The program, if it is on this machine (Debian: dovecot-imapd); tools/machine.sh installs it."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certify(folder: Path) -> None:
    """A certificate of 127.0.0.1 signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )


@dataclass
class MailServer:
    """A mailbox of its own for each `user`."""

    port: int
    tls_port: int
    folder: Path
    user: str = "nobody"

    @property
    def certificate(self) -> Path:
        """Its own: trusted by nobody who was not told to (SSL_CERT_FILE)."""
        return self.folder / "cert.pem"

    @contextlib.contextmanager
    def session(self, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        session = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        session.login(self.user, PASSWORD)
        answer = session.select(folder)
        assert answer[0] == "OK", (answer, (self.folder / "log").read_text(encoding="utf-8")[-2000:])
        yield session
        session.logout()

    def deliver(self, letter: EmailMessage | bytes, *, folder: str = "INBOX") -> None:
        raw = letter if isinstance(letter, bytes) else letter.as_bytes()
        with self.session() as session:
            answer = session.append(folder, "", imaplib.Time2Internaldate(time.time()), raw.replace(b"\n", b"\r\n"))
            assert answer[0] == "OK", answer

    def flags(self) -> list[bytes]:
        """The flags of every letter: ours must never mark one as read."""
        with self.session() as session:
            return session.fetch("1:*", "(FLAGS)")[1]

    def renumber(self) -> None:
        """What a restored backup does: other UIDs and another UIDVALIDITY for the same letters."""
        time.sleep(1.1)  # Dovecot's UIDVALIDITY is the second in which the mailbox was made
        for name in (
            "dovecot-uidlist",
            "dovecot.index",
            "dovecot.index.log",
            "dovecot.index.cache",
            "dovecot-uidvalidity",
        ):
            for path in (self.folder / "mail" / self.user).glob(f"{name}*"):
                path.unlink()


@contextlib.contextmanager
def dovecot(folder: Path) -> Iterator[MailServer]:
    program = have_dovecot()
    assert program is not None
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    for name in ("run", "state", "mail", "home"):
        (folder / name).mkdir(parents=True)
        os.chown(folder / name, user.pw_uid, user.pw_gid) if name in ("mail", "home") else None
    folder.chmod(0o711)
    server = MailServer(free_port(), free_port(), folder)
    certify(folder)
    import grp

    group = grp.getgrgid(user.pw_gid).gr_name
    (folder / "dovecot.conf").write_text(
        CONFIG.format(folder=folder, name=user.pw_name, group=group, uid=user.pw_uid, gid=user.pw_gid,
                      password=PASSWORD, port=server.port, tls_port=server.tls_port), encoding="utf-8"
    )  # fmt: skip
    process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
    try:
        await_port(server.port, folder)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def await_port(port: int, folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            if probe.recv(100).startswith(b"* OK"):
                return
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text(encoding="utf-8") if (folder / "log").exists() else "no log")


@dataclass
class Sink:
    """What an SMTP server was given; `refuse` makes it refuse the recipient."""

    port: int = 0
    letters: list[bytes] = field(default_factory=list)
    refuse: bool = False


@contextlib.contextmanager
def smtp_sink() -> Iterator[Sink]:
    sink = Sink()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.say("354 go on")
                    sink.letters.append(self.letter())
                    self.say("250 taken")
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("550 nobody here" if word == b"RCPT" and sink.refuse else "250 ok")

        def letter(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            return b"".join(lines)

        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield sink
        server.shutdown()
