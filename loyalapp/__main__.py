"""`python -m loyalapp …` is the same as the `loyalapp …` command."""

from loyalapp.core import collecting, terse

terse.speak()
with collecting.at_rest():
    from loyalapp.cli import main

main()
