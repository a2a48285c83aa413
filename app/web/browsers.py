"""Names browsers for the people who use them."""

from __future__ import annotations

from typing import Final

# In this order: every browser also claims to be those behind it.
BROWSERS: Final = {
    "MicroMessenger": "微信 WeChat",
    "Edg": "Edge",
    "OPR": "Opera",
    "QQBrowser": "QQ",
    "HuaweiBrowser": "Huawei Browser",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def describe(user_agent: str) -> str:
    """Return browser and system as in "Edge · Windows", else what the browser says of itself."""
    found = [next((name for mark, name in names.items() if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or user_agent
