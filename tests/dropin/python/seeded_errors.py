"""Errors put into the facts of the published client, each of which the check must find.

    PYTHON tests/dropin/python/seeded_errors.py FOLDER

PYTHON has the published client. Every kind of fact is changed once, in a copy of the folder.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))

from published_python import differences, everything

ERRORS = (
    # The file, what is there, what a mistake would make of it.
    ("models.txt", "Board = board normal\n", "Board = boards normal\n"),
    ("models.txt", "ActionType = action_type simple\n", "ActionType = action_type normal\n"),
    ("models.txt", " name str required\n", " name str\n"),
    ("models.txt", " pin_count int? readonly\n", " pin_count int?\n"),
    ("models.txt", " board_count int?", " board_count int"),
    ("models.txt", " country Country\n", " country Currency\n"),
    ("models.txt", " permissions [BusinessAccessRole]\n", " permissions BusinessAccessRole\n"),
    ("models.txt", " wire=AGE_BUCKET", " wire=AGE"),
    ("models.txt", ' default="HOTEL"', ' default="RETAIL"'),
    ("models.txt", "PinCreate = pin_create normal nullable\n", "PinCreate = pin_create normal\n"),
    ("models.txt", " closed\n", "\n"),
    ("models.txt", " others=float\n", "\n"),
    ("models.txt", " len<=256", " len<=255"),
    ("models.txt", " image_url=PinMediaSourceImageURL", " image_url=PinMediaSourceVideoID"),
    (
        "models.txt",
        " +oneOf AdPreviewCreateFromImage AdPreviewCreateFromPin\n",
        " +oneOf AdPreviewCreateFromPin\n",
    ),
    ("models.txt", "\n about str\n", "\n"),
    ("operations.txt", " boards_get GET ", " boards_get POST "),
    ("operations.txt", " /boards/{board_id} none ", " /boards/{board_id} Board "),
    ("operations.txt", " client_credentials,pinterest_oauth2\n", " pinterest_oauth2\n"),
    ("operations.txt", " query,csv required", " query,multi required"),
    ("operations.txt", " board_id str path required", " board_id str query required"),
    ("operations.txt", " page_size int query <=250", " page_size int query <=100"),
    ("operations.txt", " <=250 >=1\n", " <=250\n"),
    ("operations.txt", " body required nullable\n", " body required\n"),
    ("operations.txt", " enum=ad_account_analytics.columns\n", "\n"),
    ("operations.txt", "BoardsApi = boards_api\n", "BoardApi = boards_api\n"),
    ("enumerations.txt", "\n BUSINESS\n", "\n"),
    ("enumerations.txt", "\n None = null\n", "\n"),
    ("enumerations.txt", "\n AD\n AE\n", "\n AE\n AD\n"),
)


def main() -> int:
    """Reads the command line; 1 if an error was not found."""
    folder = Path(sys.argv[1])
    found = everything()
    kept = {name: (folder / name).read_text() for name in found}
    wrong = list(differences(kept, found))
    for file, right, mistake in ERRORS:
        if right not in kept[file]:
            wrong.append(f"{file} has no {right!r}, which should be changed")
        elif not list(differences({**kept, file: kept[file].replace(right, mistake, 1)}, found)):
            wrong.append(f"not found: {right!r} as {mistake!r} in {file}")
    print(*wrong, f"{len(ERRORS)} seeded errors, {len(wrong)} complaints", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
