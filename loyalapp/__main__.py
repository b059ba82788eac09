"""`python -m loyalapp …` is the same as the `loyalapp …` command."""

from loyalapp.core import collecting

with collecting.at_rest():
    from loyalapp.cli import main

main()
