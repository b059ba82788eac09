"""Who looks after whom: a whole portfolio goes over in one step; and the record of who did what."""
