"""The Bot API's own description as a check: what the messenger emits must be what the documentation promises.

The description lies beside the checkout, in `../shared/data/botapi/botapi.json`; without it the checks are skipped,
but never in CI.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PLACE = Path("data/botapi/botapi.json")
CONSTANT = re.compile(r"(?:always|must be)\s+[\"“]?(\w+)[\"”]?(?=[.,;]|$)")
CHOICES = {
    ("Chat", "type"): {"private", "group", "supergroup", "channel"},
    ("MessageEntity", "type"): set(
        "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler "
        "blockquote expandable_blockquote code pre text_link text_mention custom_emoji".split()
    ),
}
SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
}


class Description:
    """Answers what is wrong with a value that claims to be of a type."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.methods: dict[str, Any] = description["methods"]
        self.types: dict[str, Any] = description["types"]

    def faults(self, types: list[str], value: object, where: str) -> list[str]:
        """Nothing when the value fits one of the types; else what the closest one misses."""
        found = [self._faults_of(kind, value, where) for kind in types]
        return min(found, key=len)

    def _faults_of(self, kind: str, value: object, where: str) -> list[str]:
        if kind.startswith("Array of "):
            return self._faults_of_list(kind.removeprefix("Array of "), value, where)
        if kind in SCALARS:
            wrong = isinstance(value, bool) != (kind in ("Boolean", "True")) or not isinstance(value, SCALARS[kind])
            return [f"{where}: {value!r} is no {kind}"] if wrong else []
        described = self.types[kind]
        if described.get("subtypes"):
            return self.faults(described["subtypes"], value, where)
        return self._faults_of_object(kind, described, value, where)

    def _faults_of_list(self, kind: str, value: object, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where}: no array"]
        return [fault for at, item in enumerate(value) for fault in self._faults_of(kind, item, f"{where}[{at}]")]

    def _faults_of_object(self, kind: str, described: dict[str, Any], value: object, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where}: no {kind}"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        faults = [f"{where}: {kind} has no field {name}" for name in value if name not in fields]
        for name, field in fields.items():
            if name in value:
                faults += self._faults_of_field(kind, field, value[name], f"{where}.{name}")
            elif field["required"]:
                faults.append(f"{where}: {kind} lacks {name}")
        return faults

    def _faults_of_field(self, kind: str, field: dict[str, Any], value: object, where: str) -> list[str]:
        faults = self.faults(field["types"], value, where)
        constant = CONSTANT.search(field["description"]) if field["types"] == ["String"] else None
        if constant and value != constant[1]:
            faults.append(f"{where}: {value!r} instead of {constant[1]!r}")
        allowed = CHOICES.get((kind, field["name"]))
        if allowed and value not in allowed:
            faults.append(f"{where}: {value!r} is none of the known values")
        return faults


@cache
def described() -> Description:
    """The description, or a skip with its reason (a failure in CI)."""
    for shared in (CHECKOUT.parent / "shared", CHECKOUT.parent.parent / "shared"):
        if (shared / PLACE).is_file():
            return Description(json.loads((shared / PLACE).read_text("utf-8")))
    reason = f"no ../shared/{PLACE} beside the checkout: emitted updates and results cannot be checked against it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def check_update(update: object) -> None:
    """Assert that an update is as documented."""
    assert described().faults(["Update"], update, "update") == []


def check_result(method: str, result: object) -> None:
    """Assert that a method's result is as documented."""
    description = described()
    assert description.faults(description.methods[method]["returns"], result, method) == []
