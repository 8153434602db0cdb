#!/usr/bin/env python3
"""Writes Sources/CLuaHost/unicode_tables.c from Python's own Unicode data: run it again when Python knows a newer Unicode.

    python3 scripts/unicode/make_tables.py > Sources/CLuaHost/unicode_tables.c
"""
import sys
import unicodedata

SPECIAL = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n", "ĸ": "k", "ſ": "s", "ŧ": "t", "Ŧ": "t",
}


def simple(mapped, code):
    """The one character that a character becomes; itself where it becomes several."""
    return ord(mapped) if len(mapped) == 1 else code


def ranges(change):
    """Runs of characters with the same distance to what they become, every one or every second of them."""
    found = []
    for code in range(0x80, 0x110000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        delta = change(code) - code
        if delta == 0:
            continue
        last = found[-1] if found else None
        if last and last[2] == delta and code - last[1] in (1, 2) and last[3] in (0, code - last[1]):
            last[1], last[3] = code, code - last[1]
        else:
            found.append([code, code, delta, 0])
    return [(first, last, delta, step or 1) for first, last, delta, step in found]


def letters():
    """Latin letters beyond ASCII, and what is left of them in a slug."""
    for code in list(range(0xC0, 0x250)) + list(range(0x1E00, 0x1F00)):
        character = chr(code)
        plain = SPECIAL.get(character)
        if plain is None:
            base = unicodedata.normalize("NFKD", character)[0]
            plain = base.lower() if base.isascii() and base.isalpha() else None
        if plain:
            yield code, plain


def print_ranges(name, items):
    print(f"const hl_case_range {name}[] = {{")
    for start in range(0, len(items), 4):
        line = " ".join("{0x%X, 0x%X, %d, %d}," % item for item in items[start:start + 4])
        print("    " + line)
    print("};")
    print(f"const int {name}_count = sizeof {name} / sizeof *{name};\n")


def main():
    print(f"// Made by scripts/unicode/make_tables.py from Unicode {unicodedata.unidata_version}; do not edit.\n")
    print('#include "unicode.h"\n')
    print_ranges("hl_upper_ranges", ranges(lambda code: simple(chr(code).upper(), code)))
    print_ranges("hl_lower_ranges", ranges(lambda code: ord(chr(code).lower()[0])))
    print("const hl_slug_letter hl_slug_letters[] = {")
    items = list(letters())
    for start in range(0, len(items), 8):
        print("    " + " ".join('{0x%X, "%s"},' % item for item in items[start:start + 8]))
    print("};")
    print("const int hl_slug_letter_count = sizeof hl_slug_letters / sizeof *hl_slug_letters;")


if __name__ == "__main__":
    sys.exit(main())
