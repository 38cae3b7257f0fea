"""The three kinds of trouble that are not our bug: a person's, a provider's, a forger's."""

from models.text import Text


class Refusal(Exception):  # noqa: N818 - it is a polite no, not an error of ours
    """The person can put it right; its text is safe to say in chat and on a page.

    `code` is the short word that pages and the API give to programs.
    """

    def __init__(self, text: Text, code: str = "refused") -> None:
        super().__init__(text.msgid)
        self.text = text
        self.code = code


class ProviderError(Exception):
    """Someone else's machine said no, or nothing.

    `code` is the provider's own, kept even when we do not know it. `retryable` answers the only
    question that matters to a job: does trying again help? `text` is what to tell the person.
    """

    def __init__(
        self,
        provider: str,
        code: str,
        *,
        retryable: bool,
        text: Text | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(f"{provider} {code}: {detail}" if detail else f"{provider} {code}")
        self.provider = provider
        self.code = code
        self.retryable = retryable
        self.text = text
        self.detail = detail


class Forgery(Exception):  # noqa: N818 - names what it is
    """A header or signature is not the provider's: answered 403 with an empty body, and logged."""
