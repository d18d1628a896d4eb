from __future__ import annotations

import builtins
import importlib
import unittest

from host import HostTestCase

from loom_runtime.hidden_modules import HiddenModules


class HiddenModulesTest(HostTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.hidden = HiddenModules({"colorsys", "wsgiref"}, "it is hidden.")
        self.addCleanup(self.hidden.uninstall)
        self.hidden.install()

    def test_node_sources_may_not_import_them(self) -> None:
        for line in (
            "import colorsys",
            "from colorsys import rgb_to_hls",
            "import wsgiref.util",
            "import importlib; importlib.import_module('wsgiref.util')",
            "__import__('colorsys', globals())",
            "__import__('colorsys')",
            "eval(\"__import__('colorsys')\")",
            "exec('import colorsys')",
            "exec('import colorsys', {})",
        ):
            error = self.host.run(f"def run():\n    {line}\n")["error"]
            self.assertRegex(error["message"], r"^ImportError: A node may not import \w+(\.util)?: it is hidden\.$")
            self.assertIn(2, [frame["line"] for frame in error["frames"]])

    def test_all_others_may_and_nodes_may_import_the_rest(self) -> None:
        import colorsys  # This test is not the source of a node.

        self.assertIs(importlib.import_module("colorsys"), colorsys)
        source = "import json, xml.dom\nfrom importlib import import_module\ndef run():\n    return import_module('json') is json\n"
        self.assertTrue(self.host.value(self.host.run(source)))

    def test_uninstalling_gives_everything_back(self) -> None:
        self.hidden.uninstall()
        self.hidden.uninstall()
        self.assertEqual(builtins.__import__.__name__, "__import__")
        self.assertEqual(self.host.run("import colorsys\ndef run():\n    return 1\n")["kind"], "success")


if __name__ == "__main__":
    unittest.main()
