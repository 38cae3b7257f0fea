"""WhatsApp's customer service window: for a day after she wrote, a person may be written to freely."""

from datetime import datetime, timedelta

# 24 hours (facts: chat-channels 2.7), less what it takes from our check to Meta's.
LASTS = timedelta(hours=23, minutes=50)


def is_open(channel: str, last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free-form words may go to a contact now; only WhatsApp has such a window."""
    if channel != "whatsapp":
        return True
    return last_inbound_at is not None and now < last_inbound_at + LASTS
