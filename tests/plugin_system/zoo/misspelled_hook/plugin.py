"""Answers a question that nobody asks."""

from loyalapp.sdk import hookimpl


@hookimpl
def today_entrys(day, limit):
    return []
