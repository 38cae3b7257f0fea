"""stub"""


def shown_prompt(d, m):
    return None


class Prompt:
    pass
