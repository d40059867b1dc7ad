"""A second site beside the first, where the office trains and schemes are tried: opening it, playing applicants, closing it."""
