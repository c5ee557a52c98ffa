"""What an account needs, and what an administrator may not do with it. All of it is the office's policy, not law."""

from __future__ import annotations

from collections.abc import Collection

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.policy import PASSWORD_LEAST
from kiosk_api.domain.workflow_types import Role

ACCOUNT_ROLES = tuple(one for one in Role if one not in (Role.PETITIONER, Role.SYSTEM))
READERS = frozenset(ACCOUNT_ROLES) - {Role.ADMINISTRATOR}
"""These see cases."""

UNIT_ROLES = frozenset({Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER})
"""These see the cases of their unit, so they have one."""

USERNAME_MAX, DISPLAY_NAME_MAX, PASSWORD_MAX = 64, 64, 200
_IN_A_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
OWN_WORDS = (
    "xinfang",
    "信访",
    "petition",
    "kiosk",
    "password",
    "passwort",
    "mima",
    "密码",
    "admin",
    "qwerty",
    "office",
)
"""Words that are tried first at this service; a password of these and figures is refused."""
_LEAST_SIGNS = 5
READ_LABELS = {"case": "看了整件", "picture": "看了材料照片", "document": "看了文书"}
"""What of a case was read."""


def name_problems(username: str, display_name: str) -> list[FieldError]:
    """What is wrong with the names of a new account."""
    found = []
    if not 2 <= len(username) <= USERNAME_MAX or not set(username) <= _IN_A_NAME:
        found.append(
            FieldError("username", "invalid", f"用户名用2到{USERNAME_MAX}个英文字母、数字、点、下划线或短横线。")
        )
    if not 1 <= len(display_name) <= DISPLAY_NAME_MAX:
        found.append(FieldError("display_name", "required", f"请填写姓名或称呼，最多{DISPLAY_NAME_MAX}个字。"))
    return found


def office_problems(role: str, unit: str) -> list[FieldError]:
    """What is wrong with an office: a role, and a unit where the role has one."""
    if role not in ACCOUNT_ROLES:
        return [FieldError("role", "unknown_role", "请从列出的岗位里选一个。")]
    if role in UNIT_ROLES and not unit:
        return [FieldError("unit", "required", "这个岗位要选所在的单位。")]
    return []


def password_problems(username: str, former: str, password: str, *, is_common: bool = False) -> list[FieldError]:
    """What is wrong with a password that an officer chooses. Length protects; signs of every kind are not asked for.

    `is_common`: it is among those that are tried first, or was (ASVS 5.0, 6.2.4, 6.2.11 and 6.2.12).
    """
    if len(password) < PASSWORD_LEAST:
        detail = f"新密码至少要{PASSWORD_LEAST}个字符，可以用几个不相干的词连起来。"
    elif len(password) > PASSWORD_MAX:
        detail = f"新密码最多{PASSWORD_MAX}个字符。"
    elif password == former:
        detail = "新密码要和现在的不一样。"
    elif is_common or _says_little(username, password):
        detail = "这个密码太容易猜：不要包含用户名，也不要重复几个字符。请换一个。"
    else:
        return []
    return [FieldError("new", "weak_password", detail)]


def _says_little(username: str, password: str) -> bool:
    """Hardly any signs, or hardly any letter beside the officer's name and the words of the house."""
    left = password.lower()
    for word in (username.lower(), *OWN_WORDS):
        left = left.replace(word, "")
    own_words_used = len(left) < len(password)
    return len(set(password)) < _LEAST_SIGNS or (own_words_used and len(set(filter(str.isalpha, left))) < _LEAST_SIGNS)


def require_one_left(administrators: Collection[str], officer_id: str) -> None:
    """Raise DomainError when this account is the last administrator that can sign in."""
    if set(administrators) == {officer_id}:
        raise DomainError(
            "last_administrator", "这是最后一个能登录的管理员账号。请先建好另一个管理员账号，再办这一步。"
        )
