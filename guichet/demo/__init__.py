"""A site filled with invented dossiers in every state, all made by the real services, to look at and to try."""
