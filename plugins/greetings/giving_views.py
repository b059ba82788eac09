"""A card that was made: looked at, saved, sent in one of the ways there are, and written down as given."""

from pathlib import Path
from typing import Any

from loyalapp import sdk

from . import account, after, certain, drawing, giving, letters, occasions, service, telling
from .forms import GiveForm, LetterForm
from .views import pages

_ = sdk.texts("greetings").gettext
PRINTS = ("a6", "a5")
HERE = {"127.0.0.1", "::1"}


@pages.get("/<int:card_id>")
@sdk.private_page
def card(card_id: int) -> Any:
    """The card, every way to give it, and how it was given."""
    return _card_page(service.get(card_id), GiveForm(), LetterForm(formdata=None))


def _card_page(made: Any, form: GiveForm, letter_form: LetterForm) -> Any:
    customer = service.customer_of(made.customer_id)
    ways_open = giving.open_for(made, customer)
    letter = letters.of(made.id)
    if not letter_form.address.data:
        letter_form.address.data = ways_open.email
    return (letter_form if letter_form.errors else form).page(
        "greetings/card.html",
        card=made,
        customer=customer,
        called=sdk.customers.addressed(customer),
        ways_open=ways_open,
        occasion=occasions.name(made.occasion),
        is_as_meant=drawing.can_be_drawn(made),
        is_here=_is_here(),
        ways=giving.ways(),
        awaited=certain.moon_decides(made.occasion, made.turn) if not made.given_on else None,
        when=telling.day_of,
        letter=letter,
        letter_says=letters.sentence(letter) if letter else "",
        has_account=account.of_firm() is not None,
        letter_form=letter_form,
        give_form=form,
        reply_name=after.reply_name,
        verdict=None if made.given_on else service.verdict(customer.id),
    )


def _is_here() -> bool:
    """Whether who asks sits at the computer that the program runs on."""
    return sdk.request.remote_addr in HERE


@pages.get("/<int:card_id>/card.png")
@sdk.private_page
def picture(card_id: int) -> Any:
    """The card as a picture."""
    return sdk.send_bytes(drawing.for_phone(service.get(card_id)), "image/png")


@pages.post("/<int:card_id>/save")
def save(card_id: int) -> Any:
    """Write the card to the exports folder: a picture for the phone, or a PDF for print with its folder opened."""
    made, wished = service.get(card_id), sdk.request.form.get("format", "png")
    file = _saved(made, wished, sdk.request.form.get("size", "a6"))
    if wished == "pdf" and _is_here() and sdk.at_desk.show_folder(file):
        name = sdk.isolate_text(file.name, ltr=True)
        sdk.note(_("The folder with the print opens. Open %(name)s and print it in its own size.", name=name))
        return _back(card_id)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return _back(card_id)


def _saved(made: Any, wished: str, size: str = "a6") -> Path:
    if wished == "pdf":
        content = drawing.draw(made, "pdf", "a5" if size == "a5" else "a6")
    else:
        content = drawing.for_phone(made)
    return sdk.export_file(drawing.file_name(made, "pdf" if wished == "pdf" else "png"), content)


@pages.post("/<int:card_id>/ready")
def ready(card_id: int) -> Any:
    """The picture for WhatsApp on this computer: saved, its folder opened, and on the clipboard where that goes."""
    made = service.get(card_id)
    file = _saved(made, "png")
    if not _is_here():
        sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
        return _back(card_id)
    is_copied, is_shown = sdk.at_desk.copy_picture(file), sdk.at_desk.show_folder(file)
    name = sdk.isolate_text(file.name, ltr=True)
    if is_copied:
        sdk.note(
            _(
                "The picture is ready to paste: open the chat and press Ctrl and V. It is also saved: %(name)s",
                name=name,
            )
        )
    elif is_shown:
        sdk.note(_("The folder with the picture opens. Drag %(name)s into the chat.", name=name))
    else:
        sdk.note(
            _(
                "Saved. In the chat, press the clip and choose this file: %(file)s",
                file=sdk.isolate_text(file, ltr=True),
            )
        )
    return _back(card_id)


@pages.post("/<int:card_id>/give")
def give(card_id: int) -> Any:
    """The card was given; it is written down and the greeting is finished."""
    form = GiveForm()
    given: bool | None = False
    if form.validate():
        given = form.attempt(giving.give, card_id, sdk.request.form.get("how", ""), form.in_spite.data or "")
    if form.errors:
        return _card_page(service.get(card_id), form, LetterForm(formdata=None))
    if given:
        undo = sdk.url_for("greetings.take_back", card_id=card_id)
        sdk.note(_("Written down. The card was given."), undo=undo)
    return _back(card_id)


@pages.post("/<int:card_id>/take-back")
def take_back(card_id: int) -> Any:
    """Undo of that."""
    giving.take_back(card_id)
    sdk.note(_("It is as it was before."))
    return _back(card_id)


@pages.post("/<int:card_id>/mail")
def mail(card_id: int) -> Any:
    """Send the card by e-mail, to this one person, and write it down once the mail server has taken it."""
    form = LetterForm()
    if form.validate():
        form.attempt(_mailed, card_id, form)
    if form.errors:
        return _card_page(service.get(card_id), GiveForm(formdata=None), form)
    return _back(card_id)


def _mailed(card_id: int, form: LetterForm) -> bool:
    reason = form.in_spite.data or ""
    letter_id = letters.prepare(card_id, form.address.data or "", reason)
    if letters.send(letter_id, reason) == "sent":
        undo = sdk.url_for("greetings.take_back", card_id=card_id)
        sdk.note(_("The e-mail was sent. The card was given."), undo=undo)
    return True


@pages.post("/<int:card_id>/mail/said")
def mail_said(card_id: int) -> Any:
    """It is not known whether an e-mail went out: the user looked and says so."""
    if sdk.request.form.get("arrived") == "yes":
        letters.did_arrive(card_id)
        sdk.note(_("Written down. The card was given."), undo=sdk.url_for("greetings.take_back", card_id=card_id))
    else:
        letters.did_not_arrive(card_id)
        sdk.note(_("It can be sent once more."))
    return _back(card_id)


def _back(card_id: int) -> Any:
    return sdk.redirect_to("greetings.card", card_id=card_id)
