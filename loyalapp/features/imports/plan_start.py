"""The process that works a long list out begins here: its helper is started before anything slow is loaded.

`python -m loyalapp.features.imports.plan_start`: see `plan_process`.
"""

import gc
import subprocess
import sys

HELPER = "loyalapp.features.imports.key_process"


def helper() -> "subprocess.Popen[bytes]":
    """The process that gives people their keys beside us; see `staging.Staging.hand_over`."""
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", HELPER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def main() -> int:
    """Work one task out."""
    gc.disable()  # hardly any rings are made here, and looking for them costs a tenth of the time
    beside = helper()
    from loyalapp.features.imports import plan_process  # noqa: PLC0415 -- slow import; the helper loads meanwhile

    return plan_process.main(beside)


if __name__ == "__main__":
    sys.exit(main())
