"""Catalogues of words: the `.mo` beside each `.po`, made anew where missing or older; and words with their values."""

from pathlib import Path
from typing import Any

from loyalapp.core.logs import log


def compiled_catalogue(source: Path, fallback: Path | None) -> Path:
    """The `.mo` beside a `.po`, made anew where missing or older; in `fallback` where the folder is read-only."""
    beside = source.with_suffix(".mo")
    if _is_fresh(beside, source):
        return beside
    try:
        return _compile(source, beside)
    except OSError:
        if fallback is None:
            raise
        place = fallback / f"{source.parents[1].name}-{source.stem}.mo"
        return place if _is_fresh(place, source) else _compile(source, place)


def _is_fresh(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _compile(source: Path, target: Path) -> Path:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- slow import
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- slow import

    with source.open("rb") as stream:
        # Without the locale a file that lacks its Language header would lose its plural rule.
        catalogue = read_po(stream, locale=source.parents[1].name)
    draft = target.with_name(f"{target.name}.part")
    with draft.open("wb") as stream:
        write_mo(stream, catalogue)
    draft.replace(target)
    return target


def filled(words: str, source: str, values: dict[str, Any]) -> str:
    """Words with their values; a translation with a broken placeholder gives way to the English source."""
    if not values:
        return words
    try:
        return words % values
    except (KeyError, ValueError, TypeError):
        log.warning("the translation of “%s” has a broken placeholder", source)
        return source % values
