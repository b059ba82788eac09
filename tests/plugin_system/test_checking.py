"""What was found whole is looked at again when it has changed, and only then."""

import os

from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import registry

WORKS = "templates/works/show.html"


def test_a_template_that_was_broken_after_a_good_start_is_found(data_dir, start):
    assert registry(start("works")).plugins["works"].status == discovery.RUNNING
    (data_dir / "plugins" / "works" / WORKS).write_text("{% block", "utf-8")
    plugin = registry(start()).plugins["works"]

    assert plugin.status == discovery.FAILED
    assert "TemplateSyntaxError" in plugin.details


def test_a_template_that_is_as_it_was_is_not_looked_at_again(data_dir, start):
    file = data_dir / "plugins" / "works" / WORKS
    start("works")
    seen = file.stat()
    file.write_text("{% block".ljust(seen.st_size), "utf-8")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    assert registry(start()).plugins["works"].status == discovery.RUNNING
