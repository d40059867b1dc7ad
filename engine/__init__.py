"""What a scheme means: its language, its expressions, its form, who may have the aid, and how much."""
