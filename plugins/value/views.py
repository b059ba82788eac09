"""The book of what customers value, the two questions, and an extra that was given."""

from typing import Any

from loyalapp import sdk

from . import service, words
from .forms import ExtraForm, VoiceForm

_ = sdk.texts("value").gettext
pages = sdk.blueprint("value")

TRADES = 8


@pages.get("/")
@sdk.private_page
def index() -> str:
    """What customers said and were given, and which kinds of customers nobody has asked yet."""
    args = sdk.request.args
    kind = args.get("kind") if args.get("kind") in service.KINDS else None
    trade = sdk.plain(args.get("trade", "")[:200]) or None
    silent = service.not_asked(TRADES)
    page = service.page(kind, trade, _number(args.get("after", "")))
    return sdk.render(
        "value/index.html",
        page=page,
        kind=kind,
        trade=trade,
        kinds=service.KINDS,
        heard=service.heard_by_trade(TRADES),
        silent=silent,
        names=sdk.customers.names({row.customer_id for row in page.rows} | {row.ask for row in silent}),
        unnamed=sdk.refused([row.customer_id for row in page.rows], "reference"),
        words=words,
        icons=words.ICONS,
    )


def _number(text: str) -> int | None:
    """A row's number out of an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def new(customer_id: int) -> Any:
    """Ask the two questions and write down the answers."""
    customer = sdk.customers.get(customer_id)
    form = VoiceForm(data={"may_name": "no", "said_on": sdk.today()})
    if form.validate_on_submit():
        given = form.typed()
        given["may_name"] = given["may_name"] == "yes"
        if form.attempt(service.hear, customer_id, **given):
            sdk.note(_("Saved."))
            return sdk.redirect_to("customers.show", customer_id=customer_id)
    known = customer.message_language
    return form.page(
        "value/new.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        spoken=known if known in sdk.MESSAGE_LANGUAGES else sdk.current_language(),
        words=words,
        before=service.voices_of(customer_id, 4, service.SAID),
    )


@pages.route("/extra/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def extra(customer_id: int) -> Any:
    """Write down an extra that was given."""
    customer = sdk.customers.get(customer_id)
    form = ExtraForm(data={"said_on": sdk.today()})
    if form.validate_on_submit():
        given = form.typed()
        if form.attempt(service.give, customer_id, given["extra"] or "", given["words"] or "", given["said_on"]):
            sdk.note(_("Saved."))
            return sdk.redirect_to("customers.show", customer_id=customer_id)
    return form.page(
        "value/extra.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        before=service.voices_of(customer_id, 4, ["extra_given"]),
        words=words,
    )


@pages.post("/<int:voice_id>/naming")
def naming(voice_id: int) -> Any:
    """Consent to be named, given or taken back."""
    found = service.allow_naming(voice_id, sdk.request.form.get("allowed") == "yes")
    sdk.note(_("They may be named with these words.") if found.may_name else _("These words are told without a name."))
    return sdk.go_back(sdk.request.form.get("next", "/"))
