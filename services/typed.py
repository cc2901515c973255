"""What people type, cleaned before anything looks at it."""

import unicodedata

LONGEST = 4096
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_KEPT = {"\n", "\u200d", "\u200c"}
"""Line breaks, and the joiners that Arabic-script and emoji spelling needs."""


def clean(text: str | None) -> str:
    """Take out control and direction-override characters and tidy the ends; empty when nothing readable is left."""
    composed = unicodedata.normalize("NFC", (text or "")[:LONGEST].replace("\r\n", "\n").replace("\t", " "))
    kept = "".join(c for c in composed if c in _KEPT or unicodedata.category(c) not in _INVISIBLE)
    return kept.strip() if any(unicodedata.category(c)[0] in "LNPS" for c in kept) else ""


def one_line(text: str | None, longest: int) -> str:
    """Clean a short answer such as a name: one line, bounded."""
    return " ".join(clean(text).split())[:longest].rstrip()
