"""Cannot even be read."""


def broken(:
