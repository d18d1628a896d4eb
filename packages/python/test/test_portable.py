from __future__ import annotations

import array
import collections
import datetime
import decimal
import enum
import json
import math
import random
import types
import unittest
from dataclasses import dataclass
from typing import Any, NamedTuple

from host import HostTestCase

from loom_runtime.faults import Fault, RuntimeFaultError
from loom_runtime.portable import decode_portable, encode_portable

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


@dataclass
class Row:
    name: str
    when: object = None


class Pair(NamedTuple):
    a: int
    b: int


def moved(value: object) -> Any:
    head, buffers = encode_portable(value)
    json.loads(head, parse_constant=lambda name: (_ for _ in ()).throw(AssertionError(name)))
    return decode_portable(head, [bytes(buffer) for buffer in buffers])


class HeadTest(unittest.TestCase):
    def test_heads_are_as_agreed(self) -> None:
        utc = datetime.UTC
        cases: list[tuple[object, str]] = [
            (None, "null"),
            (True, "true"),
            (3, "3"),
            (3.0, "3.0"),
            (-0.0, "-0.0"),
            (2**53 - 1, "9007199254740991"),
            (2**53, '{"$":"int","v":"9007199254740992"}'),
            (-(2**70), '{"$":"int","v":"-1180591620717411303424"}'),
            (math.nan, '{"$":"float","v":"nan"}'),
            ([math.inf, -math.inf], '[{"$":"float","v":"inf"},{"$":"float","v":"-inf"}]'),
            ("a\u2028\ud800", '"a\\u2028\\ud800"'),
            ({"a": [1, {}], "__proto__": []}, '{"a":[1,{}],"__proto__":[]}'),
            (b"x", '{"$":"bytes","i":0}'),
            ((1, (2,)), '{"$":"tuple","v":[1,{"$":"tuple","v":[2]}]}'),
            ({4}, '{"$":"set","v":[4]}'),
            ({1: "a", (2,): [3]}, '{"$":"dict","v":[[1,"a"],[{"$":"tuple","v":[2]},[3]]]}'),
            ({"$": 1}, '{"$":"dict","v":[["$",1]]}'),
            (datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=utc), '{"$":"datetime","v":"2020-01-02T03:04:05+00:00"}'),
            (datetime.date(2020, 1, 2), '{"$":"date","v":"2020-01-02"}'),
            (array.array("d", [1.5]), '{"$":"array","dtype":"<f8","shape":[1],"i":0}'),
            (Colour.RED, '"red"'),
            (Level.LOW, "1"),
            (Row("n", [1]), '{"name":"n","when":[1]}'),
            (Pair(1, 2), '{"$":"tuple","v":[1,2]}'),
            (collections.OrderedDict(a=1), '{"a":1}'),
            (types.MappingProxyType({"a": 1}), '{"a":1}'),
            (collections.deque([1]), "[1]"),
            (range(3), "[0,1,2]"),
            (bytearray(b"y"), '{"$":"bytes","i":0}'),
        ]
        for value, head in cases:
            with self.subTest(value=value):
                self.assertEqual(encode_portable(value)[0], head)

    def test_values_come_back_with_their_types(self) -> None:
        for value in (
            [1, 1.0, True, None, "x", b"y", (1,), {1, 2}, {1: {"$": [2]}}, -0.0, 2**80, {(): {}}],
            {"deep": [[[[{"a": (1, [2])}]]]]},
            datetime.datetime(2020, 1, 2, 3, 4, 5, 600),
            datetime.date(1, 1, 1),
            10**5000,
        ):
            result = moved(value)
            self.assertTrue(result == value and type(result) is type(value))
        self.assertEqual([type(item) for item in moved([1, 1.0, True])], [int, float, bool])
        self.assertEqual(math.copysign(1, moved(-0.0)), -1)
        self.assertTrue(math.isnan(moved(math.nan)))

    def test_heads_from_javascript_are_read(self) -> None:
        self.assertEqual(
            decode_portable('{"$":"datetime","v":"2020-01-01T00:00:00.000Z"}'),
            datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        )
        self.assertIsNone(decode_portable('{"$":"undefined"}'))
        self.assertEqual(decode_portable(' [ "$", {"a": "\\"$\\""} ] '), ["$", {"a": '"$"'}])

    def test_random_values_survive(self) -> None:
        seed = random.randrange(2**32)
        random_ = random.Random(seed)

        def value(depth: int) -> object:
            kinds = 12 if depth else 8
            match random_.randrange(kinds):
                case 0:
                    return None
                case 1:
                    return random_.random() < 0.5
                case 2:
                    return random_.randrange(-(2**60), 2**60)
                case 3:
                    return random_.choice([0.0, -1.5, math.inf, 1e300, 5e-324])
                case 4 | 5:
                    return "".join(random_.choice('a$"\\\u2028😀\x00') for _ in range(random_.randrange(6)))
                case 6:
                    return bytes(random_.randrange(256) for _ in range(random_.randrange(4)))
                case 7:
                    return datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=random_.randrange(10**9))
                case 8:
                    return [value(depth - 1) for _ in range(random_.randrange(4))]
                case 9:
                    return tuple(value(depth - 1) for _ in range(random_.randrange(4)))
                case 10:
                    return {random_.choice("ab$c"): value(depth - 1) for _ in range(random_.randrange(4))}
                case _:
                    return {random_.randrange(9): value(depth - 1) for _ in range(random_.randrange(4))}

        for _ in range(300):
            original = value(4)
            self.assertEqual(moved(original), original, f"seed {seed}")


class RefusalTest(unittest.TestCase):
    def refused(self, value: object) -> str:
        with self.assertRaises(Fault) as caught:
            encode_portable(value)
        self.assertEqual(caught.exception.code, "value/not-portable")
        return caught.exception.message

    def test_the_path_is_named(self) -> None:
        cases: list[tuple[object, str]] = [
            ({"rows": [0, {"when": object()}]}, "A value of type object cannot leave Python (at rows[1].when)."),
            (object(), "A value of type object cannot leave Python."),
            ({"odd key": {3: [1j]}}, 'A value of type complex cannot leave Python (at ["odd key"][3][0]).'),
            ([decimal.Decimal("1.5")], "A value of type Decimal cannot leave Python (at [0])."),
            ({"a": Row("n", len)}, "A value of type builtin_function_or_method cannot leave Python (at a.when)."),
            ([10**200_000], "An integer of 664,386 bits is too large to move (at [0])."),
        ]
        for value, message in cases:
            with self.subTest(message):
                self.assertEqual(self.refused(value), message)

    def test_cycles_are_found(self) -> None:
        rows: list[object] = [1]
        rows.append({"self": rows})
        self.assertEqual(self.refused({"rows": rows}), "The list contains itself (at rows[1].self).")
        same = [1]
        self.assertEqual(moved([same, same]), [[1], [1]])

    def test_depth_and_size_are_bounded(self) -> None:
        deep: list[object] = []
        for _ in range(50_000):
            deep = [deep]
        self.assertEqual(self.refused(deep), "The value is nested more than 200 levels deep.")
        deep = []
        for _ in range(199):
            deep = [deep]
        self.assertEqual(moved(deep), deep)
        self.assertIn("more than 1,000,000 items", self.refused([0] * 1_000_001))
        wide: list[object] = [0] * 1000
        for _ in range(3):
            wide = [wide] * 100
        self.assertIn("more than 1,000,000 items", self.refused(wide))

    def test_malformed_heads_are_refused(self) -> None:
        for head in (
            "[1,",
            "NaN",
            "-Infinity",
            '{"$":"what"}',
            '{"$":"bytes","i":3}',
            '{"$":"float","v":"x"}',
            '{"$":"set","v":[[]]}',
            '{"$":"dict","v":[[[],1]]}',
            '{"$":"array","dtype":"<f8","shape":[2],"i":0}',
            '{"$":"int","v":"1x"}',
            "[" * 100_000,
            '{"a":' * 100_000 + "1" + "}" * 100_000,
        ):
            with self.subTest(head=head[:40]), self.assertRaises(Fault) as caught:
                decode_portable(head, [b"x"])
            self.assertEqual(caught.exception.code, "value/not-portable")

    def test_brackets_in_strings_are_not_depth(self) -> None:
        text = '["{' * 1000 + "\\"
        self.assertEqual(moved([text, {"$": text}]), [text, {"$": text}])


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


class RuntimeValueTest(HostTestCase):
    def test_values_are_written_and_read(self) -> None:
        handle = self.host.runtime.write('{"a":{"$":"bytes","i":0}}', [b"x"])
        head, buffers = self.host.runtime.read(handle)
        self.assertEqual((head, [bytes(buffer) for buffer in buffers]), ('{"a":{"$":"bytes","i":0}}', [b"x"]))
        self.host.runtime.release(json.dumps([handle]))
        for action in (lambda: self.host.runtime.read(handle), lambda: self.host.runtime.preview(handle)):
            with self.assertRaises(RuntimeFaultError) as caught:
                action()
            self.assertEqual(json.loads(str(caught.exception))["code"], "value/lost")

    def test_a_value_whose_methods_fail_is_a_fault(self) -> None:
        self.host.run("""
from collections.abc import Mapping
class Odd(Mapping):
    def __getitem__(self, key): raise KeyError
    def __iter__(self): raise RuntimeError("no")
    def __len__(self): return 1
def run(): return Odd()
""")
        with self.assertRaises(RuntimeFaultError) as caught:
            self.host.runtime.read("v1")
        self.assertEqual(caught.exception.fault.code, "value/not-portable")

    def test_handles_are_never_used_again(self) -> None:
        first = self.host.runtime.write("1")
        self.host.runtime.release(json.dumps([first]))
        self.assertNotEqual(self.host.runtime.write("1"), first)

    def test_a_deeply_nested_value_can_be_shown_refused_and_released(self) -> None:
        for step in ("value = [value]", "value = (value,)", "value = {'a': value}", "value = [1, value]"):
            event = self.host.run(f"def run():\n    value = []\n    for n in range(50_000): {step}\n    return value\n")
            self.assertEqual(event["kind"], "success")
            handle = event["outputs"]["result"]["handle"]
            with self.assertRaisesRegex(RuntimeError, "200 levels deep"):
                self.host.runtime.read(handle)
            self.host.runtime.preview(handle)
            self.host.runtime.release(json.dumps([handle]))
        self.assertEqual(self.host.runtime.held, 0)

    def test_releasing_leaves_what_others_hold(self) -> None:
        self.host.run("""
kept = []
def run():
    value = []
    for n in range(5_000): value = [value]
    kept.append(value)
    return value
""")
        self.host.runtime.release('["v1"]')
        value = self.host.runtime._definitions.current()["test"].module.load().kept[0]
        depth = 0
        while value:
            value, depth = value[0], depth + 1
        self.assertEqual(depth, 5_000)


if __name__ == "__main__":
    unittest.main()
