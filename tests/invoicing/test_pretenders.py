"""Names that pretend to be someone everybody trusts are known through their masks; others are not."""

import pytest

from invoicing.pretenders import pretends

MASKS = [
    ("Safaricom", "Safaricom"), ("SAFARICOM LTD", "Safaricom"), ("Safari Com", "Safaricom"),
    ("S a f a r i c o m", "Safaricom"), ("5afaric0m", "Safaricom"), ("Safarlcom", "Safaricom"),
    ("Safaricorn", "Safaricom"), ("Ѕаfаrісоm", "Safaricom"), ("Safaricom-Care", "Safaricom"),
    ("Sáfaricóm", "Safaricom"), ("Saffaricom", "Safaricom"), ("Safarikom", "Safaricom"),
    ("SafaricomKenya", "Safaricom"), ("Safaricm", "Safaricom"),
    ("M-Pesa", "M-Pesa"), ("MPESA", "M-Pesa"), ("M.P.E.S.A", "M-Pesa"), ("M P3SA", "M-Pesa"),
    ("Lipa na M-Pesa", "M-Pesa"), ("МPЕSА Agent", "M-Pesa"), ("m_pe$a", "M-Pesa"),
    ("MpesaBonus", "M-Pesa"), ("M - P e s a promo", "M-Pesa"), ("ＭＰＥＳＡ", "M-Pesa"),
    ("KRA", "KRA"), ("K.R.A.", "KRA"), ("KR4 Refunds", "KRA"), ("Kenya Revenue Authority", "KRA"),
    ("TRA", "TRA"), ("TRA Tanzania", "TRA"), ("Airtel Money", "Airtel Money"),
    ("Equity Bank", "Equity Bank"), ("EquityBank Kenya", "Equity Bank"), ("Equity", "Equity"),
    ("Equity Loans", "Equity"), ("KCB", "KCB"), ("K C B agent", "KCB"), ("Benki ya Posta", "Bank"),
    ("Bank of Africa", "Bank"), ("Co-op Bank", "Coop Bank"), ("Family Bank", "Family Bank"),
    ("Central Bank", "Central Bank"), ("Kenya Power", "Kenya Power"), ("eCitizen", "eCitizen"),
    ("Hustler Fund", "Hustler Fund"), ("Bili", "Bili"), ("B1LI Support", "Bili"),
    ("Vodacom", "Vodacom"), ("Fuliza Loans", "Fuliza"), ("M-Shwari", "M-Shwari"),
]  # fmt: skip
HONEST = [
    "Safari Salon", "Safari Comfort Lodge", "Safari Communications", "Equity Street Café",
    "Equity Salon", "Wanjiru Hardware", "Mama Mboga", "Duka la Juma", "Kim Pesa Traders",
    "Mapesa Enterprises", "Pesa Point", "Pesapal Fan Club", "Bank Street Butchery", "Food Bank",
    "Riverbank Traders", "Family Grocers", "National Dry Cleaners", "First Choice Boutique",
    "Diamond Jewellers", "Prime Cuts", "Access Electricals", "Kramer & Sons", "Ankara Fashions",
    "Kenya Hardware", "Power Tools Kenya", "Central Hotel", "Airtime & Phones", "Kraft Bakery",
    "Tanzanite Tours", "Trade Centre", "Mpenzi Beauty", "Mpeketoni Stores", "Ura Studio", "Kaka Saloon",
    "Billi Jean's", "Bilis & Co", "Jambo Mobile", "Ọlá Ṣadẹ & Sons", "7 Star Hotel", "24/7 Chemist",
    "Powerbank Hub", "Coop Poultry Farm", "Trust Motors", "Union Tailors", "Vodka Corner",
    "Salama Pharmacy", "Zenith Opticians", "M & P Salon", "Standard Hardware", "Kibanda ya Mama",
    "Citizen Barber", "Hustlers Inn", "Money Matters", "Sacco ya Boda", "Dr. Otieno",
]  # fmt: skip


@pytest.mark.parametrize(("name", "brand"), MASKS)
def test_a_mask_is_seen_through(name: str, brand: str) -> None:
    """Look-alike letters, digits, accents, blanks and glued words hide nobody."""
    assert pretends(name) == brand


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_is_let_in(name: str) -> None:
    """A word that only resembles a great name, or an ordinary word, is nobody's mask."""
    assert pretends(name) is None


@pytest.mark.parametrize("name", ["", " ", "!!!", "x" * 5000, "a " * 3000, "\x00\ud800", "9" * 500])
def test_any_words_are_read(name: str) -> None:
    """Nothing breaks it or takes long."""
    assert pretends(name) is None
