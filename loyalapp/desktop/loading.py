"""The page that shows before the server answers: one sentence in the chosen language, and nothing to be fetched."""

import html

PAPER, NIGHT, INK = "#f0e6d6", "#10131b", "#3b2f22"
PAGE = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>LoyalApp</title>
<style>:root{{color-scheme:light dark}}
body{{background:#f0e6d6;color:#3b2f22;display:grid;place-content:center;justify-items:center;min-height:90vh;margin:2rem;
font:1.6rem/2.2 'Noto Nastaliq Urdu','Noto Sans Devanagari','Noto Sans',sans-serif;text-align:center}}
p{{max-width:40rem;margin:0;overflow-wrap:anywhere}}svg{{inline-size:4.5rem;block-size:4.5rem;margin-block-end:.5rem}}
i{{inline-size:9rem;block-size:.25rem;border-radius:.25rem;margin-block-start:1rem;opacity:.55;
background:linear-gradient(90deg,#0000 35%,#8f3d20 50%,#0000 65%) 0/300%;animation:on 1.6s linear infinite}}
@keyframes on{{from{{background-position:100%}}to{{background-position:0}}}}
@media (prefers-reduced-motion:reduce){{i{{animation:none;background:#8f3d20}}}}
@media (prefers-color-scheme:dark){{body{{background:#10131b;color:#f3ecdf}}}}</style>
{mark}<p role="status">{text}</p>{moving}</html>"""
"""`moving` is a line that runs while something is under way."""


def plain_page(text: str, language: str, *, is_under_way: bool = False) -> str:
    """A page with one sentence; a line moves under it where the user is to wait."""
    direction = "rtl" if language == "ur" else "ltr"
    moving = '<i aria-hidden="true"></i>' if is_under_way else ""
    return PAGE.format(language=language, direction=direction, text=html.escape(text), mark=_mark(), moving=moving)


def _mark() -> str:
    """The sign of the program, drawn into the page itself."""
    from loyalapp.core.paths import PACKAGE

    try:
        return (PACKAGE / "web" / "static" / "mark.svg").read_text("utf-8")
    except OSError:
        return ""
