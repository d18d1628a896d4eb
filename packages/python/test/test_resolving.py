from __future__ import annotations

import sys
import unittest
from typing import Any

from loom_runtime.faults import Fault
from loom_runtime.requirements import parse_requirement
from loom_runtime.resolving import resolve
from loom_runtime.versions import Specifier, Version


class VersionTest(unittest.TestCase):
    def test_versions_are_in_the_order_of_their_releases(self) -> None:
        order = (
            "0.9 1.0.dev1 1.0a1.dev2 1.0a1 1.0b2 1.0rc1 1.0 1.0+abc 1.0+5 1.0.post1.dev1 1.0.post1 1.0.1 1.1 1.10 2 1!0.1"
        ).split()
        versions = [Version(text) for text in order]
        self.assertEqual([str(each) for each in sorted(reversed(versions))], order)
        for one, other in (("1.0", "v1.0.0"), ("1.0-alpha.1", "1.0a1"), ("1.0-1", "1.0.post1"), ("1.0c1", "1.0RC1")):
            self.assertEqual(Version(one), Version(other))
        for text in ("", "one", "1..2", "1.0-", "1.0+", "1.0 beta x"):
            with self.assertRaises(ValueError):
                Version(text)

    def test_conditions_hold_as_they_should(self) -> None:
        for condition, yes, no in (
            ("", "1 0.dev1", ""),
            (">=1.2,<2", "1.2 1.99 1.2.post1", "1.1 2.0 2.0a1 1.2rc1"),
            ("==1.2", "1.2 1.2.0 1.2+local", "1.2.1 1.2.post1 1.2a1"),
            ("==1.2.*", "1.2 1.2.9 1.2a1", "1.3 1.20 1"),
            ("!=1.2.*", "1.3 1", "1.2 1.2.5"),
            ("!=1.2", "1.2.1", "1.2.0 1.2+local"),
            ("~=1.4.2", "1.4.2 1.4.9", "1.5 1.4.1 2.0"),
            ("~=1.4", "1.4 1.9", "2.0 1.3"),
            (">1.7", "1.7.1 1.8", "1.7 1.7.post1 1.7+x"),
            ("<1.7", "1.6", "1.7 1.7a1 1.7.dev0"),
            ("===1.0+x", "1.0+X", "1.0"),
            ("<=1.0", "1.0+local 0.9", "1.0.1"),
        ):
            specifier = Specifier(condition)
            for text in yes.split():
                self.assertTrue(specifier.allows(Version(text)), f"{text} {condition}")
            for text in no.split():
                self.assertFalse(specifier.allows(Version(text)), f"{text} {condition}")
        for text in ("1.2", ">=", ">=1.*", "~=1", "=>1"):
            with self.assertRaises(ValueError):
                Specifier(text)


class RequirementTest(unittest.TestCase):
    def test_all_parts_are_read(self) -> None:
        read = parse_requirement("Typing.Ext_ensions[A, b-c] (>=1.2, <2) ; python_version >= '3' and os_name != 'x'")
        self.assertEqual(read.name, "typing-ext-ensions")
        self.assertEqual(read.extras, {"a", "b-c"})
        self.assertEqual([(each.operator, each.operand) for each in read.specifier.clauses], [(">=", "1.2"), ("<", "2")])
        self.assertTrue(read.applies())
        address = parse_requirement("a @ https://example.org/a-1.0-py3-none-any.whl#sha256=00 ; os_name == 'x'")
        self.assertEqual(address.url, "https://example.org/a-1.0-py3-none-any.whl#sha256=00")
        self.assertFalse(address.applies())

    def test_markers_hold_as_they_should(self) -> None:
        for marker, holds in (
            (f"sys_platform == '{sys.platform}'", True),
            ("sys_platform == 'win99' or python_version > '3.8'", True),
            ("sys_platform == 'win99' and python_version > '3.8' or os_name == 'none'", False),
            ("(sys_platform == 'win99' or python_version > '3.8') and os_name != 'none'", True),
            ("'linux99' in sys_platform", False),
            ("'linux99' not in sys_platform", True),
            ("python_full_version ~= '3.0'", True),
            ("extra == 'Tests'", False),
            ("platform_release > 'zzz'", False),
        ):
            self.assertEqual(parse_requirement(f"a; {marker}").applies(), holds, marker)
        self.assertTrue(parse_requirement("a; extra == 'My_Tests'").applies(frozenset({"my-tests"})))

    def test_what_cannot_be_read_is_refused_in_words(self) -> None:
        for text in (
            "", ">=1", "a b", "a >= ", "a; python", "a; nothing == '1'", "a; (os_name == 'x'", "a @ ", "a; os_name = 'x'",
            "a; os_name == 'x' os_name", "a; " + "(" * 600,
        ):
            with self.assertRaisesRegex(ValueError, "is not a requirement"):
                parse_requirement(text)


class ResolvingTest(unittest.TestCase):
    def plan(self, requirements: str | list[str], *candidates: dict[str, Any]) -> list[str]:
        wanted = requirements.split() if isinstance(requirements, str) else requirements
        answer = resolve({"requirements": wanted, "platforms": [], "candidates": list(candidates)})
        self.assertEqual(answer["unknown"], [])
        return [f"{each['name']} {each['version']}" for each in answer["plan"]]

    def fault(self, requirements: str, *candidates: dict[str, Any]) -> tuple[str, str]:
        with self.assertRaises(Fault) as caught:
            self.plan(requirements, *candidates)
        return caught.exception.code, caught.exception.message

    def test_the_newest_that_fit_are_chosen_with_all_that_they_need(self) -> None:
        there = (
            package("a", "1.0"), package("a", "2.0", "B_b>=1", "c; extra == 'more'", "d; os_name == 'none'"),
            package("b-b", "0.9"), package("b-b", "1.5", "a"), package("b-b", "1.6rc1"), package("c", "1"), package("d", "1"),
        )
        self.assertEqual(self.plan("A", *there), ["a 2.0", "b-b 1.5"])
        self.assertEqual(self.plan("a[more]", *there), ["a 2.0", "b-b 1.5", "c 1"])
        self.assertEqual(self.plan("a<2", *there), ["a 1.0"])
        self.assertEqual(self.plan("b.b>=1.6rc1", *there), ["b-b 1.6rc1"])
        self.assertEqual(self.plan("", *there), [])

    def test_a_condition_that_is_found_later_counts_as_well(self) -> None:
        there = (package("a", "1"), package("a", "2"), package("b", "1", "a<2"))
        self.assertEqual(sorted(self.plan("a b", *there)), ["a 1", "b 1"])

    def test_the_standard_library_needs_no_package(self) -> None:
        self.assertEqual(self.plan("json sqlite3"), [])
        self.assertEqual(self.fault("json>=1")[0], "python/no-such-package")

    def test_what_is_not_there_is_named_with_who_wants_it(self) -> None:
        code, message = self.fault("a", package("a", "1", "numpy>=2"))
        self.assertEqual(code, "python/no-such-package")
        self.assertEqual(message, "numpy is required (“numpy>=2” of a 1), but no source has it.")
        unfit = {"key": "x", "file": "b-1.0-cp38-cp38-win_amd64.whl"}
        self.assertIn("b-1.0-cp38-cp38-win_amd64.whl, which is not for this", self.fault("b", unfit)[1])

    def test_versions_that_do_not_fit_are_named_with_who_wants_them(self) -> None:
        there = (package("a", "1", "c<2"), package("b", "1", "c>=2"), package("c", "1"), package("c", "2"))
        code, message = self.fault("a b", *there)
        self.assertEqual(code, "python/version-conflict")
        self.assertEqual(message, "No c meets “c<2” of a 1, “c>=2” of b 1. There is 2, 1.")
        old = package("d", "1") | {"requiresPython": "<3"}
        self.assertIn("needs Python <3", self.fault("d", old)[1])

    def test_an_older_version_is_taken_when_the_newest_do_not_fit_together(self) -> None:
        there = (
            package("a", "1", "c<2"), package("a", "2", "c>=2"), package("b", "1", "c<2"), package("b", "2", "c>=9"),
            package("c", "1"), package("c", "2"),
        )
        self.assertEqual(sorted(self.plan("a b", *there)), ["a 1", "b 1", "c 1"])
        self.assertEqual(sorted(self.plan("a>=2", *there)), ["a 2", "c 2"])
        code, message = self.fault("a>=2 b", *there)
        self.assertEqual((code, message.partition(". ")[0]), ("python/version-conflict", "No c meets “c>=2” of a 2, “c>=9” of b 2"))

    def test_going_back_ends(self) -> None:
        there = [package("a", str(number), "c>=9") for number in range(300)]
        self.assertEqual(self.fault("a", *there, package("c", "1"))[0], "python/version-conflict")

    def test_a_conflict_names_all_on_whose_account_it_is(self) -> None:
        there = (package("outer", "1", "middle"), package("middle", "2", "c<2"), package("c", "2"))
        self.assertEqual(
            self.fault("outer", *there)[1], "No c meets “c<2” of middle 2 for outer 1. There is 2."
        )

    def test_an_index_is_asked_for_what_is_not_there(self) -> None:
        request = {"requirements": ["a", "b>=2"], "platforms": [], "candidates": [package("b", "1")], "asked": []}
        self.assertEqual(resolve(request), {"plan": [], "unknown": [], "names": ["a", "b"]})
        with self.assertRaises(Fault) as caught:
            resolve(request | {"asked": ["a", "b"]})
        self.assertEqual(caught.exception.code, "python/no-such-package")

    def test_wheels_are_looked_into_when_they_are_chosen(self) -> None:
        candidates = [
            {"key": "1", "file": "a-1.0-py3-none-any.whl"},
            {"key": "2", "file": "a-2.0-py3-none-any.whl"},
            {"key": "3", "file": "z-2.0-py3-none-any.whl"},
        ]
        request = {"requirements": ["a"], "platforms": [], "candidates": candidates}
        self.assertEqual(
            resolve(request), {"plan": [{"key": "2", "name": "a", "version": "2.0"}], "unknown": ["2"], "names": []}
        )

    def test_what_is_no_requirement_is_refused(self) -> None:
        self.assertEqual(self.fault("a=>1")[0], "python/requirement-syntax")
        self.assertEqual(self.fault("a", {"key": "1", "file": "a.zip"})[0], "python/not-a-wheel")


def package(name: str, version: str, *requires: str) -> dict[str, Any]:
    return {"key": f"{name} {version}", "name": name, "version": version, "requires": list(requires)}


if __name__ == "__main__":
    unittest.main()
