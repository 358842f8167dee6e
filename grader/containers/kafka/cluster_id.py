"""The cluster id, as `kafka-storage format` reads it.

Kafka 3.6: `Uuid.fromString`, that is Java's decoder for url-safe Base64 and a length of exactly 16 bytes.
"""

MAX_CHARACTERS = 24
ID_BYTES = 16

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_UNIT = 4  # characters of Base64 that stand for three bytes
_SPACES = " \t\n"


def shell_word(value: str) -> str | None:
    """Return the one word that the image's script passes on, None if the shell splits the value into several.

    cp-kafka 7.6: the variable is not quoted. A leading blank already ends the option's value.
    """
    if value[:1] in _SPACES:
        return None
    words = value.split()
    return words[0] if len(words) == 1 else None


def complaint(text: str) -> str | None:
    """Say in the storage tool's words what is wrong with an id; None: nothing."""
    reason = _reason(text)
    return None if reason is None else f"Cluster ID string {text} does not appear to be a valid UUID: {reason}"


def decoded_bytes(text: str) -> int | None:
    """Return the number of bytes that the text stands for, None if it is no url-safe Base64."""
    length, reason = _decode(text)
    return None if reason is not None else length


def _reason(text: str) -> str | None:
    if len(text) > MAX_CHARACTERS:
        return f"Input string with prefix `{text[:MAX_CHARACTERS]}` is too long to be decoded as a base64 UUID"
    length, reason = _decode(text)
    if reason is not None:
        return reason
    if length != ID_BYTES:
        return (
            f"Input string `{text}` decoded as {length} bytes, which is not equal to the expected {ID_BYTES} bytes "
            "of a base64-encoded UUID"
        )
    return None


def _decode(text: str) -> tuple[int, str | None]:
    """Count the bytes, or give the message of Java's decoder (`Base64.Decoder.decode`)."""
    data = text.encode("latin-1", "replace")
    if len(data) == 1:
        return 0, "Input byte[] should at least have 2 bytes for base64 bytes"
    end = len(data) - len(data.lstrip(_ALPHABET))
    spare = end % _UNIT
    if end < len(data):
        if data[end] != ord("="):
            return 0, f"Illegal base64 character {data[end] if data[end] < 128 else data[end] - 256:x}"
        if spare == 0 or (spare == 2 and data[end + 1 : end + 2] != b"="):
            return 0, "Input byte array has wrong 4-byte ending unit"
    if spare == 1:
        return 0, "Last unit does not have enough valid bits"
    padded = end + {2: 2, 3: 1}.get(spare, 0)
    if padded < len(data):
        return 0, f"Input byte array has incorrect ending byte at {padded}"
    return end * 3 // _UNIT, None
