"""Why a vacancy fits: every point can be reckoned by hand."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.vacancies.matching import WEIGHTS, Fit, fit, is_for


@dataclass
class Wanted:
    occupation: str | None = "7212"
    region: str | None = "north"


@dataclass
class Offered:
    occupation: str | None = "7212"
    region: str | None = "north"
    remote: bool = False
    no_experience: bool = False
    needs: list[str] = field(default_factory=list)
    pay_min: int | None = 1
    pay_max: int | None = None


@pytest.mark.parametrize(
    ("offered", "fits", "missing", "unknown"),
    [
        (Offered(), ("occupation", "region"), (), ()),
        (Offered(occupation="7213"), ("near_occupation", "region"), (), ()),
        (Offered(occupation="7223"), ("same_field", "region"), (), ()),
        (Offered(occupation="5120"), ("region",), ("other_occupation",), ()),
        (Offered(occupation=None), ("region",), (), ("occupation_unknown",)),
        (Offered(region="south"), ("occupation",), ("other_region",), ()),
        (Offered(region="south", remote=True), ("occupation", "remote"), (), ()),
        (Offered(region=None), ("occupation",), (), ("region_unknown",)),
        (Offered(no_experience=True), ("occupation", "region", "no_experience"), (), ()),
        (Offered(needs=["english"]), ("occupation", "region"), (), ("need:english",)),
        (Offered(pay_min=None), ("occupation", "region"), (), ("pay",)),
    ],
)
def test_each_point(
    offered: Offered, fits: tuple[str, ...], missing: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    found = fit(Wanted(), offered)
    assert found == Fit(fits, missing, unknown)
    assert found.score == sum(WEIGHTS[point] for point in fits)


def test_what_was_not_asked_is_unknown_and_never_missing() -> None:
    found = fit(Wanted(None, None), Offered())
    assert found.missing == ()
    assert found.unknown == ("occupation_unknown", "region_unknown")


def test_a_digest_holds_only_what_is_for_the_person() -> None:
    assert is_for(fit(Wanted(), Offered()))
    assert is_for(fit(Wanted(), Offered(occupation="7213")))
    assert not is_for(fit(Wanted(), Offered(occupation="7223")))
    assert not is_for(fit(Wanted(), Offered(region="south")))
    assert not is_for(fit(Wanted(None), Offered()))


codes = st.one_of(st.none(), st.from_regex(r"[0-9]{4}", fullmatch=True))
regions = st.one_of(st.none(), st.sampled_from(["north", "south"]))


@given(codes, regions, codes, regions, st.booleans())
def test_no_point_stands_twice_and_each_question_is_answered(
    wished: str | None, here: str | None, work: str | None, there: str | None, remote: bool
) -> None:
    found = fit(Wanted(wished, here), Offered(work, there, remote))
    points = found.fits + found.missing + found.unknown
    assert len(points) == len(set(points)) == 2
