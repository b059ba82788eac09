"""Who sits at this desk, what they may do here, and what customers at the counter do not see."""
