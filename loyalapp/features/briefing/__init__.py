"""Before a call or visit: what there is to know, on one screen and one sheet."""
