"""What the built program starts: LoyalApp, or that part of it which another part asks for as `-X utf8 -m module`.

The program starts parts of itself in processes of their own (a sheet is read, a card is drawn, a plugin is tried) by
`sys.executable`. From source that is Python; here it is this file, which understands the few words that are used.
"""

import os
import runpy
import sys

WITH_VALUE = {"-X", "-W"}
LIBRARIES = "LD_LIBRARY_PATH"  # set by the loader for the bundle alone; a browser that we open must not get it


def wanted_module(words: list[str]) -> tuple[str, list[str]] | None:
    """The module after `-m` and its own words; None where the words are those of a user."""
    rest = list(words)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option == "-m" and rest:
            return rest[0], rest[1:]
        if option in WITH_VALUE and rest:
            rest.pop(0)
        elif option not in {"-B", "-I", "-u"}:
            return None
    return None


def give_back_surroundings() -> None:
    """What the loader changed for us, as it was: programs that we start are not part of the bundle."""
    before = os.environ.pop(f"{LIBRARIES}_ORIG", None)
    if before is not None:
        os.environ[LIBRARIES] = before
    elif sys.platform == "linux":
        os.environ.pop(LIBRARIES, None)


def speak_utf8() -> None:
    """A program without a console has no streams on Windows; where there are some they speak UTF-8."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123 -- for as long as the program runs
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def main() -> None:
    """Become what was asked for."""
    give_back_surroundings()
    speak_utf8()
    found = wanted_module(sys.argv[1:])
    module, words = found or ("loyalapp", sys.argv[1:])
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
