"""Works out what the people of a long list are found by, in a process of its own: the second core's share of the work.

`python -m loyalapp.features.imports.key_process FILE`: portions of a spool come in and are appended to the file with
their keys. Nothing of the database is imported, so that it starts at once and takes little memory.
"""

import gc
import sys
from pathlib import Path

from loyalapp.features.imports.keyed import with_keys
from loyalapp.features.imports.spool import finish_all

if __name__ == "__main__":
    gc.disable()  # no rings are made here
    finish_all(Path(sys.argv[1]), with_keys)
