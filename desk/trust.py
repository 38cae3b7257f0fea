"""What an operator decides about a merchant: trusts her, pauses her messages, lets them go again."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from bot import team_words
from invoicing import trust
from models.db import Database
from models.merchants import Merchant

Say = Callable[[str], None]


def _act(
    database: Database, merchant_id: int, say: Say, do: Callable[[Session], None], words: str
) -> bool:
    with database.transaction(merchant_id) as session:
        found = session.get(Merchant, merchant_id)
        if found is not None:
            do(session)
    say(f"Merchant {merchant_id}: " + (words if found is not None else "there is none"))
    return found is not None


def lift(database: Database, merchant_id: int, say: Say) -> bool:
    """No daily limit any more; whether there is such a merchant."""
    return _act(database, merchant_id, say, trust.lift, "is trusted, no daily limit any more")


def pause(database: Database, merchant_id: int, say: Say) -> bool:
    """Nothing goes to her clients but receipts, and her people hear of it."""

    def do(session: Session) -> None:
        trust.pause(session)
        team_words.tell_paused(session)

    return _act(database, merchant_id, say, do, "is paused, her clients get receipts only")


def release(database: Database, merchant_id: int, say: Say) -> bool:
    """Her messages go out again, and her people hear of it."""

    def do(session: Session) -> None:
        trust.release(session)
        team_words.tell_released(session)

    return _act(database, merchant_id, say, do, "is released, her messages go out again")


ACTS: Mapping[str, Callable[[Database, int, Say], bool]] = {
    "trust": lift,
    "pause": pause,
    "release": release,
}
