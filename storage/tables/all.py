"""Every table, for whoever needs the whole schema: migrations, doctor, export and erasure."""

from sqlmodel import SQLModel

from storage.tables import counselling, people, records, traffic, vacancies

AREAS = (people, traffic, vacancies, counselling, records)
"""Read in this order, so that a table stands behind those it points to."""

METADATA = SQLModel.metadata
