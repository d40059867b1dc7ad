"""What a form page needs to react while it is filled in: the expressions it may evaluate itself, as JSON.

The page works without it. Whatever the browser could not judge as the server does is left out, and so left to the server.
"""

from renderers.live.page import LivePage, live_page

__all__ = ["LivePage", "live_page"]
