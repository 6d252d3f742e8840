"""Prints what the benchmarks measured, and writes it into the README as a table and a chart.

Usage: report.py FOLDER README CHART, where FOLDER holds one JSON file a language:
{"rows": [{"name", "unit", "ours", "theirs", "ratio", "target"}]}; "theirs" and "target" may be null.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

Languages = dict[str, list[dict[str, Any]]]

START, END = "<!-- bench -->", "<!-- /bench -->"


def number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(languages: Languages) -> list[str]:
    lines = ["| | measured | this SDK | published | ratio | goal |", "|---|---|---|---|---|---|"]
    for language, rows in languages.items():
        for row in rows:
            ratio = "–" if row["ratio"] is None else f"{row['ratio']:.1f} ×"
            ours, theirs = number(row["ours"]), number(row["theirs"])
            measured, target = f"{row['name']} ({row['unit']})", row["target"] or "–"
            lines.append(f"| {language} | {measured} | {ours} | {theirs} | {ratio} | {target} |")
    return lines


def chart(languages: Languages) -> str:
    """Bars of the ratios on a logarithmic scale; their length is how many times better."""
    bars = [
        (f"{language}: {row['name']}", row["ratio"])
        for language, rows in languages.items()
        for row in rows
        if row["ratio"]
    ]
    left, width, height = 330, 380, 26
    top = max(ratio for _, ratio in bars)
    scale = width / math.log10(max(top, 10) * 1.3)
    total_width, total_height = left + width + 80, height * len(bars) + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total_width}" height="{total_height}" '  # noqa: ISC004
        'font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{left}" y="18" fill="#555">times better than the published client (logarithmic)</text>',
    ]
    for index, (label, ratio) in enumerate(bars):
        y = 30 + index * height
        length = max(2.0, math.log10(max(ratio, 1.01)) * scale)
        lines += [
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end" fill="#222">{label}</text>',
            f'<rect x="{left}" y="{y + 2}" width="{length:.0f}" height="{height - 8}" fill="#bd081c"/>',
            f'<text x="{left + length + 6:.0f}" y="{y + 15}" fill="#222">{ratio:.1f} ×</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    folder, readme, picture = (Path(argument) for argument in sys.argv[1:4])
    files = sorted(folder.glob("*.json"))
    languages: Languages = {file.stem: json.loads(file.read_text())["rows"] for file in files}
    if not languages:
        raise SystemExit(f"no measurements in {folder}: run make bench")
    lines = table(languages)
    print("\n".join(lines))
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(chart(languages), encoding="utf-8")
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(START)
    _, after = rest.split(END)
    note = (
        "`make bench`: HTTPS on loopback, release builds, the same server in the same run; two cores shared\n"
        "with the server. A ratio above 1 is better: more calls, less time, memory and system calls.\n"
    )
    block = "\n".join([START, "", note, *lines, "", f"![The ratios as bars]({picture})", "", END])
    readme.write_text(before + block + after, encoding="utf-8")


if __name__ == "__main__":
    main()
