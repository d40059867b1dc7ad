"""The verbs of the house: one function an act or a question, called through a Desk; screens see nothing below."""
