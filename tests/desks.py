"""Desks over the demonstration pack, for tests that work on the database without an office around them."""

from bot.settings import ROOT
from services.alerts.desk import DigestDesk
from services.counselling.desk import CaseDesk
from services.occupations import load_occupations
from services.packs import load_pack
from services.people.desk import RegistrationDesk
from services.people.drafts import DraftDesk
from services.people.erasure import ErasureDesk
from services.people.export import CopyDesk
from services.people.purposes import PurposeDesk
from services.people.sharing import SharingDesk

STAFF_GROUP = -1001
PACK = load_pack(ROOT / "locales" / "packs", "kz")
PURPOSES = PurposeDesk(PACK)
DIGESTS = DigestDesk(PURPOSES)
REGISTRATIONS = RegistrationDesk(PACK)
SHARING = SharingDesk(PURPOSES, REGISTRATIONS)
DRAFTS = DraftDesk()
COPIES = CopyDesk()
CASES = CaseDesk((STAFF_GROUP,), PACK, load_occupations(ROOT / "locales" / "occupations"))
ERASURES = ErasureDesk(CASES)
