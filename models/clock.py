"""The only place that asks what time it is; in development the answer can be moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def real_now() -> datetime:
    """The machine's time, for leases, token expiry and whatever must not be moved."""
    return datetime.now(UTC)


def shifted(offset_s: int) -> datetime:
    """Business time: the machine's, moved by the stored offset (0 in production)."""
    return real_now() + timedelta(seconds=offset_s) if offset_s else real_now()


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone such as `Africa/Nairobi`."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_time(moment: datetime, zone: str) -> datetime:
    """The wall-clock time of a moment in a zone."""
    return moment.astimezone(ZoneInfo(zone))


def start_of_day(day: date, zone: str, hour: int = 0) -> datetime:
    """The moment (UTC) at which a local day reaches an hour."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
