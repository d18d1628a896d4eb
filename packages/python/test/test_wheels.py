from __future__ import annotations

import hashlib
import sys
import tempfile
import unittest
from importlib import metadata
from pathlib import Path

from wheel_files import wheel

from loom_runtime.faults import Fault
from loom_runtime.wheels import check_digest, install_wheel, read_metadata, read_wheel_name


class WheelTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.target = Path(folder.name)
        sys.path.insert(0, folder.name)
        self.addCleanup(sys.path.remove, folder.name)

    def refused(self, file: str, data: bytes) -> tuple[str, str]:
        with self.assertRaises(Fault) as caught:
            install_wheel(file, data, str(self.target))
        self.assertEqual(list(self.target.iterdir()), [])
        return caught.exception.code, caught.exception.message

    def test_a_wheel_is_importable_and_known_by_its_version(self) -> None:
        file, data = wheel(
            "Tiny-Thing",
            "1.2",
            {
                "tiny_thing/__init__.py": "from .inner import X\n",
                "tiny_thing/inner.py": "X = 5\n",
                "Tiny_Thing-1.2.data/purelib/tiny_beside.py": "Y = 6\n",
                "Tiny_Thing-1.2.data/scripts/tool": "#!python\n",
            },
        )
        install_wheel(file, data, str(self.target))
        import tiny_beside
        import tiny_thing

        self.assertEqual((tiny_thing.X, tiny_beside.Y), (5, 6))
        self.assertEqual(metadata.version("tiny-thing"), "1.2")
        self.assertFalse((self.target / "Tiny_Thing-1.2.data").exists())

    def test_what_is_required_is_read(self) -> None:
        file, data = wheel("a", requires=("b>=1", "c; extra == 'x'"), requires_python=">=3.9")
        found = read_metadata(file, data)
        self.assertEqual((found.requires, found.requires_python), (["b>=1", "c; extra == 'x'"], ">=3.9"))

    def test_files_that_are_not_of_the_record_are_refused(self) -> None:
        for changed in ({"evil.py": "x = 1"}, {"a.py": "x = 1"}):
            code, message = self.refused(*wheel("a", changed=changed))
            self.assertEqual(code, "python/broken-wheel")
            self.assertIn(f"{next(iter(changed))} is not the one of its record", message)

    def test_files_that_would_land_elsewhere_are_refused(self) -> None:
        for path in ("../evil.py", "/evil.py", "a/../../evil.py", "a\\evil.py"):
            self.assertIn("outside", self.refused(*wheel("a", files={path: ""}))[1])

    def test_what_is_no_wheel_is_refused(self) -> None:
        file, data = wheel("a")
        self.assertIn("not a zip", self.refused(file, b"<html>")[1])
        self.assertIn("no metadata of b", self.refused("b-1.0-py3-none-any.whl", data)[1])
        self.assertEqual(self.refused("a.zip", data)[0], "python/not-a-wheel")
        self.assertIn("cannot", self.refused(file, data.replace(b"VERSION", b"VERSI0N", 1))[1])

    def test_another_hash_is_refused(self) -> None:
        digest = hashlib.sha256(b"x").hexdigest()
        self.assertEqual(check_digest("a.whl", b"x", digest.upper()), digest)
        self.assertEqual(check_digest("a.whl", b"x", None), digest)
        with self.assertRaises(Fault) as caught:
            check_digest("a.whl", b"y", digest)
        self.assertEqual(caught.exception.code, "python/wrong-hash")
        self.assertIn("Nothing of it was installed", caught.exception.message)

    def test_tags_say_where_a_wheel_fits(self) -> None:
        here = f"3{sys.version_info.minor}"
        platforms = frozenset({"pyemscripten_2026_0_wasm32"})
        for tag, fits in (
            ("py3-none-any", True),
            ("py2.py3-none-any", True),
            ("py2-none-any", False),
            ("py39-none-any", True),
            ("py399-none-any", False),
            (f"cp{here}-cp{here}-pyemscripten_2026_0_wasm32", True),
            (f"cp{here}-cp{here}-manylinux_2_17_x86_64", False),
            ("cp38-cp38-pyemscripten_2026_0_wasm32", False),
            ("cp38-abi3-pyemscripten_2026_0_wasm32", True),
            ("cp399-abi3-pyemscripten_2026_0_wasm32", False),
            ("1-py3-none-any", True),
        ):
            self.assertEqual(read_wheel_name(f"a-1.0-{tag}.whl").fits(platforms), fits, tag)


if __name__ == "__main__":
    unittest.main()
