"""Every conversation, in the order in which they are offered an update that several could answer."""

from handlers.alerts.router import router as alerts
from handlers.benefits.router import router as benefits
from handlers.common.trouble import router as trouble
from handlers.consents.router import router as consents
from handlers.counselling.counsellor import router as counsellor
from handlers.counselling.jobseeker import router as counselling
from handlers.deletion.router import router as deletion
from handlers.everyday.router import router as everyday
from handlers.mydata.router import router as mydata
from handlers.registration.answering import router as answering
from handlers.registration.router import router as registration
from handlers.sharing.router import router as sharing
from handlers.start.router import router as start
from handlers.vacancies.router import router as vacancies

PRIVATE = (
    counselling,
    sharing,
    start,
    everyday,
    registration,
    answering,
    vacancies,
    alerts,
    consents,
    mydata,
    deletion,
    benefits,
    trouble,
)
"""Offered what jobseekers say and press."""

STAFF = (counsellor,)
"""Offered what happens in staff groups."""
