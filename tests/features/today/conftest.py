"""What the tests of Today share: people, and entries as a plugin would put them forward."""

import types

import pytest
from pluggy import HookimplMarker

from loyalapp.features.customers import service as customers
from loyalapp.plugin_system.answers import TodayEntry
from loyalapp.plugin_system.calls import registry

hookimpl = HookimplMarker("loyalapp")


@pytest.fixture
def put_forward(any_app):
    """Entries as a plugin would put them forward; told of what was finished."""
    entries, told = [], []
    module = types.ModuleType("entries")
    module.today_entries = hookimpl(lambda: list(entries))
    module.today_entry_was_finished = hookimpl(lambda key, customer_id: told.append(("finished", key, customer_id)))
    module.today_entry_was_reopened = hookimpl(lambda key, customer_id: told.append(("reopened", key, customer_id)))
    registry(any_app).pluggy.register(module, name="core.test")

    def put(customer_id: int, kind: str, **more) -> str:
        key = f"test:{len(entries)}"
        entries.append(
            TodayEntry(**{"key": key, "customer_id": customer_id, "kind": kind, "what": f"{kind} {key}", **more})
        )
        return key

    put.told = told
    return put


def people(count: int) -> list[int]:
    return [customers.add({"name": f"Person {number}"}).id for number in range(count)]
