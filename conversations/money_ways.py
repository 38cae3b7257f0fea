"""How people speak of money that came: the payments, one that was wrong, given back, left over."""

Ways = tuple[tuple[str, tuple[str, ...]], ...]


def ways(name: str, amount: str, how: str, please: str) -> Ways:
    """Sentences by wish, English and Swahili, made of the patterns of a name, an amount and a way."""
    of_name = rf"(?:of|from|for|by) {name}"
    return (
        ("payments", (
            r"(?:show |list |see )?(?:me )?(?:my |the |all |last |recent |latest )*payments(?: received)?",
            r"(?:what|which) (?:payments|money) (?:came in|arrived|have i received)(?: today)?",
            r"(?:onyesha |nionyeshe |orodhesha )?malipo(?: (?:yangu|yote|ya karibuni|yaliyoingia))?",
        )),
        ("money", (r"(?:my )?money", r"pesa(?: zangu)?")),
        ("unowned", (
            r"(?:show |list |see )?(?:me )?(?:the )?(?:unmatched|unknown|unclaimed|unallocated)(?: money| payments?)?",
            r"whose (?:money|payment) is (?:it|this|that)", r"match (?:the |a |my )?(?:payments?|money)",
            r"(?:money|payments?) without (?:an? )?(?:owner|invoice)",
            r"(?:ni )?pesa (?:hizi |hii )?(?:ni )?(?:za|ya) nani", r"(?:pesa|malipo) (?:zisizo|yasiyo) na (?:mwenyewe|ankara)",
        )),
        ("reverse", (
            rf"{please}(?:reverse|undo|delete|remove|take back) (?:the |my )?last payment",
            rf"{please}(?:the )?last payment (?:was|is) (?:a mistake|wrong)",
            rf"{please}(?:futa|rudisha|ondoa|batilisha|ghairi) malipo ya mwisho",
            rf"{please}(?:reverse|undo|delete|remove|take back) (?:the |a )?payment(?: {of_name})?",
            rf"{please}(?:reverse|undo|delete|remove|take back) {name}'s payment",
            rf"{please}(?:futa|ondoa|batilisha|ghairi) malipo(?: ya {name})?",
        )),
        ("bounced", (
            rf"{name}'s (?:cheque|check|payment|transfer) bounced", r"(?:the |a )?(?:cheque|check|payment) bounced",
            rf"(?:hundi|cheki) ya {name} (?:imekataliwa|imerudi)",
        )),
        ("refund", (
            rf"{please}refund", rf"(?:i )?(?:have )?(?:refund|refunded) {name}(?: {amount})?{how}",
            rf"(?:i )?(?:have )?(?:gave|given|paid) back {amount} to {name}{how}", rf"refund {amount} to {name}{how}",
            rf"(?:i )?(?:have )?(?:gave|given|paid) {name} {amount} back{how}",
            rf"(?:i )?(?:have )?(?:gave|given|paid) {name} back {amount}{how}",
            rf"(?:nimemrudishia|nilimrudishia|mrudishie) {name}(?: {amount})?{how}", r"rudisha pesa|nimerudisha pesa",
        )),
        ("use_credit", (
            rf"{please}use (?:the )?credit(?: {of_name})?", rf"{please}use {name}'s credit",
            rf"{please}tumia salio(?: la {name})?",
        )),
        ("receipt", (
            rf"{please}(?:send |show |give |get )?(?:me )?(?:the |a )?receipt(?: {of_name})?",
            rf"{please}(?:send |show |give |get )?(?:me )?{name}'s (?:last )?receipt",
            rf"{please}(?:tuma |nipe |onyesha |nitumie )?risiti(?: ya {name})?",
        )),
    )  # fmt: skip
