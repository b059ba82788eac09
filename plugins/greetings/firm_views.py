"""What the firm settles once for its cards: logo, signature written by hand, and the account for e-mail."""

from typing import Any

from loyalapp import sdk

from . import account, letters, pictures
from .forms import AccountForm, PictureForm
from .views import pages

_ = sdk.texts("greetings").gettext


@pages.route("/firm", methods=["GET", "POST"])
@sdk.owner_saves
def firm() -> Any:
    """Logo and signature, as they stand on cards."""
    form = PictureForm()
    if form.validate_on_submit():
        kind = sdk.request.form.get("kind", "")
        upload = sdk.request.files.get("picture")
        try:
            content = upload.stream.read(pictures.LARGEST + 1) if upload else b""
        finally:
            if upload:
                upload.close()
        form.attempt(_kept, kind, content)
        if not form.errors:
            sdk.note(_("Saved. It stands on every card from now on."))
            return sdk.redirect_to("greetings.firm")
    return form.page("greetings/firm.html", kept=pictures.kept(), kinds=_kinds(), has_account=account.of_firm())


def _kept(kind: str, content: bytes) -> bool:
    pictures.keep(kind, content)
    return True


def _kinds() -> dict[str, tuple[str, str]]:
    return {
        "logo": (_("Logo"), _("The sign of your firm, best on white.")),
        "signature": (_("Signature"), _("Sign on white paper with a thick pen, and take a photo of it.")),
    }


@pages.get("/firm/<kind>.png")
def firm_picture(kind: str) -> Any:
    """One of the two, as it stands on cards."""
    return sdk.send_bytes(pictures.small(kind), "image/png")


@pages.post("/firm/<kind>/remove")
@sdk.owner_saves
def firm_remove(kind: str) -> Any:
    """Take a picture off the cards."""
    pictures.remove(kind)
    sdk.note(_("The picture was removed."))
    return sdk.redirect_to("greetings.firm")


@pages.route("/mail", methods=["GET", "POST"])
@sdk.owner_saves
@sdk.private_page
def mail_account() -> Any:
    """The account by which cards go out by e-mail; saving it may send a test at once."""
    form, now = AccountForm(), account.of_firm()
    if form.validate_on_submit():
        saved = form.attempt(account.save, _typed(form), form.password.data or "")
        if saved and sdk.request.form.get("do") == "test":
            said = form.attempt(letters.test, saved.address)
            if said:
                sdk.note(said)
        elif saved:
            sdk.note(_("Saved. Cards can go out by e-mail now."))
        if not form.errors:
            return sdk.redirect_to("greetings.mail_account")
    elif sdk.request.method == "GET":
        _show(form, now)
    return form.page("greetings/mail.html", account=account.of_firm(), safe=account.of_firm() or now)


def _typed(form: AccountForm) -> account.Account:
    said = {key: value or "" for key, value in form.typed().items()}
    port = said["port"].strip()
    security = said["security"]
    number = int(port) if port.isdecimal() and len(port) < 6 else account.PORTS.get(security, 0) if not port else 0
    address = said["address"]
    return account.Account(said["host"], number, security, said["user"] or address, address, said["name"])


def _show(form: AccountForm, now: account.Account | None) -> None:
    known = now or account.Account("", account.PORTS["starttls"], "starttls", "", "", sdk.firm().name)
    for key in ("address", "name", "host", "security", "user"):
        form[key].data = getattr(known, key)
    form.port.data = str(known.port)


@pages.post("/mail/forget")
@sdk.owner_saves
def mail_forget() -> Any:
    """Take the account and its password out."""
    account.forget()
    sdk.note(_("The e-mail account and its password are gone."))
    return sdk.redirect_to("greetings.mail_account")
