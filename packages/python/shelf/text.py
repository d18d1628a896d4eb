"""Working with text."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Literal

PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def fill_template(template: str, values: dict[str, Any]) -> str:
    """Put values into a text where it has their names in braces.

    Args:
        template: Text such as "Hello {name}". Write {{ and }} for braces.
        values: The values by name.
    """

    def fill(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        name = match[1].strip()
        if name not in values:
            raise ValueError(f'There is no value for "{name}". There are: {", ".join(map(str, values))}.')
        return str(values[name])

    return PLACE.sub(fill, template)


def split_text(text: str, separator: str = "", trim: bool = True) -> list[str]:
    """Cut a text into parts.

    Args:
        text: The text to cut.
        separator: Where to cut. Empty: at spaces and line breaks.
        trim: Leave out spaces around the parts, and empty parts.
    """
    parts = text.split(separator) if separator else text.split()
    return [part.strip() for part in parts if part.strip()] if trim else parts


def join_text(parts: list, separator: str = ", ") -> str:
    """Put parts together to one text.

    Args:
        parts: What to put together, in order.
        separator: The text between two parts.
    """
    return separator.join(map(str, parts))


def replace_text(text: str, find: str, replacement: str = "", pattern: bool = False, ignore_case: bool = False) -> str:
    """Replace every place where a text has another one.

    Args:
        text: The text to change.
        find: What to look for.
        replacement: What to put there.
        pattern: Read "find" as a regular expression; the replacement may then use \\1 for its groups.
        ignore_case: Take capital and small letters as the same.
    """
    if find == "":
        return text
    flags = re.IGNORECASE if ignore_case else 0
    if pattern:
        return re.sub(find, replacement, text, flags=flags)
    return re.sub(re.escape(find), lambda _: replacement, text, flags=flags)


def change_case(text: str, case: Literal["lower", "upper", "title", "sentence"] = "lower") -> str:
    """Change capital and small letters.

    Args:
        text: The text to change.
        case: The letters to use.
    """
    if case == "sentence":
        return text[:1].upper() + text[1:].lower()
    if case == "title":
        # str.title() would make "It'S" of "it's".
        return WORD.sub(lambda word: word[0][:1].upper() + word[0][1:].lower(), text)
    return text.upper() if case == "upper" else text.lower()


def count_words(text: str, most: int = 20, ignore_case: bool = True) -> list[dict]:
    """Count how often each word comes in a text, the most frequent first.

    Args:
        text: The text to look through.
        most: How many words to list. 0 lists all.
        ignore_case: Take capital and small letters as the same.
    """
    words = Counter(WORD.findall(text.casefold() if ignore_case else text))
    ranked = sorted(words.items(), key=lambda entry: (-entry[1], entry[0]))
    return [{"word": word, "count": count} for word, count in (ranked[:most] if most > 0 else ranked)]
