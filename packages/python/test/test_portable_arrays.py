from __future__ import annotations

import array
import math
import unittest

from moving import moved

from loom_runtime.faults import Fault
from loom_runtime.portable import decode_portable, encode_portable

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]


class ArrayTest(unittest.TestCase):
    def setUp(self) -> None:
        import sys

        kept = sys.modules.pop("numpy", None)
        if kept is not None:
            self.addCleanup(sys.modules.__setitem__, "numpy", kept)

    def test_arrays_move_without_numpy(self) -> None:
        for code in "bBhHiIlLqQfd":
            original = array.array(code, [0, 1, 2])
            result = moved(original)
            self.assertEqual(list(result), [0, 1, 2])
            self.assertEqual(result.itemsize, original.itemsize)
        self.assertEqual(moved(array.array("d")), array.array("d"))

    def test_several_dimensions_keep_their_shape(self) -> None:
        original = memoryview(bytearray(array.array("i", range(6)))).cast("i", (2, 3))
        head, buffers = encode_portable(original)
        self.assertEqual(head, '{"$":"array","dtype":"<i4","shape":[2,3],"i":0}')
        self.assertEqual(decode_portable(head, buffers).tolist(), [[0, 1, 2], [3, 4, 5]])

    def test_memory_with_gaps_is_copied(self) -> None:
        head, buffers = encode_portable(memoryview(array.array("h", range(6)))[::2])
        self.assertEqual((head, bytes(buffers[0])), ('{"$":"array","dtype":"<i2","shape":[3],"i":0}', b"\0\0\2\0\4\0"))

    def test_memory_without_gaps_is_not_copied(self) -> None:
        original = array.array("d", [1.0])
        _, (buffer,) = encode_portable(original)
        original[0] = 2.0
        self.assertEqual(array.array("d", bytes(buffer))[0], 2.0)

    def test_other_byte_orders_are_read(self) -> None:
        result = decode_portable('{"$":"array","dtype":">i2","shape":[2],"i":0}', [b"\0\1\1\0"])
        self.assertEqual(list(result), [1, 256])

    def test_buffers_of_javascript_are_read(self) -> None:
        class JsBuffer:
            def to_bytes(self) -> bytes:
                return b"\1\2"

        self.assertEqual(decode_portable('{"$":"bytes","i":0}', [JsBuffer()]), b"\1\2")

    def test_what_needs_numpy_says_so(self) -> None:
        with self.assertRaisesRegex(Fault, "complex128 needs numpy"):
            decode_portable('{"$":"array","dtype":"<c16","shape":[1],"i":0}', [b"\0" * 16])

    def test_a_class_with_a_faulty_protocol_is_refused(self) -> None:
        class Faulty:
            @property
            def __array_interface__(self) -> object:
                raise RuntimeError("no")

        class Objects:
            __array_interface__ = {"typestr": "|O", "shape": (1,)}

        with self.assertRaisesRegex(Fault, "Faulty cannot leave"):
            encode_portable(Faulty())
        with self.assertRaisesRegex(Fault, "array of object cannot leave Python .at x"):
            encode_portable({"x": Objects()})


@unittest.skipIf(numpy is None, "numpy is not installed")
class NumpyTest(unittest.TestCase):
    def test_arrays_of_numpy_come_back_as_such(self) -> None:
        for original in (
            numpy.arange(6, dtype="<f8").reshape(2, 3),
            numpy.arange(6, dtype=">i4"),
            numpy.arange(6, dtype="u1")[::2],
            numpy.asfortranarray(numpy.arange(6, dtype="f4").reshape(2, 3)),
            numpy.array([1 + 2j]),
            numpy.array([True, False]),
            numpy.array(["ab", "c"]),
            numpy.array(["2020-01-01"], dtype="M8[D]"),
            numpy.zeros((0, 3)),
            numpy.array([1.5], dtype="f2"),
        ):
            result = moved(original)
            self.assertEqual((result.dtype.str, result.shape), (original.dtype.str, original.shape))
            self.assertTrue((result == original).all())
            self.assertTrue(result.flags.writeable)

    def test_scalars_become_plain(self) -> None:
        self.assertEqual(encode_portable([numpy.int64(3), numpy.float64(1.5), numpy.bool_(True)])[0], "[3,1.5,true]")
        self.assertEqual(encode_portable(numpy.array(5))[0], "5")

    def test_objects_in_arrays_are_refused(self) -> None:
        with self.assertRaisesRegex(Fault, "array of object"):
            encode_portable(numpy.array([object()]))


class FrameLikeTest(unittest.TestCase):
    def test_data_frames_leave_as_records(self) -> None:
        class Frame:
            columns = ("a",)
            shape = (2, 1)

            def to_dict(self, orient: str) -> list[dict[str, float]]:
                assert orient == "records"
                return [{"a": 1}, {"a": math.nan}]

        class Series:
            dtype = "int64"

            def to_list(self) -> list[int]:
                return [1, 2]

        self.assertEqual(encode_portable(Frame())[0], '[{"a":1},{"a":{"$":"float","v":"nan"}}]')
        self.assertEqual(encode_portable(Series())[0], "[1,2]")


if __name__ == "__main__":
    unittest.main()
