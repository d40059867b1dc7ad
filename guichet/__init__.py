"""The front door: settings, command line and the Flask application."""

__version__ = "0.1.0"
