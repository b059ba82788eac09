"""A plugin on the way its users see: packed, installed from the file with its trial run, switched on, started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loyalapp.features.plugin_page import installing
from loyalapp.plugin_system import packing, state
from loyalapp.plugin_system.calls import registry
from loyalapp.testing import Desk
from tests.conftest import close, open_app


@contextmanager
def arrived(data_dir: Path, folder: Path, room: Path) -> Iterator[Desk]:
    """Somebody at the screen of an app in which the plugin runs as an installed one."""
    file = packing.pack(folder, room)
    app = open_app(data_dir)
    with app.app_context():
        token = installing.open_file(file).rsplit("/", 1)[1]
        plugin_id, is_there = installing.install(token)
        assert is_there
        registry().states.set_wish(plugin_id, state.ON)
    close(app)
    app = open_app(data_dir)
    try:
        plugin = registry(app).plugins[plugin_id]
        assert plugin.module is not None, plugin.details
        assert plugin.folder == data_dir / "plugins" / plugin_id
        yield Desk(app)
    finally:
        close(app)
