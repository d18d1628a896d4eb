"""Charts as SVG, drawn with the standard library only."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

# Told apart by people who see few colours, and on paper: each has another lightness.
COLOURS = ("#3b6fb6", "#e0812b", "#2f9e6e", "#b5539c", "#8a6d3b", "#5b5bd6", "#c9413f", "#4f8f9d")
PAPER, INK, QUIET, GRID, AXIS = "#ffffff", "#1f2430", "#586174", "#e7eaf0", "#9aa3b5"
FONT = 'font-family="system-ui, -apple-system, Segoe UI, sans-serif" font-size="12"'
WIDTH, PLOT_HEIGHT, PADDING = 560, 260, 16
MOST_MARKS = 5000
MOST_BARS = 200


class Svg:
    """A drawing that Loom, like Jupyter, shows as a picture. It brings its own paper, so it reads on dark pages too."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_svg_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Svg of {len(self.text)} characters>"


def bar_chart(rows: list[dict], label: str, value: str, title: str = "") -> Svg:
    """Draw a bar for each row.

    Args:
        rows: A table, one dict per bar.
        label: The column with the names of the bars.
        value: The column with their lengths.
        title: A line above the chart.
    """
    _require(rows, label, value)
    bars = [(_text(row.get(label)), _number(row.get(value), value)) for row in rows[:MOST_BARS]]
    note = f"The first {MOST_BARS} of {len(rows)} bars" if len(rows) > MOST_BARS else ""
    scale = Scale.over([0.0, *(length for _, length in bars if length is not None)], 6)
    left = PADDING + min(170, max((_width(name) for name, _ in bars), default=0)) + 10
    step = 30 if len(bars) <= 40 else 18
    top = 44 if title else PADDING
    bottom = top + max(step, step * len(bars))
    at = _along(scale, left, WIDTH - PADDING - 52)
    parts = _value_axis(scale, at, top, bottom)
    zero = at(0.0)
    for index, (name, length) in enumerate(bars):
        middle = top + step * (index + 0.5)
        parts.append(_label(left - 8, middle + 4, _short(name, 170), "end", INK, name))
        if length is None:
            parts.append(_label(zero + 6, middle + 4, "no value", "start", QUIET))
            continue
        end, thickness = at(length), step * 0.68
        parts.append(
            f'<rect x="{_px(min(zero, end))}" y="{_px(middle - thickness / 2)}" width="{_px(abs(end - zero))}" '
            f'height="{_px(thickness)}" rx="2" fill="{COLOURS[0]}">{_tip(f"{name}: {_format(length)}")}</rect>'
        )
        if length < 0:
            parts.append(_label(zero + 6, middle + 4, _format(length), "start", INK))
        else:
            parts.append(_label(end + 6, middle + 4, _format(length), "start", INK))
    parts.append(f'<path d="M{_px(zero)} {top}V{_px(bottom)}" stroke="{AXIS}"/>')
    parts.append(_label((left + WIDTH - PADDING) / 2, bottom + 38, value, "middle", QUIET))
    return _drawing(parts, bottom + 50, title, note, f"Bar chart of {value} by {label}")


def line_chart(rows: list[dict], x: str, y: str, group: str = "", title: str = "") -> Svg:
    """Draw lines through points, from left to right.

    Args:
        rows: A table, one dict per point.
        x: The column that goes to the right. Numbers are placed by size, text (such as dates) in its order.
        y: The column that goes up. The line has a gap where it has no value.
        group: A column that tells lines apart. Empty: one line.
        title: A line above the chart.
    """
    return _points(rows, x, y, group, title, lines=True)


def scatter_chart(rows: list[dict], x: str, y: str, group: str = "", title: str = "") -> Svg:
    """Draw a point for each row.

    Args:
        rows: A table, one dict per point.
        x: The column that goes to the right.
        y: The column that goes up.
        group: A column that gives the points their colour. Empty: one colour.
        title: A line above the chart.
    """
    return _points(rows, x, y, group, title, lines=False)


def histogram(values: list[float], bins: int = 0, title: str = "") -> Svg:
    """Draw how often numbers fall into ranges.

    Args:
        values: The numbers. Cells without a value are left out.
        bins: How many ranges. 0 chooses a number that suits.
        title: A line above the chart.
    """
    numbers = [number for number in (_number(value, "values") for value in values) if number is not None]
    wanted = bins if bins > 0 else min(40, max(4, math.ceil(math.log2(len(numbers) or 1)) + 3))
    across = Scale.over(numbers or [0.0, 1.0], min(200, wanted))
    if bins > 0 or len(across.ticks) < 3:
        low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
        high = high if high > low else low + 1
        count = min(200, wanted)
        edges = [low + (high - low) * index / count for index in range(count + 1)]
    else:
        edges = list(across.ticks)
    counts = [0] * (len(edges) - 1)
    size = (edges[-1] - edges[0]) / len(counts)
    for number in numbers:
        counts[max(0, min(len(counts) - 1, int((number - edges[0]) / size + 1e-9)))] += 1
    up = Scale.over([0.0, float(max(counts, default=1) or 1)], 5)
    frame = Frame.around(up, title, "")
    across = Scale.over([edges[0], edges[-1]], 6, tight=True)
    right, high = _along(across, frame.left, frame.right), _along(up, frame.bottom, frame.top)
    parts = _height_axis(up, high, frame) + _ticks_below([(right(tick), _format(tick)) for tick in across.ticks], frame)
    for index, count in enumerate(counts):
        start, end = right(edges[index]), right(edges[index + 1])
        tip = f"{_format(edges[index])} to {_format(edges[index + 1])}: {count}"
        parts.append(
            f'<rect x="{_px(start + 0.5)}" y="{_px(high(count))}" width="{_px(max(0.5, end - start - 1))}" '
            f'height="{_px(frame.bottom - high(count))}" fill="{COLOURS[0]}">{_tip(tip)}</rect>'
        )
    return _drawing(parts, frame.bottom + 34, title, "", f"Histogram of {len(numbers)} numbers")


class Scale(NamedTuple):
    """A range of numbers with round ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Iterable[float], about: int, tight: bool = False) -> Scale:
        """The range of the values, widened to the next ticks unless it is to be tight."""
        numbers = list(values)
        low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
        if low == high:
            room = abs(low) * 0.1 or 1.0
            low, high = low - room, high + room
        step = _round_step((high - low) / max(1, about))
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if tight:
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        ticks = tuple(index * step for index in range(first, min(last, first + 400) + 1))
        return cls(low, high, ticks) if tight else cls(first * step, last * step, ticks)


class Frame(NamedTuple):
    """Where the points of a chart are drawn."""

    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def around(cls, up: Scale, title: str, name: str, legend: float = 0.0) -> Frame:
        labels = max((_width(_format(tick)) for tick in up.ticks), default=20)
        top = (44 if title else PADDING + 2) + legend + (18 if name else 0)
        return cls(PADDING + labels + 8, WIDTH - PADDING - 8, top, top + PLOT_HEIGHT)


def _points(rows: list[dict], x: str, y: str, group: str, title: str, lines: bool) -> Svg:
    _require(rows, x, y, *([group] if group else []))
    shown, note = _thinned(rows, lines)
    places, across, labels = _places([row.get(x) for row in shown])
    heights = [_number(row.get(y), y) for row in shown]
    series: dict[str, list[tuple[float | None, float | None, str]]] = {}
    for row, place, height in zip(shown, places, heights):
        name = _text(row.get(group)) if group else ""
        series.setdefault(name, []).append((place, height, _text(row.get(x))))
    up = Scale.over([height for height in heights if height is not None], 5)
    legend, legend_height = _legend(list(series), 44 if title else PADDING) if group else ([], 0.0)
    frame = Frame.around(up, title, y, legend_height)
    right, high = _along(across, frame.left, frame.right), _along(up, frame.bottom, frame.top)
    ticks = [(right(place), text) for place, text in labels]
    parts = [*legend, *_height_axis(up, high, frame), *_ticks_below(ticks, frame)]
    parts.append(_label(frame.left, frame.top - 10, y, "start", QUIET))
    parts.append(_label((frame.left + frame.right) / 2, frame.bottom + 36, x, "middle", QUIET))
    for index, (name, points) in enumerate(series.items()):
        colour = COLOURS[index % len(COLOURS)]
        placed = [(place, height, text) for place, height, text in points if place is not None]
        if lines:
            # Text keeps the order of its rows; numbers are drawn from left to right.
            placed.sort(key=lambda point: point[0])
            path = [(right(place), None if height is None else high(height)) for place, height, _ in placed]
            parts.append(_path(path, colour))
        dots = not lines or len(shown) <= 60
        for place, height, text in placed if dots else []:
            if height is not None:
                tip = f"{name + ': ' if name else ''}{text}, {_format(height)}"
                look = f'r="2.5" fill="{colour}"' if lines else f'r="3.5" fill="{colour}" fill-opacity="0.65"'
                parts.append(f'<circle cx="{_px(right(place))}" cy="{_px(high(height))}" {look}>{_tip(tip)}</circle>')
    kind = "Line chart" if lines else "Scatter chart"
    return _drawing(parts, frame.bottom + 48, title, note, f"{kind} of {y} by {x}")


def _thinned(rows: list[dict], lines: bool) -> tuple[list[dict], str]:
    if len(rows) <= MOST_MARKS:
        return rows, ""
    if not lines:
        return rows[:MOST_MARKS], f"The first {MOST_MARKS:,} of {len(rows):,} points"
    every = math.ceil(len(rows) / MOST_MARKS)
    return rows[::every], f"One of {every} points of {len(rows):,}"


def _places(values: Sequence[Any]) -> tuple[list[float | None], Scale, list[tuple[float, str]]]:
    """Where the values lie on the axis to the right, its scale, and its labels."""
    present = [value for value in values if not _is_missing(value)]
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in present):
        scale = Scale.over([float(value) for value in present if _is_drawable(value)], 7, tight=True)
        numbers = [None if _is_missing(value) or not _is_drawable(value) else float(value) for value in values]
        # Years and other whole numbers below 10,000 are written without a comma.
        return numbers, scale, [(tick, _format(tick, grouping=abs(tick) >= 10_000)) for tick in scale.ticks]
    order = {name: float(index) for index, name in enumerate(dict.fromkeys(map(_text, present)))}
    room = 0.5 if len(order) <= 20 else 0.0
    scale = Scale(-room, max(1.0 - room, len(order) - 1 + room), ())
    widest = max(map(_width, order), default=1)
    every = max(1, math.ceil(len(order) * (min(widest, 120) + 14) / (WIDTH - 90)))
    labels = [(place, name) for name, place in order.items() if int(place) % every == 0]
    return [None if _is_missing(value) else order[_text(value)] for value in values], scale, labels


def _path(points: list[tuple[float, float | None]], colour: str) -> str:
    steps = []
    pen = "M"
    for across, high in points:
        if high is None:
            pen = "M"
        else:
            steps.append(f"{pen}{_px(across)} {_px(high)}")
            pen = "L"
    path, width = "".join(steps), 2 if len(steps) <= 300 else 1.2
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>'


def _legend(names: list[str], top: float) -> tuple[list[str], float]:
    parts, across, line = [], float(PADDING), 0
    for index, name in enumerate(names[:24]):
        text = _short(name, 150)
        width = 18 + _width(text) + 16
        if across + width > WIDTH - PADDING and across > PADDING:
            across, line = float(PADDING), line + 1
        y = top + 18 * line
        colour = COLOURS[index % len(COLOURS)]
        parts.append(f'<rect x="{_px(across)}" y="{_px(y)}" width="11" height="11" rx="2" fill="{colour}"/>')
        parts.append(_label(across + 17, y + 10, text, "start", INK, name))
        across += width
    return parts, 18.0 * (line + 1) + 6


def _value_axis(scale: Scale, at: Callable[[float], float], top: float, bottom: float) -> list[str]:
    parts = []
    for tick in scale.ticks:
        parts.append(f'<path d="M{_px(at(tick))} {_px(top)}V{_px(bottom)}" stroke="{GRID}"/>')
        parts.append(_label(at(tick), bottom + 17, _format(tick), "middle", QUIET))
    return parts


def _height_axis(scale: Scale, at: Callable[[float], float], frame: Frame) -> list[str]:
    parts = []
    for tick in scale.ticks:
        parts.append(f'<path d="M{_px(frame.left)} {_px(at(tick))}H{_px(frame.right)}" stroke="{GRID}"/>')
        parts.append(_label(frame.left - 8, at(tick) + 4, _format(tick), "end", QUIET))
    parts.append(f'<path d="M{_px(frame.left)} {_px(frame.bottom)}H{_px(frame.right)}" stroke="{AXIS}"/>')
    return parts


def _ticks_below(ticks: list[tuple[float, str]], frame: Frame) -> list[str]:
    parts = []
    for across, text in ticks:
        parts.append(f'<path d="M{_px(across)} {_px(frame.bottom)}v4" stroke="{AXIS}"/>')
        # Labels at the ends stay on the paper.
        half = _width(_short(text, 120)) / 2
        inside = min(max(across, PADDING / 2 + half), WIDTH - PADDING / 2 - half)
        parts.append(_label(inside, frame.bottom + 18, _short(text, 120), "middle", QUIET, text))
    return parts


def _drawing(parts: list[str], height: float, title: str, note: str, name: str) -> Svg:
    full = height + (18 if note else 0)
    look = f'font-size="15" font-weight="600" fill="{INK}"'
    head = f'<text x="{PADDING}" y="27" {look}>{_escape(_short(title, 420))}</text>' if title else ""
    foot = _label(PADDING, full - 8, note, "start", QUIET) if note else ""
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_px(full)}" '
        f'width="{WIDTH}" height="{_px(full)}" '
        f'role="img" aria-label="{_escape(title or name)}" {FONT}>'
        f'<rect width="{WIDTH}" height="{_px(full)}" rx="6" fill="{PAPER}"/>{head}{"".join(parts)}{foot}</svg>'
    )


def _label(x: float, y: float, text: str, anchor: str, colour: str, whole: str = "") -> str:
    tip = _tip(whole) if whole and whole != text else ""
    return f'<text x="{_px(x)}" y="{_px(y)}" text-anchor="{anchor}" fill="{colour}">{_escape(text)}{tip}</text>'


def _tip(text: str) -> str:
    return f"<title>{_escape(text)}</title>"


def _escape(text: str) -> str:
    """Text for XML, which has no place for control characters and lone surrogates."""
    plain = "".join(c if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff" else " " for c in text)
    return escape(plain)


def _along(scale: Scale, start: float, end: float) -> Callable[[float], float]:
    extent = scale.high - scale.low
    return lambda value: start + (value - scale.low) / extent * (end - start)


def _round_step(rough: float) -> float:
    """1, 2 or 5 times a power of ten, at least as large as asked."""
    if not math.isfinite(rough) or rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * factor for factor in (1, 2, 5) if power * factor >= rough * 0.999), power * 10)


def _format(value: float, grouping: bool = True) -> str:
    if value == 0:
        return "0"
    if not 1e-4 <= abs(value) < 1e12:
        return f"{value:.3g}"
    digits = max(0, min(6, 3 - math.floor(math.log10(abs(value)))))
    text = f"{value:,.{digits}f}" if grouping else f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(value: Any) -> str:
    return "(none)" if _is_missing(value) else str(value)


def _width(text: str) -> float:
    """About how wide a text is at 12 px: wide scripts count double."""
    return sum(12.0 if character > "\u2e7f" else 6.6 for character in text[:80])


def _short(text: str, room: float) -> str:
    if _width(text) <= room:
        return text
    kept = text
    while kept and _width(kept) > room - 8:
        kept = kept[:-1] if len(kept) <= 80 else kept[:80]
    return kept + "…"


def _number(value: Any, column: str) -> float | None:
    if _is_missing(value):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f'"{column}" has {value!r}, which is not a number.') from None
    return number if _is_drawable(number) else None


def _is_drawable(number: float) -> bool:
    """Infinity has no place, and differences of numbers near the largest one would be infinite."""
    return abs(number) < 1e300


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _require(rows: list[dict], *columns: str) -> None:
    known = list(dict.fromkeys(name for row in rows for name in row))
    for column in columns:
        if rows and column not in known:
            raise ValueError(f'There is no column "{column}". There are: {", ".join(map(str, known))}.')
