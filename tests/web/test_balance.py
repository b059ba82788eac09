"""A piece of a page that would spoil what stands after it is refused; what HTML allows is not."""

import pytest

from loyalapp.web.balance import OutOfBalance, check

WHOLE = [
    "just words, 1 < 2 and a <3",
    "<section><h2>A</h2><p>b<br>c</p></section>",
    "<ul><li>a<li>b</ul>",
    "<table><tr><td>1<td>2<tr><td>3</table>",
    '<a href="x>y" title=\'"\' hidden data-a=1>t</a>',
    '<a title="1"href="2">x</a>',
    '<svg viewBox="0 0 1 1"><title>x</title><path d="M0 0"/></svg><svg/>',
    "<!-- <div> --><!----->",
    '<textarea name="a"></div><b></textarea>',
    "<DIV\n class='x'\n></Div\n>",
    "<input value=a/b><img src=x />",
]
SPOILING = {
    "<div>": "<div> is not closed",
    "<p>a": "<p> is not closed",
    "<div/>": "<div> is not closed",
    "</div>": "</div> closes nothing",
    "</main><main>": "</main> closes nothing",
    "<b><i></b></i>": "</b> closes nothing",
    "<p></p></p>": "</p> closes nothing",
    "<textarea>": "<textarea> is not closed",
    '<a href="x>y</a>': "broken",
    "<a href=it's>x</a>": "broken",
    "<div": "broken",
    "<!-- left open": "broken",
    "<!-->": "broken",
    "<!doctype html>": "broken",
    "<?php ?>": "broken",
    "<script>1</script>": "<script> belongs to the page as a whole",
    "<svg></svg><title>x</title>": "<title> belongs to the page as a whole",
    '<base href="x">': "<base> belongs to the page as a whole",
    "<PLAINTEXT>": "<plaintext> belongs to the page as a whole",
}


@pytest.mark.parametrize("html", WHOLE)
def test_what_is_whole_passes(html):
    check(html)


@pytest.mark.parametrize("html", SPOILING)
def test_what_would_spoil_the_rest_is_refused(html):
    with pytest.raises(OutOfBalance, match=SPOILING[html]):
        check(html)


@pytest.mark.parametrize("piece", ['<a x="', "<a ", "<", "<!-", "<b>", "</b ", "<a b=' "])
def test_no_nonsense_makes_it_think_for_long(piece):
    """It would take minutes, were the time not proportional to the length."""
    with pytest.raises(OutOfBalance):
        check(piece * 50_000 + "<a")
