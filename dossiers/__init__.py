"""What is kept and moved: the database, the acts upon it, and the work that leaves the building."""
