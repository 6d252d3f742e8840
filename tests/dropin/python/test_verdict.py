"""The comparison complains when it should. `python -m unittest test_verdict`, in this folder."""

import unittest
from typing import Any

from verdict import complaints, difference, drafts

PUBLISHED = {
    "2": {"a/same": ["x"], "a/other": ["x", "y"], "a/new": ["n"]},
    "1": {"a/same": ["x"], "a/other": ["x", "y"]},
}
OURS = {"a/same": ["x"], "a/other": ["x", "z"], "a/new": ["n"]}
ENTRY = {
    "probe": "a/other",
    "versions": ["1", "2"],
    "published": ["y"],
    "ours": ["z"],
    "reason": "because",
    "kind": "mended",
}


class Verdict(unittest.TestCase):
    """Each way in which runs and list can disagree."""

    def complaint(self, *, ours: Any = OURS, published: Any = PUBLISHED, listed: Any = (ENTRY,)) -> str:
        """The only complaint."""
        wrong = complaints(ours, published, list(listed))
        self.assertEqual(len(wrong), 1, wrong)
        return wrong[0]

    def test_a_listed_difference_is_fine(self) -> None:
        self.assertEqual(complaints(OURS, PUBLISHED, [ENTRY]), [])

    def test_a_difference_that_is_not_listed(self) -> None:
        self.assertEqual(len(complaints(OURS, PUBLISHED, [])), 2)
        self.assertIn("from 1 and is not listed", self.complaint(listed=[ENTRY | {"versions": ["2"]}]))

    def test_a_listed_difference_that_is_gone(self) -> None:
        wrong = complaints(OURS | {"a/other": ["x", "y"]}, PUBLISHED, [ENTRY])
        self.assertEqual(len(wrong), 2)
        self.assertIn("no difference any more", wrong[0])

    def test_a_listed_difference_that_is_another_one(self) -> None:
        wrong = complaints(OURS | {"a/other": ["x", "q"]}, PUBLISHED, [ENTRY])
        self.assertIn("in another way", wrong[0])

    def test_the_order_of_lines_counts(self) -> None:
        self.assertEqual(difference(["a", "b"], ["b", "a"]), (["b"], ["b"]))

    def test_a_probe_that_did_not_run(self) -> None:
        ours = {name: lines for name, lines in OURS.items() if name != "a/same"}
        self.assertIn("did not run on ours", self.complaint(ours=ours))
        self.assertIn("did not run on 2", self.complaint(ours=OURS | {"a/more": ["x"]}))

    def test_a_probe_that_hangs(self) -> None:
        hangs = {"a/same": ["hangs for 20 seconds"]}
        published = {version: run | hangs for version, run in PUBLISHED.items()}
        self.assertIn("hangs", self.complaint(ours=OURS | hangs, published=published))

    def test_an_entry_that_is_not_complete(self) -> None:
        for field, value, text in (("reason", " ", "needs a reason"), ("kind", "bug", "kind is one of")):
            self.assertIn(text, self.complaint(listed=[ENTRY | {field: value}]))
        self.assertIn("more than once", complaints(OURS, PUBLISHED, [ENTRY, ENTRY])[0])
        self.assertIn("fields of an entry", complaints(OURS, PUBLISHED, [ENTRY | {"note": ""}])[0])
        self.assertIn(
            "no probe of this name", "".join(complaints(OURS, PUBLISHED, [ENTRY, ENTRY | {"probe": "b"}]))
        )

    def test_drafts_join_versions(self) -> None:
        (draft,) = drafts(OURS, PUBLISHED, [])
        self.assertEqual(draft, ENTRY | {"reason": "", "kind": "", "versions": ["2", "1"]})


if __name__ == "__main__":
    unittest.main()
