"""Schemes that come from elsewhere: text in, text out."""
