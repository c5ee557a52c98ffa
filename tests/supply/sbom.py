"""`python -m tests.supply.sbom FILE`: the bill of materials in CycloneDX 1.6, the same bytes for the same lock files."""

from __future__ import annotations

import base64
import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any

from kiosk_api.build import build_version
from tests.supply.components import Component, everything

SPEC = "1.6"
_SPDX = re.compile(r"[A-Za-z0-9.-]+-[\d.]+[A-Za-z0-9.-]*|MIT|ISC|0BSD|Zlib|TCL")
NAMESPACE = uuid.UUID("9f0f8a53-5d5e-5c37-9d2c-0c2f3a3d7a11")  # ours alone, for numbers that are made from content


def bill(components: list[Component], version: str) -> dict[str, Any]:
    """The document; no date and no random number, so that two runs can be compared."""
    listed = [_component(one) for one in components]
    ours = {"type": "application", "name": "petition-channel", "version": version, "bom-ref": "petition-channel",
            "licenses": [{"license": {"id": "Apache-2.0"}}]}  # fmt: skip
    text = json.dumps([ours, listed], sort_keys=True)
    return {
        "bomFormat": "CycloneDX", "specVersion": SPEC, "version": 1, "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, text)}",
        "metadata": {"component": ours}, "components": listed,
        "dependencies": [{"ref": "petition-channel", "dependsOn": sorted(one["bom-ref"] for one in listed)}],
    }  # fmt: skip


def _component(one: Component) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library", "bom-ref": one.purl, "name": one.name, "version": one.version, "purl": one.purl,
        "scope": "excluded" if one.where == {"tests"} else "required", "licenses": _licences(one.licence),
        "properties": [{"name": "petition:where", "value": ",".join(sorted(one.where))}],
    }  # fmt: skip
    if one.hashes:
        made["hashes"] = [_hash(one.kind, text) for text in one.hashes]
    if one.path:
        made["properties"].append({"name": "petition:path", "value": one.path})
    return made


def _hash(kind: str, text: str) -> dict[str, str]:
    """Of every file that the lock accepts: of Python's packages SHA-256, of npm's what its lock holds."""
    if kind == "pypi":
        return {"alg": "SHA-256", "content": text}
    algorithm, _, encoded = text.partition("-")
    return {"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(encoded).hex()}


def _licences(licence: str) -> list[dict[str, Any]]:
    if licence in ("BSD", "not stated"):
        return [{"license": {"name": licence}}]
    if " " in licence and "BSD" not in re.split(r"[\s()]+", licence):
        return [{"expression": licence}]
    return [{"license": {"id": licence} if _SPDX.fullmatch(licence) else {"name": licence}}]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(bill(everything(), build_version()), indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(target)
