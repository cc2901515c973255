"""Why a vacancy fits: rules with readable weights, as pure functions.

Age, sex, nationality and origin are never inputs. What we did not ask is unknown, not missing.
"""

from dataclasses import dataclass, field
from typing import Protocol

WEIGHTS = {"occupation": 6, "near_occupation": 4, "same_field": 2, "region": 3, "remote": 2, "no_experience": 1}
"""How much each fitting point counts for the order of a list. Shown to people under "How matching works"."""

_SAME_FIELD, _NEAR = 2, 3
"""Leading digits of an ISCO-08 code that two occupations of one field, or two near ones, share."""


class Advert(Protocol):
    """What the rules read of a vacancy."""

    occupation: str | None
    region: str | None
    remote: bool
    no_experience: bool
    needs: list[str]
    pay_min: int | None
    pay_max: int | None


class Wish(Protocol):
    """What the rules read of a person."""

    occupation: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Fit:
    """The points that fit, those that do not, and those we cannot tell; codes, for the screens to word."""

    fits: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    score: int = field(default=0, compare=False)


def fit(wish: Wish, advert: Advert) -> Fit:
    """Compare a person's wish with a vacancy."""
    fits: list[str] = []
    missing: list[str] = []
    unknown: list[str] = []
    work = _occupation_point(wish.occupation, advert.occupation)
    (fits if work in WEIGHTS else missing if work == "other_occupation" else unknown).append(work)
    where = _region_point(wish, advert)
    (fits if where in WEIGHTS else missing if where == "other_region" else unknown).append(where)
    if advert.no_experience:
        fits.append("no_experience")
    unknown.extend(f"need:{need}" for need in advert.needs)
    if advert.pay_min is None and advert.pay_max is None:
        unknown.append("pay")
    return Fit(tuple(fits), tuple(missing), tuple(unknown), sum(WEIGHTS[point] for point in fits))


def _occupation_point(wished: str | None, offered: str | None) -> str:
    if wished is None or offered is None:
        return "occupation_unknown"
    if wished == offered:
        return "occupation"
    if wished[:_NEAR] == offered[:_NEAR]:
        return "near_occupation"
    return "same_field" if wished[:_SAME_FIELD] == offered[:_SAME_FIELD] else "other_occupation"


def _region_point(wish: Wish, advert: Advert) -> str:
    if advert.remote:
        return "remote"
    if wish.region is None or advert.region is None:
        return "region_unknown"
    return "region" if wish.region == advert.region else "other_region"


def is_near(fitting: Fit) -> bool:
    """Tell whether a vacancy is worth showing to somebody who asks what fits: the work or its field, else the place."""
    if "occupation_unknown" in fitting.unknown:
        return any(point in fitting.fits for point in ("region", "remote"))
    return any(point in fitting.fits for point in ("occupation", "near_occupation", "same_field"))


def is_for(fitting: Fit) -> bool:
    """Tell whether a vacancy belongs into the person's digest: nothing missing, and the work is theirs or near it."""
    return not fitting.missing and any(point in fitting.fits for point in ("occupation", "near_occupation"))
