"""Makes docs/switching.md from the lists of differences.

python3 tests/dropin/page.py            writes the page
python3 tests/dropin/page.py --check    fails if the page is not what the lists say
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "switching.md"

CLIENTS = {
    "python": (
        "Python",
        "`pinterest-generated-client` 0.1.12 and 0.1.8 (`openapi_generated.pinterest_client`)",
    ),
    "node": ("JavaScript", "`pinterest-sdk` 1.1.0"),
}
KINDS = {
    "mended": "What works now",
    "changed": "What behaves differently",
    "added": "What is new",
}
INTRODUCTION = """\
# What changes when you switch

Programs written for the published clients run on this one: change what is installed, nothing else.
That is tested. The same small programs run on the published clients and on this one, against the
same server, and what they print, raise and send is compared.

| | first | then |
|---|---|---|
| Python | `pip uninstall pinterest-generated-client` | `pip install ./bindings-python` |
| Node | `npm uninstall pinterest-sdk` | `npm install …/packages/*.tgz`, [made here](../README.md#install) |

This page lists every difference that
the comparison finds; it is made from the comparison's own lists, and a difference that is not listed
fails the tests.
"""
WRAPPER = """\
### `pinterest-api-sdk` on this package

The wrapper requires `pinterest-generated-client` by name, whose files would lie where this package's do.
Install it without that:

```
pip install ./bindings-python python-dateutil python-dotenv six==1.16.0 urllib3
pip install --no-deps pinterest-api-sdk
```

With uv, an override keeps the published client out; `uv pip install --overrides FILE` takes the same line
from a file:

```toml
[tool.uv]
override-dependencies = ["pinterest-generated-client ; sys_platform == 'never'"]
```

`python -m pinterest_sdk doctor` says when the published client, or a file that it left, has come over
this package. Then: `pip uninstall pinterest-generated-client`,
`pip install --force-reinstall ./bindings-python`.

The wrapper's own unit tests end on this package as on the published client 0.1.9, 0.1.10 and 0.1.12, 50
passed and 1 skipped: with `PINTEREST_ACCESS_TOKEN` set and pytest 7.1.2, as its repository has it, and
with Pinterest in reach, which one of them asks. Of its six samples five run; the published client 0.1.10
cannot read the answer of one of these. Both clients refuse the sample of an ad group, which gives
`auto_targeting_enabled` as None.
"""
LONGEST_SHOWN = 160
MOST_LINES = 3


def main() -> int:
    """Reads the command line; 1 if the page is not what the lists say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    page = "\n".join([INTRODUCTION, *(_language(name) for name in CLIENTS)])
    if not parser.parse_args().check:
        PAGE.write_text(page)
        return 0
    if PAGE.exists() and PAGE.read_text() == page:
        return 0
    print(f"{PAGE} is not what the lists of differences say; run python3 tests/dropin/page.py")
    return 1


def _language(name: str) -> str:
    title, published = CLIENTS[name]
    entries = json.loads((HERE / name / "differences.json").read_text())
    parts = [f"## {title}\n", f"Compared with {published}: {_counted(entries)}.\n"]
    if name == "python":
        parts.append(WRAPPER)
    for kind, heading in KINDS.items():
        chosen = [entry for entry in entries if entry["kind"] == kind]
        if chosen:
            parts += [f"### {heading}\n", *_by_reason(chosen)]
    return "\n".join(parts)


def _counted(entries: list[dict[str, Any]]) -> str:
    reasons = {entry["reason"] for entry in entries}
    if not entries:
        return "no difference"
    return f"{len({entry['probe'] for entry in entries})} differences with {len(reasons)} reasons"


def _by_reason(entries: list[dict[str, Any]]) -> list[str]:
    """A paragraph for each reason, in the order of the list, with what was seen folded below."""
    reasons = list(dict.fromkeys(entry["reason"] for entry in entries))
    return [
        _paragraph(reason, [entry for entry in entries if entry["reason"] == reason]) for reason in reasons
    ]


def _paragraph(reason: str, entries: list[dict[str, Any]]) -> str:
    looked = len({entry["probe"] for entry in entries})
    seen = "\n".join(_entry(entry) for entry in entries)
    summary = f"seen in {looked} comparison{'' if looked == 1 else 's'}"
    return f"- {reason}\n\n  <details><summary>{summary}</summary>\n\n{seen}\n\n  </details>\n"


def _entry(entry: dict[str, Any]) -> str:
    versions = f" ({', '.join(entry['versions'])})" if "versions" in entry else ""
    before, after = _shown(entry["published"]), _shown(entry["ours"])
    lines = [*(f"- {line}" for line in before), *(f"+ {line}" for line in after)]
    return "\n".join(
        [f"  {entry['probe']}{versions}", "  ```diff", *(f"  {line}" for line in lines), "  ```"]
    )


def _shown(observation: Any) -> list[str]:
    """An observation in a few lines of text: a list of lines is taken as such, the rest as JSON."""
    is_text = isinstance(observation, list) and all(isinstance(line, str) for line in observation)
    lines = observation if is_text else [json.dumps(observation, ensure_ascii=False)]
    shown = [
        line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…" for line in lines[:MOST_LINES]
    ]
    return shown if len(lines) <= MOST_LINES else [*shown, f"… {len(lines) - MOST_LINES} more"]


if __name__ == "__main__":
    sys.exit(main())
