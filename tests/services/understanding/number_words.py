"""Numbers spelt out by the grammar of each language, written apart from the vocabulary that reads them back."""

from collections.abc import Callable

EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
RU_ONES = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
RU_TENS = "- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
RU_HUNDREDS = "- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
KK_ONES = "нөл бір екі үш төрт бес алты жеті сегіз тоғыз".split()
KK_TENS = "- он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split()
ES_ONES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
).split()
ES_TENS = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
ES_HUNDREDS = (
    "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
).split()
FR_ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
FR_TENS = "- - vingt trente quarante cinquante soixante".split()
AR_ONES = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
AR_TENS = "- عشرة عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split()
AR_HUNDREDS = "- مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة".split()


def spelt(number: int, language: str) -> str:
    """Spell a number from 0 to 999 999."""
    thousands, rest = divmod(number, 1000)
    below, thousand = LANGUAGES[language]
    parts = [thousand(thousands)] if thousands else []
    parts += [below(rest)] if rest or not thousands else []
    return (" و" if language == "ar" else " ").join(parts)


def _en(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return f"{EN_ONES[hundreds]} hundred" + (f" and {_en(rest)}" if rest else "")
    tens, ones = divmod(rest, 10)
    return EN_ONES[rest] if rest < 20 else EN_TENS[tens] + (f"-{EN_ONES[ones]}" if ones else "")


def _ru(number: int, feminine: bool = False) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return RU_HUNDREDS[hundreds] + (f" {_ru(rest, feminine)}" if rest else "")
    tens, ones = divmod(rest, 10)
    if rest >= 20:
        return RU_TENS[tens] + (f" {_ru(ones, feminine)}" if ones else "")
    return {1: "одна", 2: "две"}.get(rest, RU_ONES[rest]) if feminine else RU_ONES[rest]


def _ru_thousand(thousands: int) -> str:
    if thousands % 100 in range(11, 15):
        form = "тысяч"
    else:
        form = {1: "тысяча", 2: "тысячи", 3: "тысячи", 4: "тысячи"}.get(thousands % 10, "тысяч")
    return f"{_ru(thousands, feminine=True)} {form}"


def _kk(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [KK_ONES[hundreds]] if hundreds > 1 else []
    words += ["жүз"] if hundreds else []
    words += [KK_TENS[tens]] if tens else []
    words += [KK_ONES[ones]] if ones or not number else []
    return " ".join(words)


def _es(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return "cien" if number == 100 else ES_HUNDREDS[hundreds] + (f" {_es(rest)}" if rest else "")
    tens, ones = divmod(rest, 10)
    return ES_ONES[rest] if rest < 30 else ES_TENS[tens] + (f" y {ES_ONES[ones]}" if ones else "")


def _fr(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        before = "" if hundreds == 1 else f"{FR_ONES[hundreds]} "
        return f"{before}cent" + (f" {_fr(rest)}" if rest else "s" if hundreds > 1 else "")
    if rest < 20:
        return FR_ONES[rest]
    if rest >= 80:
        return "quatre-vingts" if rest == 80 else f"quatre-vingt-{FR_ONES[rest - 80]}"
    tens = min(rest // 10, 6)
    ones = rest - 10 * tens
    return FR_TENS[tens] + ("" if not ones else f" et {FR_ONES[ones]}" if ones in {1, 11} else f"-{FR_ONES[ones]}")


def _fr_before_mille(thousands: int) -> str:
    words = _fr(thousands)
    return words.removesuffix("s") if words.endswith(("cents", "vingts")) else words


def _ar(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [AR_HUNDREDS[hundreds]] if hundreds else []
    if rest or not number:
        parts.append(_ar_below_hundred(rest))
    return " و".join(parts)


def _ar_below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number <= 10:
        return AR_ONES[number]
    if number < 20:
        return {11: "أحد عشر", 12: "اثنا عشر"}.get(number, f"{AR_ONES[ones]} عشر")
    return f"{AR_ONES[ones]} و{AR_TENS[tens]}" if ones else AR_TENS[tens]


def _ar_thousand(thousands: int) -> str:
    if thousands in {1, 2}:
        return {1: "ألف", 2: "ألفان"}[thousands]
    return f"{_ar(thousands)} {'آلاف' if thousands <= 10 else 'ألف'}"


LANGUAGES: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "en": (_en, lambda thousands: f"{_en(thousands)} thousand"),
    "ru": (_ru, _ru_thousand),
    "kk": (_kk, lambda thousands: f"{_kk(thousands)} мың"),
    "es": (_es, lambda thousands: "mil" if thousands == 1 else f"{_es(thousands)} mil"),
    "fr": (_fr, lambda thousands: "mille" if thousands == 1 else f"{_fr_before_mille(thousands)} mille"),
    "ar": (_ar, _ar_thousand),
}
