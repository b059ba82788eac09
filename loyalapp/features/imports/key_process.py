"""Works out what the people of a long list are found by, in a process of its own: the second core's share of the work.

`python -m loyalapp.features.imports.key_process`: see `staging.finish_all`. Nothing of our tables is imported, so that
it starts at once and takes little memory.
"""

import gc

from loyalapp.features.imports.staging import finish_all

if __name__ == "__main__":
    gc.disable()  # no rings are made here
    finish_all()
