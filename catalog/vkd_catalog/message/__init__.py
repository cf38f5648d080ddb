"""The reference message (1972 p.16-17): an answer put into words, or into the JSON that programs read."""

from vkd_catalog.message.compose import message_of
from vkd_catalog.message.matter import DEFAULT_LIMIT, Finding, MessageOptions
from vkd_catalog.message.message import Message

__all__ = ["DEFAULT_LIMIT", "Finding", "Message", "MessageOptions", "message_of"]
