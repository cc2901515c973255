"""Sample vacancies written for the demonstration: clearly named as samples, never gathered from anywhere."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.pack_files import mapping, open_file, validate
from services.pack_models import LanguageCode, PackValue, Text

FILE = "sample-vacancies.yaml"

Need = Literal[
    "certificate_accounting",
    "certificate_childcare",
    "certificate_electrician",
    "certificate_guard",
    "certificate_medical",
    "certificate_teaching",
    "certificate_welding",
    "computer",
    "driving_licence_b",
    "driving_licence_c",
    "driving_licence_d",
    "driving_licence_tractor",
    "english",
    "kazakh",
    "medical_book",
    "physical_work",
    "russian",
    "shift_work",
    "own_phone",
]
"""What a vacancy may ask for. The words people read for each are in the screens."""


class SamplePay(PackValue):
    """Pay as offered; one of the bounds may be left open."""

    min: Annotated[int, Field(gt=0)] | None = None
    max: Annotated[int, Field(gt=0)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    period: Literal["month", "hour"]

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("give min, max or both, or write `pay: null` for pay not stated")
        if self.min is not None and self.max is not None and self.max < self.min:
            raise ValueError("max is below min")
        return self


class SampleVacancy(PackValue):
    """A sample vacancy; its dates are counted from the day the demonstration starts."""

    id: Annotated[str, StringConstraints(pattern=r"^sample-\d{3}$")]
    language: LanguageCode
    title: Text
    employer: Text
    region: Text
    place: Text
    occupation: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    pay: SamplePay | None
    hours: Literal["full", "part", "shift", "flexible"]
    contract: Literal["permanent", "temporary", "seasonal"]
    remote: bool = False
    no_experience: bool = False
    disability_friendly: bool = False
    needs: tuple[Need, ...] = ()
    opened_days_ago: Annotated[int, Field(ge=0)]
    closes_in_days: Annotated[int, Field(ge=0)] | None
    apply: Text
    description: Text


class SampleList(PackValue):
    """The content of `sample-vacancies.yaml`."""

    vacancies: tuple[SampleVacancy, ...]


def load_samples(folder: Path) -> tuple[SampleVacancy, ...]:
    """The sample vacancies of the pack in this folder; a pack without the file has none."""
    if not (folder / FILE).exists():
        return ()
    file = open_file(folder, FILE)
    return validate(SampleList, mapping(file), file).vacancies
