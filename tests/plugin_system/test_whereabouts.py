"""An error of a plugin is said with the last line of the plugin on the way to it."""

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError

from loyalapp.plugin_system.whereabouts import said


def caught(do) -> Exception:
    try:
        do()
    except (ValueError, SyntaxError, TemplateSyntaxError) as error:
        return error
    raise AssertionError("nothing was raised")


def run(file, code):
    file.write_text(code, "utf-8")
    exec(compile(code, str(file), "exec"), {})  # noqa: S102 -- the plugin's code


def test_the_last_line_of_the_plugin_is_named(tmp_path):
    error = caught(lambda: run(tmp_path / "views.py", "import json\n\njson.loads('{')"))

    assert said(error, tmp_path).endswith("(views.py, line 3)")
    assert said(error, tmp_path / "elsewhere").startswith("JSONDecodeError: ")
    assert "views.py" not in said(error, tmp_path / "elsewhere")


def test_what_is_not_python_is_named(tmp_path):
    assert said(caught(lambda: run(tmp_path / "plugin.py", "x = 1\ny = (")), tmp_path).endswith("(plugin.py, line 2)")


def test_a_template_is_named(tmp_path):
    (tmp_path / "show.html").write_text("\n{% endif %}", "utf-8")
    error = caught(lambda: Environment(loader=FileSystemLoader(tmp_path), autoescape=True).get_template("show.html"))

    assert isinstance(error, TemplateSyntaxError)
    assert said(error, tmp_path).endswith("(show.html, line 2)")
