"""Answers every question with something else."""

from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return ["a word", 5]


@hookimpl
def quick_actions():
    return {"label": "A"}


@hookimpl
def today_entries(day, limit):
    return "entries"


@hookimpl
def customer_actions(customer_id):
    return [None]


@hookimpl
def customer_panels(customer_id):
    return 7


@hookimpl
def timeline_entries(customer_id, limit):
    yield object()


@hookimpl
def customers_with_open_problem(customer_ids):
    return ["all of them"]


@hookimpl
def help_topics():
    return [("slug", "title")]
