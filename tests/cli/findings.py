"""What `pinterest doctor` finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from program import Person


def examine(person: Person, *arguments: str, code: int, **options: Any) -> list[dict[str, Any]]:
    """The findings that are not good; a fix goes with every one."""
    result = person.run("doctor", "--json", *arguments, **options)
    assert result.code == code, result
    assert "error" not in result.err
    for finding in result.json:
        assert set(finding) == {"check", "verdict", "found", "fix"}
        assert (finding["fix"] is None) is (finding["verdict"] == "good"), finding
    return [finding for finding in result.json if finding["verdict"] != "good"]


def only(findings: list[dict[str, Any]]) -> tuple[str, str, str]:
    """The one finding: its check, what was found, and the fix."""
    assert len(findings) == 1, findings
    return findings[0]["check"], findings[0]["found"], findings[0]["fix"]
