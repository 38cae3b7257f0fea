"""The refusals of Twilio's REST API, in the shape its library reads."""

from typing import Any

TEXTS = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21211: "Invalid 'To' Phone Number",
    21603: "A 'From' phone number is required",
    21604: "A 'To' phone number is required",
    21609: "The 'StatusCallback' URL is not a valid URL",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21619: "A text message body or media urls must be specified",
    21620: "Invalid media URL(s)",
    21655: "The ContentSid is Invalid",
    21656: "The Content Variables Parameter is invalid",
    21910: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
    63007: "Twilio could not find a Channel with the specified From address",
    63014: "Failed to send message: blocked by a user action",
    63015: "Channel Sandbox can only send messages to phone numbers that have joined the Sandbox",
    63016: "Failed to send freeform message because you are outside the allowed window",
    63019: "Media failed to download",
    63024: "Invalid message recipient",
    63028: "Number of parameters provided does not match the expected number of parameters",
    63030: "Unsupported parameter for type of channels message",
    63032: "User is part of an experiment and cannot be messaged",
    63040: "Template is not approved",
    63049: "Meta chose not to deliver this message",
}
STATUS = {20003: 401, 20404: 404, 20429: 429, 20500: 500}


class TwilioError(Exception):
    """A refusal; `code` is Twilio's own, the HTTP status follows from it."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.code = code
        self.status = STATUS.get(code, 400)
        self.message = TEXTS.get(code, "Refused") + (f": {detail}" if detail else "")
        super().__init__(self.message)

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
