"""The value sheet of a customer, and the page for a prospect: looked at, sent, saved."""

from typing import Any

from loyalapp import sdk

from . import asked, deeds, pitch, sheets, uses, words
from .forms import KindForm
from .views import number, pages

_ = sdk.texts("value").gettext
MIMETYPES = {"png": "image/png", "pdf": "application/pdf"}


# ---- the value sheet ----


@pages.get("/sheet/<int:customer_id>")
@sdk.private_page
def sheet(customer_id: int) -> str:
    """What we did for a customer, every line with its record, and every way to hand it over."""
    customer, days = sdk.customers.get(customer_id), _days(sdk.request.args)
    done = deeds.done(customer_id, days)
    made = None if done.is_empty else sheets.of(customer, done, _language(customer, sdk.request.args))
    return sdk.render(
        "value/sheet.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        days=days,
        spans=deeds.SPANS,
        done=done,
        sheet=made,
        words=words,
        verdict=sdk.contact_check([customer_id], "contact").get(customer_id),
        **(_hand_over(made, customer) if made else {}),
    )


def _days(given: Any) -> int:
    """For which time: one of the spans, a year where nothing else is said."""
    asked_for = number(given.get("days", ""))
    return asked_for if asked_for in deeds.SPANS else 365


def _language(customer: Any, given: Any) -> str:
    return sheets.language_for(customer, given.get("language"))


def _hand_over(made: sheets.Sheet, customer: Any) -> dict[str, Any]:
    """The text, and the ways to send it; without a number WhatsApp asks whose chat it is."""
    number_ = customer.phones[0].number if customer is not None and customer.phones else ""
    address = customer.email if customer is not None and customer.email else ""
    text = sheets.text(made)
    return {
        "text": text,
        "text_lang": words.own_letters(made.language),
        "text_direction": "rtl" if made.language == "ur" else "ltr",
        "whatsapp": sdk.whatsapp.address(text, number_),
        "on_phone": sheets.for_phone(made, number_),
        "email": sheets.email(made, address),
        "language_names": sdk.message_language_names(),
    }


@pages.get("/sheet/<int:customer_id>/sheet.png")
@sdk.private_page
def sheet_picture(customer_id: int) -> Any:
    """The sheet as a picture, to be looked at before it is handed over."""
    return sdk.send_bytes(sheets.drawn(_made(customer_id, sdk.request.args), "png"), MIMETYPES["png"])


def _made(customer_id: int, given: Any) -> sheets.Sheet:
    customer = sdk.customers.get(customer_id)
    done = deeds.done(customer_id, _days(given))
    if done.is_empty:
        raise sdk.NotFound(_("There is no record yet of anything done for them in this time."))
    return sheets.of(customer, done, _language(customer, given))


@pages.post("/sheet/<int:customer_id>/save")
def sheet_save(customer_id: int) -> Any:
    """The sheet into the exports folder: a picture for the phone, a PDF for print."""
    given = sdk.request.form
    form = "pdf" if given.get("format") == "pdf" else "png"
    content = sheets.drawn(_made(customer_id, given), form)
    file = sdk.export_file(sheet_file(customer_id, form), content)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to(
        "value.sheet", customer_id=customer_id, days=_days(given), language=given.get("language") or None
    )


def sheet_file(customer_id: int, form: str) -> str:
    """Under which the sheet lies in the exports folder; by it, it is found when the customer is erased."""
    return f"LoyalApp-value-{customer_id}.{form}"


# ---- for a prospect ----


@pages.get("/prospect")
@sdk.private_page
def prospect() -> Any:
    """What customers of a trade and size value most: talking points, and a page to hand over."""
    found, whom = _pitch(sdk.request.args)
    trade, size = _kind(sdk.request.args, whom)
    trades = sorted({one for one, _size in asked.kinds_of_customers()} | ({trade} - {""}))
    form = KindForm(trades, formdata=None, data={"trade": trade, "size": size})
    language = _pitch_language(whom, sdk.request.args)
    made = None if found.is_empty else pitch.page(found, language, whom)
    return form.page(
        "value/prospect.html",
        pitch=found,
        trade=trade,
        size=size,
        whom=whom,
        called=sdk.customers.addressed(whom) if whom is not None else "",
        sheet=made,
        words=words,
        verdict=sdk.contact_check([whom.id], "offer").get(whom.id) if whom is not None else None,
        **(_hand_over(made, whom) if made else {}),
    )


def _kind(given: Any, whom: Any) -> tuple[str, str]:
    trade = sdk.plain(given.get("trade", "")[:200]) or (whom.trade or "" if whom is not None else "")
    size = given.get("size") or (whom.size or "" if whom is not None else "")
    return trade, size if size in asked.SIZES else ""


def _pitch(given: Any) -> tuple[pitch.Pitch, Any]:
    """What is told, and the customer it is for, if any."""
    customer_id = number(given.get("for", ""))
    whom = sdk.customers.get(customer_id) if customer_id else None
    return pitch.of(*_kind(given, whom), without=customer_id), whom


def _pitch_language(whom: Any, given: Any) -> str:
    asked_for = given.get("language")
    if asked_for in sdk.MESSAGE_LANGUAGES:
        return str(asked_for)
    return words.spoken_with(whom) if whom is not None else sdk.current_language()


@pages.get("/prospect/page.png")
@sdk.private_page
def prospect_picture() -> Any:
    """The page for a prospect as a picture."""
    return sdk.send_bytes(sheets.drawn(_page(sdk.request.args)[0], "png"), MIMETYPES["png"])


def _page(given: Any) -> tuple[sheets.Sheet, pitch.Pitch, Any]:
    found, whom = _pitch(given)
    if found.is_empty:
        raise sdk.NotFound(_("Nobody has said anything yet that could be told to others."))
    return pitch.page(found, _pitch_language(whom, given), whom), found, whom


@pages.post("/prospect/save")
def prospect_save() -> Any:
    """The page into the exports folder; whose words stand on it is written down."""
    given = sdk.request.form
    form = "pdf" if given.get("format") == "pdf" else "png"
    made, found, whom = _page(given)
    name = f"LoyalApp-customers-say-{sdk.now():%Y%m%d-%H%M%S-%f}.{form}"  # its own, by which it is found again
    file = sdk.export_file(name, sheets.drawn(made, form))
    _was_used(found, whom, given, "paper", file.name)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return _back(given)


@pages.post("/prospect/told")
def prospect_told() -> Any:
    """It was sent or said: whose words were used is written down."""
    given = sdk.request.form
    found, whom = _pitch(given)
    _was_used(found, whom, given, "message" if given.get("way") == "message" else "spoken")
    sdk.note(_("Written down. If somebody takes a yes back, you see whom their words were told."))
    return _back(given)


def _was_used(found: pitch.Pitch, whom: Any, given: Any, way: str, file: str = "") -> None:
    trade, size = _kind(given, whom)
    for_id = whom.id if whom is not None else None
    uses.write_down(pitch.used(found), way, for_id=for_id, trade=trade, size=size, file=file)


def _back(given: Any) -> Any:
    kept = {key: given.get(key) for key in ("trade", "size", "for", "language") if given.get(key)}
    return sdk.redirect_to("value.prospect", **kept)
