"""The only place that reads the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Settings from `CLIENTARIUM_*` variables; every one is documented in docs/manual/*/settings.md."""

    model_config = SettingsConfigDict(env_prefix="CLIENTARIUM_", extra="ignore")

    home: Path = Field(default=Path("var"), description="Folder of all data of one company")
    database_url: str = Field(default="", description="Empty: SQLite inside the home; postgres://user:pw@host:port/db")
    secret_key: str = Field(default="", description="Empty: made once and kept in the home, readable by the owner only")
    mode: Literal["local", "production"] = Field(
        default="local", description="production: HTTPS only, HSTS, Secure cookies"
    )
    allowed_hosts: str = Field(default="localhost,127.0.0.1,[::1]", description="Comma-separated host names")
    trusted_origins: str = Field(default="", description="Comma-separated https://… origins behind a proxy")
    time_zone: str = Field(default="Europe/Moscow", description="Zone of dates and of the nightly pulse")
    language: Literal["ru", "en"] = Field(default="ru", description="Language of screens until a user chooses")
    nightly_pulse: str = Field(default="03:30", description="Local time HH:MM of the nightly pulse; empty: never")
    memory_limit: str = Field(default="3GB", description="Memory of one analytical query (DuckDB)")
    check_mail_domains: bool = Field(
        default=False, description="Whether `quality --check-domains` may ask the DNS if a domain takes mail"
    )
    upload_limit_mb: int = Field(default=2048, description="Largest received file, MB")
    watched_folders: str = Field(
        default="", description="Comma-separated folders from which files may be taken; empty: incoming in the home"
    )
    dadata_token: str = Field(default="", description="Token of DaData, where it is not kept in a connection")
    mailbox_password: str = Field(default="", description="Password of the mailbox, likewise")
