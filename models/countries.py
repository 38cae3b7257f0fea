"""The countries a merchant may work in: currency, zone, and the usual rate of value added tax."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.text import Text, _


@dataclass(frozen=True)
class Country:
    """`vat` in percent: the standard rate, offered and never assumed.

    From memory: Kenya 16, Tanzania mainland 18, Uganda 18, Nigeria 7.5, Ghana 15, Rwanda 18.
    """

    name: Text
    currency: str
    zone: str
    vat: Decimal


COUNTRIES: Mapping[str, Country] = {
    "KE": Country(_("Kenya"), "KES", "Africa/Nairobi", Decimal(16)),
    "TZ": Country(_("Tanzania"), "TZS", "Africa/Dar_es_Salaam", Decimal(18)),
    "UG": Country(_("Uganda"), "UGX", "Africa/Kampala", Decimal(18)),
    "NG": Country(_("Nigeria"), "NGN", "Africa/Lagos", Decimal("7.5")),
    "GH": Country(_("Ghana"), "GHS", "Africa/Accra", Decimal(15)),
    "RW": Country(_("Rwanda"), "RWF", "Africa/Kigali", Decimal(18)),
}


def vat_of(country: str) -> Decimal:
    """The usual rate of a country, Kenya's where we do not know it."""
    return COUNTRIES.get(country, COUNTRIES["KE"]).vat
