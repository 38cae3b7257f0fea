"""Open classes of words, as far as they are known: evidence for `lines.kinds`, never proof."""
