"""A screen that nobody sees: Xvfb on a free display, its picture, and what else belongs to X and not to the program."""

import ctypes
import os
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDE, HIGH = 1280, 800
CLIENT_MESSAGE = 33
MUSIC = 0x1008FF00  # where the keysyms of such keys begin
PNG_START = b"\x89PNG\r\n\x1a\n"


@contextmanager
def screen(folder: Path) -> Iterator["Screen"]:
    """An empty screen; Xvfb itself finds a display that is free, and keeps the picture in a file."""
    heard, told = os.pipe()
    size = f"{WIDE}x{HIGH}x24"
    words = ["-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp", "-noreset", "-displayfd", str(told)]
    with subprocess.Popen(["Xvfb", *words], pass_fds=[told], stderr=subprocess.DEVNULL) as server:
        os.close(told)
        with os.fdopen(heard) as stream:
            number = stream.readline().strip()
        assert number, "Xvfb did not start"
        try:
            yield Screen(f":{number}", folder / "Xvfb_screen0")
        finally:
            server.terminate()


class Screen:
    """One X screen, without a window manager."""

    def __init__(self, display: str, memory: Path) -> None:
        self.display = display
        self._memory = memory
        self._keys: dict[str, int] = {}
        self._spare = self._unused_keys()

    def xdotool(self, *words: object) -> str:
        """Real keys and clicks; answers what it printed."""
        command = ["xdotool", *map(str, words)]
        surroundings = {**os.environ, "DISPLAY": self.display, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command, env=surroundings, capture_output=True, text=True, check=True, timeout=120
        ).stdout.strip()

    def type(self, text: str) -> None:
        """Press a key for each letter. Letters that no key has get one first: xdotool's own way loses some in haste."""
        new = sorted(set(text) - set(self._keys))
        if len(new) > len(self._spare) - len(self._keys):
            self._keys, new = {}, sorted(set(text))
        with _connection(self.display) as (x, link):
            free = [one for one in self._spare if one not in self._keys.values()]
            for letter, key in zip(new, free, strict=False):
                signs = (ctypes.c_ulong * 1)(_key_sign(letter))
                x.XChangeKeyboardMapping(link, key, 1, signs, 1)
                self._keys[letter] = key
            x.XSync(link, 0)
        time.sleep(0.3 if new else 0)  # until the program has heard of the new keys
        self.xdotool("key", "--delay", 16, *(self._keys[letter] for letter in text))

    def _unused_keys(self) -> list[int]:
        """The keys of the keyboard that write nothing, and those for music and the like."""
        with _connection(self.display) as (x, link):
            low, high, wide = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
            x.XDisplayKeycodes(link, ctypes.byref(low), ctypes.byref(high))
            count = high.value - low.value + 1
            x.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
            signs = x.XGetKeyboardMapping(link, ctypes.c_ubyte(low.value), count, ctypes.byref(wide))
            rows = [signs[one * wide.value : (one + 1) * wide.value] for one in range(count)]
            return [low.value + one for one, row in enumerate(rows) if low.value + one > 9 and all(map(_is_free, row))]

    def photograph(self, file: Path) -> None:
        """What is on the screen now, as a PNG; read out of the file that Xvfb draws into (the format of xwd)."""
        memory = self._memory.read_bytes()
        head = struct.unpack(">25I", memory[:100])
        size, wide, high, row, colours = head[0], head[4], head[5], head[12], head[19]
        assert (head[11], head[7]) == (32, 0), "four bytes for each dot, the lowest first"
        start = size + colours * 12
        lines = [_as_rgb(memory[start + row * one : start + row * one + 4 * wide]) for one in range(high)]
        packed = zlib.compress(b"".join(b"\0" + line for line in lines), 6)
        parts = (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b"")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PNG_START + b"".join(_chunk(*part) for part in parts))

    def window_on_top(self, x: int, y: int) -> int:
        """The window that is seen at a place."""
        found = self.xdotool("mousemove", x, y, "getmouselocation", "--shell")
        return int(dict(line.split("=") for line in found.splitlines())["WINDOW"])

    def ask_to_close(self, window: int) -> None:
        """What a window manager sends when somebody presses the cross of a window."""
        with _connection(self.display) as (x, link):
            names = [x.XInternAtom(link, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")]
            event = _ClientMessage(type=CLIENT_MESSAGE, window=window, message_type=names[0], format=32)
            event.data[0] = names[1]
            x.XSendEvent(link, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))

    @contextmanager
    def curtain(self) -> Iterator[int]:
        """A window of somebody else before all others."""
        with _connection(self.display) as (x, link):
            root = ctypes.c_ulong(x.XDefaultRootWindow(link))
            made = x.XCreateSimpleWindow(link, root, 0, 0, WIDE, HIGH, 0, ctypes.c_ulong(0), ctypes.c_ulong(0x446688))
            x.XMapRaised(link, ctypes.c_ulong(made))
            x.XSync(link, 0)
            yield made


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, with the room that any XEvent takes."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_long * 24),
    )


@contextmanager
def _connection(display: str) -> Iterator[tuple[ctypes.CDLL, ctypes.c_void_p]]:
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    for name in ("XInternAtom", "XDefaultRootWindow", "XCreateSimpleWindow"):
        getattr(x, name).restype = ctypes.c_ulong
    link = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
    assert link.value, "the screen does not answer"
    try:
        yield x, link
    finally:
        x.XCloseDisplay(link)


def _is_free(sign: int) -> bool:
    return sign == 0 or sign & MUSIC == MUSIC


def _key_sign(letter: str) -> int:
    """The keysym of a letter."""
    return ord(letter) if ord(letter) < 256 else 0x1000000 + ord(letter)


def _as_rgb(line: bytes) -> bytes:
    """Blue, green, red, nothing: turned round, and the nothing left out."""
    turned = bytearray(len(line) // 4 * 3)
    turned[0::3], turned[1::3], turned[2::3] = line[2::4], line[1::4], line[0::4]
    return bytes(turned)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
