from __future__ import annotations

import gc
import io
import os
import pickle
import tempfile
import unittest
import unittest.mock
from pathlib import Path
from typing import Any, BinaryIO, Optional

from moving import moved

import loom
from loom_runtime.faults import Fault
from loom_runtime.file_forms import file_form, formed
from loom_runtime.files import File, Mount, made_file, on_drop
from loom_runtime.modules import Modules
from loom_runtime.moving import pack_value, unpack_value
from loom_runtime.portable import decode_portable, encode_portable
from loom_runtime.previews import preview_of

FACTS = {"name": "a.csv", "type": "text/csv", "modified": 1_500}


class FileCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "rows.csv"
        self.path.write_bytes(b"a,b\n1,2\n")


class FileTest(FileCase):
    def test_a_file_of_a_path_is_read_where_it_is(self) -> None:
        file = File(self.path)
        self.assertEqual((file.name, file.type, file.size), ("rows.csv", "text/csv", 8))
        self.assertEqual(file.modified, os.path.getmtime(self.path))
        self.assertEqual((file.read(), file.read_text()), (b"a,b\n1,2\n", "a,b\n1,2\n"))
        self.assertEqual((file.path, os.fspath(file)), (self.path, str(self.path)))
        with file.open("r") as lines:
            self.assertEqual(list(lines), ["a,b\n", "1,2\n"])

    def test_a_file_of_bytes_has_a_path_when_one_is_needed(self) -> None:
        file = loom.File(b"\xff\x00", name="../x/odd name.bin")
        self.assertEqual((file.size, file.type, file.modified), (2, "application/octet-stream", None))
        with open(file, "rb") as source:
            self.assertEqual(source.read(), b"\xff\x00")
        self.assertEqual(file.path.name, "odd name.bin")
        self.assertEqual(file.path, file.path)

    def test_it_is_opened_for_reading_only(self) -> None:
        for mode in ("wb", "a", "r+"):
            with self.subTest(mode), self.assertRaises(ValueError):
                File(self.path).open(mode)

    def test_a_file_of_the_host_is_dropped_with_the_last_that_reads_it(self) -> None:
        dropped: list[str] = []
        on_drop(dropped.append)
        self.addCleanup(on_drop, lambda _path: None)
        file: Any = made_file(Mount(str(self.path)), FACTS)
        self.assertEqual((file.name, file.type, file.modified), ("a.csv", "text/csv", 1.5))
        reader = file.open()
        del file
        gc.collect()
        self.assertEqual((dropped, reader.read(3)), ([], b"a,b"))
        reader.close()
        del reader
        gc.collect()
        self.assertEqual(dropped, [str(self.path)])


class FileTravelTest(FileCase):
    def test_files_and_paths_of_files_leave_python_with_their_bytes(self) -> None:
        for value in (File(b"xy", name="a.txt", modified=2), self.path):
            head, buffers = encode_portable({"rows": [value]})
            file = decode_portable(head, [bytes(buffer) for buffer in buffers])["rows"][0]
            self.assertIsInstance(file, File)
            self.assertEqual(file.read(), value.read() if isinstance(value, File) else value.read_bytes())
            self.assertEqual(file.name, value.name)
        self.assertEqual(moved(Path("/no/such/file")), Path("/no/such/file"))

    def test_files_of_the_host_leave_without_being_read(self) -> None:
        mount = Mount(str(self.path))
        head, buffers = encode_portable(made_file(mount, FACTS))
        self.assertIs(buffers[0], mount)
        self.assertEqual(head, '{"$":"file","name":"a.csv","type":"text/csv","modified":1500,"i":0}')
        self.assertIs(decode_portable(head, buffers).mount, mount)

    def test_files_move_to_another_interpreter(self) -> None:
        data, buffers = pack_value([File(b"x" * 10_000, name="x.bin"), made_file(Mount(str(self.path)), FACTS), self.path])
        self.path.unlink()
        elsewhere = self.path.with_name("elsewhere")
        elsewhere.write_bytes(b"there")
        again: Any = unpack_value(
            data, [Mount(str(elsewhere)) if isinstance(each, Mount) else bytearray(each) for each in buffers], Modules()
        )
        self.assertEqual([again[0].read(), again[1].read()], [b"x" * 10_000, b"there"])
        self.assertEqual((again[1].name, again[2].name), ("a.csv", "rows.csv"))
        self.assertEqual(again[2].read_bytes(), b"a,b\n1,2\n")

    def test_one_that_is_gone_says_so(self) -> None:
        file = File(self.path)
        self.path.unlink()
        with self.assertRaises(Fault) as caught:
            encode_portable([file])
        self.assertIn("rows.csv cannot be read", caught.exception.message)
        self.assertIn("preview failed", preview_of(file).data["text/plain"])

    def test_the_pickle_of_a_file_of_the_host_is_of_no_use_elsewhere(self) -> None:
        data, _ = pack_value(made_file(Mount(str(self.path)), FACTS))
        with self.assertRaises(RuntimeError):
            pickle.loads(data)


class FilePreviewTest(FileCase):
    def test_text_images_and_others(self) -> None:
        png = b"\x89PNG\r\n\x1a\n\x00" + b"x" * 20
        cases: list[tuple[object, dict[str, Any], bool]] = [
            (self.path, {"text/plain": "a,b\n1,2\n"}, False),
            (File(png, name="p.png"), {"text/plain": "p.png (29 bytes)", "image/png": unittest.mock.ANY}, False),
            (File("é".encode() * 8_000, name="t.txt"), {"text/plain": "é" * 4_096}, True),
            (File(b"\xff\xfe", name="x"), {"text/plain": "x (2 bytes)"}, False),
            (File(b"", name="x"), {"text/plain": "x (0 bytes)"}, False),
        ]
        for value, data, truncated in cases:
            with self.subTest(repr(value)):
                preview = preview_of(value)
                facts = preview.data.pop("application/vnd.loom.file+json")
                self.assertEqual(facts["size"], File(value).size if isinstance(value, Path) else value.size)  # type: ignore[attr-defined]
                self.assertEqual((preview.data, preview.truncated), (data, truncated))
        self.assertEqual(preview_of(Path("/no/such")).data, {"text/plain": "/no/such"})


class FileFormTest(FileCase):
    def test_annotations_that_are_about_files(self) -> None:
        for annotation, form in (
            (File, "file"),
            (Path, "path"),
            (BinaryIO, "opened"),
            (io.BufferedReader, "opened"),
            (Optional[File], "file"),
            (File | None, "file"),
            ("loom.File | None", "file"),
            ("'pathlib.Path'", "path"),
            (list[File], None),
            ("list[File]", None),
            (str, None),
            ("str", None),
        ):
            with self.subTest(annotation):
                self.assertEqual(file_form(annotation), form)

    def test_files_take_the_form_that_is_asked_for(self) -> None:
        file = File(self.path)
        self.assertIs(formed("file", file), file)
        self.assertEqual(formed("path", file), self.path)
        self.assertEqual(formed("file", self.path).read(), file.read())
        with formed("opened", file) as source:
            self.assertEqual(source.read(), file.read())
        for value in ("text", None, Path("/no/such")):
            self.assertEqual(formed("file", value), value)


if __name__ == "__main__":
    unittest.main()
