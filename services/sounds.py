"""What words sound like: spellings that people mix up become one.

Sounds are compared only with sounds of the same language, so they need not be right, only equally wrong for a word as the
catalogue writes it and as people do. The rules are plain replacements, in order, because those run over a whole vocabulary
at once, a word to a line.
"""

from collections.abc import Iterable

_DOUBLED = {"latin": "bcdfgklmnprstzaeio", "cyrillic": "бвгджзклмнпрстфхшаеиоу", "arabic": "بتجدرسشعفكلمنهوي"}


def _rules(rules: str) -> Iterable[tuple[str, str]]:
    """Read `spelling>sound` rules; `$` is the end of a word, nothing after `>` leaves the letters out."""
    for rule in rules.replace("$", "\n").split(" "):
        spelling, _, sound = rule.partition(">")
        yield spelling, sound


def _once(script: str) -> Iterable[tuple[str, str]]:
    return ((letter * 2, letter) for letter in _DOUBLED[script])


_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        *_rules("tion>shan sion>shan cian>shan tian>shan ph>f ck>k wh>w wr>r kn>n gh> ce>se ci>si cy>si c>k qu>kw q>k"),
        *_rules("x>ks z>s dg>j ge>je gi>ji y>i kh>ch eau>o ou>u oo>u ee>i ea>i ie>i ei>i ai>e"),
        *_once("latin"),
        *_rules("e$>$ o>a e>i"),
    ),
    "es": (
        *_rules("ph>f ch>1 h> 1>ch qu>k gue>ge gui>gi ge>je gi>ji ce>se ci>si c>k q>k z>s x>s v>b ll>y y>i"),
        *_rules("nb>mb nv>mb w>gu"),
        *_once("latin"),
    ),
    "fr": (
        *_rules("ph>f ch>1 sh>1 h> 1>ch eau>o au>o qu>k ge>je gi>ji ce>se ci>si c>k q>k z>s x>s y>i ss>s tion>sion"),
        *_rules("ain>in ein>in em>am en>an ai>e ei>e oeu>eu ill>i w>v"),
        *_once("latin"),
        *_rules("es$>$ s$>$ t$>$ d$>$ er$>e$ ez$>e$ e$>$"),
    ),
    "ru": (
        *_rules("дж>ж тч>ч ъ> ь> щ>ш сч>ш зч>ш жч>ш ы>и э>е тс>ц дс>ц стн>сн здн>зн лнц>нц рдц>рц чт>шт чн>шн"),
        *_rules("йо>е ио>е иа>я иу>ю"),
        *_once("cyrillic"),
        *_rules("о>а жи>же ши>ше ци>це"),
    ),
    "kk": (
        *_rules("дж>ж тч>ш ъ> ь> щ>ш ч>ш ы>и э>е ю>у ио>е иа>я х>к г>к"),
        *_once("cyrillic"),
        *_rules("о>у"),
    ),
    "ar": (*_rules("ص>س ث>س ط>ت ض>د ظ>د ذ>د ز>د ق>ك وا>و"), *_once("arabic")),
    "ar-latin": (
        *_rules("ص>س ث>س ط>ت ض>د ظ>د ذ>د ز>د ق>ك ح>ه خ>ه ه$>$ ع> ا> و> ي>"),
        *_once("arabic"),
    ),
}
"""By language; `ar-latin` leaves of Arabic words what their spellings in Latin letters agree on: the consonants."""


def sounds(lines: str, language: str) -> str:
    """The words by their sound, a word to a line; languages without rules keep their spelling."""
    heard = lines + "\n"
    for spelling, sound in _RULES.get(language, ()):
        heard = heard.replace(spelling, sound)
    return heard[:-1]
