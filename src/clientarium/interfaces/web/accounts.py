"""Sign-in as this company wants it: no sign-up, no mail, and logging out wipes the browser's copy."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from clientarium.decisions.people.choices import Role

from .screens import everyone_signed_in, open_to_strangers, screen


class Adapter(DefaultAccountAdapter):
    """allauth with its doors closed but one."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """People are invited by the owner or made by the command line."""
        return False

    def send_mail(self, *_args: object, **_kwargs: object) -> None:
        """There is no mail server in this issue; allauth sends only notices that the journal holds anyway."""

    def add_message(self, *_args: object, **_kwargs: object) -> None:
        """No «you have signed in» toasts: the page that opens says it."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """A seller begins with his day; everybody else with the pulse."""
        if request.user.role == Role.SELLER and request.user.seller_id is not None:
            return reverse("day")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        return reverse("settings")


class SignOut(LogoutView):
    """POST only; the browser forgets cache, cookies and storage."""

    http_method_names = ["post"]

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class SignIn(LoginView):
    """allauth's own rate limits apply: by address and by name."""

    http_method_names = ["get", "head", "post"]
    template_name = "account/login.html"


class ChangePassword(PasswordChangeView):
    """The old password is asked for; other sessions of the person end."""

    http_method_names = ["get", "head", "post"]
    template_name = "account/password_change.html"
    success_url = reverse_lazy("settings")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Who has no password of ours (an account made without one) has none to change here."""
        if str(request.method).lower() not in self.http_method_names:
            return self.http_method_not_allowed(request)
        if not request.user.has_usable_password():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


sign_in = open_to_strangers(SignIn.as_view())
sign_out = screen(everyone_signed_in)(SignOut.as_view())
change_password = screen(everyone_signed_in)(ChangePassword.as_view())
