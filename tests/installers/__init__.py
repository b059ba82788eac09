"""The proof of the packages: `python3 -m tests.installers` builds them and installs them on a clean Debian."""
