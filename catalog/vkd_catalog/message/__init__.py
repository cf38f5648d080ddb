"""The reference message (1972 p.16-17): an answer put into words, or into the JSON that programs read."""

from vkd_catalog.message.compose import DEFAULT_LIMIT, message_of
from vkd_catalog.message.matter import Finding
from vkd_catalog.message.message import Message

__all__ = ["DEFAULT_LIMIT", "Finding", "Message", "message_of"]
