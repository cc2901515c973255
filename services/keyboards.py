"""What somebody meant who typed with the keyboard set to another language.

A key stands for one letter on each layout, so the text is led back to its keys and read on another layout: US Latin,
Russian, Kazakh and Arabic (101 keys). On the Kazakh one the digits' row holds the letters that Russian lacks.
"""

LAYOUTS = {
    "latin": "`qwertyuiop[]asdfghjkl;'zxcvbnm,./1234567890-=",
    "ru": "ёйцукенгшщзхъфывапролджэячсмитьбю.1234567890-=",
    "kk": '(йцукенгшщзхъфывапролджэячсмитьбю№"әіңғ,.үұқөһ',
    "ar": "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤر\0ىةوزظ1234567890-=",
}
"""What each key gives: the key before the letters, their three rows, then the digits. NUL is the key of two letters."""

_KEYS = LAYOUTS["latin"]
_TO_KEYS = {name: str.maketrans(given, _KEYS) for name, given in LAYOUTS.items()}
_FROM_KEYS = {name: str.maketrans(_KEYS, given) for name, given in LAYOUTS.items()}
_WITHOUT_SHIFT = {"latin": str.maketrans('{}:"<>~', "[];',.`"), "ar": str.maketrans("أإآ", "اغى")}
_TWO_LETTERS = "لا"


def retyped(text: str, layout: str, meant: str) -> str:
    """Read a text that was typed on one layout as if the same keys had been pressed on another."""
    given = text.casefold().translate(_WITHOUT_SHIFT.get(layout, {}))
    if layout == "ar":
        given = given.replace(_TWO_LETTERS, "\0")
    return given.translate(_TO_KEYS[layout]).translate(_FROM_KEYS[meant]).replace("\0", _TWO_LETTERS)
