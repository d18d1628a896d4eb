from __future__ import annotations

import array
import collections
import datetime
import decimal
import enum
import math
import pathlib
import random
import types
import unittest
from typing import NamedTuple

from moving import Row, moved

from loom_runtime.portable import decode_portable, encode_portable


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


class Pair(NamedTuple):
    a: int
    b: int


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
            datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))),
            datetime.time(3, 4, 5, 6),
            datetime.time(3, tzinfo=datetime.UTC),
            datetime.timedelta(days=-400, microseconds=1),
            datetime.timedelta.max,
            decimal.Decimal("-0.100"),
            decimal.Decimal("Infinity"),
            1.5 - 2j,
            pathlib.Path("/no/such/file"),
            {pathlib.Path("/no/such/file"): {decimal.Decimal(1): (datetime.timedelta(1),)}},
            10**5000,
        ):
            result = moved(value)
            self.assertTrue(result == value and type(result) is type(value))
        self.assertEqual([type(item) for item in moved([1, 1.0, True])], [int, float, bool])
        self.assertEqual(math.copysign(1, moved(-0.0)), -1)
        self.assertTrue(math.isnan(moved(math.nan)))
        self.assertTrue(math.isnan(moved(complex(1, math.nan)).imag) and moved(decimal.Decimal("NaN")).is_nan())

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
            kinds = 16 if depth else 12
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
                    return datetime.timedelta(random_.randrange(-99, 99), random_.random() * 1e5)
                case 9:
                    return decimal.Decimal(random_.randrange(10**6)).scaleb(random_.randrange(-9, 9))
                case 10:
                    return complex(random_.random(), -math.inf)
                case 11:
                    return datetime.time(random_.randrange(24), random_.randrange(60))
                case 12:
                    return [value(depth - 1) for _ in range(random_.randrange(4))]
                case 13:
                    return tuple(value(depth - 1) for _ in range(random_.randrange(4)))
                case 14:
                    return {random_.choice("ab$c"): value(depth - 1) for _ in range(random_.randrange(4))}
                case _:
                    return {random_.randrange(9): value(depth - 1) for _ in range(random_.randrange(4))}

        for _ in range(300):
            original = value(4)
            self.assertEqual(moved(original), original, f"seed {seed}")


if __name__ == "__main__":
    unittest.main()
