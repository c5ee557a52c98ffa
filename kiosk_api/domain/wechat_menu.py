"""The menu under the account's conversation at WeChat, as `menu/create` takes it.

https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html — three entries with up to five below
each; names of 16 and 60 bytes. A tapped entry of type `click` is heard as if its key had been typed.
"""

from __future__ import annotations

from typing import Any

TALK, PROGRESS, SCAN, GUIDE, PERSON, HELP = "说事情", "查进度", "扫回执上的码", "办事指南", "找人工", "帮助"


def buttons(public_url: str) -> list[dict[str, Any]]:
    """The entries; pages open at `public_url`."""
    return [
        {"type": "view", "name": TALK, "url": f"{public_url}/m"},
        {
            "name": PROGRESS,
            "sub_button": [
                {"type": "click", "name": PROGRESS, "key": PROGRESS},
                {"type": "scancode_waitmsg", "name": SCAN, "key": SCAN},
            ],
        },
        {
            "name": HELP,
            "sub_button": [
                {"type": "view", "name": GUIDE, "url": f"{public_url}/handbook"},
                {"type": "click", "name": PERSON, "key": PERSON},
            ],
        },
    ]


def shape(entries: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """(name, type, key or address) of each entry, those below included: what two menus are compared by.

    The platform gives a menu back with more around it: sub-entries stand in a `list` of their own.
    """
    found: list[tuple[str, str, str]] = []
    for one in entries:
        below = one.get("sub_button") or []
        inner = below.get("list", []) if isinstance(below, dict) else below
        kind = "" if inner else str(one.get("type", ""))
        found.append((str(one.get("name", "")), kind, "" if inner else str(one.get("key") or one.get("url") or "")))
        found += shape(list(inner))
    return found
