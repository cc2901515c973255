"""Every conversation, in the order in which they are offered an update that several could answer."""

from handlers.alerts.router import router as alerts
from handlers.benefits.router import router as benefits
from handlers.common.trouble import router as trouble
from handlers.counselling.counsellor import router as counsellor
from handlers.counselling.jobseeker import router as counselling
from handlers.mydata.router import router as mydata
from handlers.registration.router import router as registration
from handlers.start.router import router as start
from handlers.vacancies.router import router as vacancies

PRIVATE = (counselling, start, registration, vacancies, alerts, mydata, benefits, trouble)
"""Offered what jobseekers say and press."""

STAFF = (counsellor,)
"""Offered what happens in staff groups."""
