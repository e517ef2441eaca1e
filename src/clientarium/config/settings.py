"""Django settings, all of them derived from `Environment`."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from .database import database_settings
from .env import Environment
from .paths import PACKAGE, packaged_definitions, secret_key_of

ENVIRONMENT = Environment()
PRODUCTION = ENVIRONMENT.mode == "production"

CLIENTARIUM_HOME: Path = ENVIRONMENT.home.expanduser().resolve()
CLIENTARIUM_PACKAGED_DEFINITIONS: Path = packaged_definitions()
CLIENTARIUM_DEFINITIONS: Path = CLIENTARIUM_HOME / "definitions"
CLIENTARIUM_NIGHTLY_PULSE = ENVIRONMENT.nightly_pulse
CLIENTARIUM_MEMORY_LIMIT = ENVIRONMENT.memory_limit
CLIENTARIUM_WATCHED_FOLDERS = [Path(one.strip()) for one in ENVIRONMENT.watched_folders.split(",") if one.strip()]
CLIENTARIUM_DADATA_TOKEN = ENVIRONMENT.dadata_token
CLIENTARIUM_MAILBOX_PASSWORD = ENVIRONMENT.mailbox_password
CLIENTARIUM_CHECK_MAIL_DOMAINS = ENVIRONMENT.check_mail_domains
CLIENTARIUM_UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_limit_mb * 1024 * 1024

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key or secret_key_of(CLIENTARIUM_HOME)
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.allowed_hosts.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [origin.strip() for origin in ENVIRONMENT.trusted_origins.split(",") if origin.strip()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_cotton",
    "csp",
    "clientarium.decisions.people",
    "clientarium.decisions.journal",
    "clientarium.decisions.clients",
    "clientarium.decisions.grades",
    "clientarium.decisions.contacts",
    "clientarium.decisions.quality",
    "clientarium.decisions.runs",
    "clientarium.decisions.connections",
    "clientarium.decisions.statuses",
    "clientarium.decisions.clock",
    "clientarium.decisions.portfolios",
    "clientarium.decisions.potential",
    "clientarium.decisions.winback",
    "clientarium.decisions.plans",
    "clientarium.decisions.moves",
    "clientarium.decisions.waves",
    "clientarium.decisions.attention",
    "clientarium.decisions.releases",
    "clientarium.decisions.capacity",
    "clientarium.decisions.zones",
    "clientarium.decisions.stress",
    "clientarium.decisions.mirror",
    "clientarium.decisions.reviews",
    "clientarium.interfaces.connectors",
    "clientarium.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clientarium.interfaces.web.middleware.LanguageOfUser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clientarium.interfaces.web.middleware.SecurityHeaders",
    "allauth.account.middleware.AccountMiddleware",
    "clientarium.interfaces.web.middleware.FullDisk",
]

ROOT_URLCONF = "clientarium.config.urls"
WSGI_APPLICATION = "clientarium.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clientarium.interfaces.web.context.frame",
            ],
        },
    }
]

DATABASES = {"default": database_settings(ENVIRONMENT.database_url, home=CLIENTARIUM_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "clientarium.interfaces.web.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600  # CHECKS.md 34: seven days at most
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "clientarium.interfaces.web.errors.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone
USE_THOUSAND_SEPARATOR = False  # figures go through the web's own number cells (thin spaces, units)

STATIC_URL = "/static/"
STATIC_ROOT = CLIENTARIUM_HOME / "static"
STATICFILES_DIRS = [PACKAGE / "interfaces" / "web" / "static"]
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"clientarium": {"level": "INFO"}},
}

if PRODUCTION and ENVIRONMENT.secret_key and len(ENVIRONMENT.secret_key) < len(secrets.token_urlsafe(32)):
    message = "CLIENTARIUM_SECRET_KEY is too short for production: leave it empty, or give at least 43 characters"
    raise ValueError(message)
