"""`python -m loyalapp …` is the same as the `loyalapp …` command."""

from loyalapp.cli import main

main()
