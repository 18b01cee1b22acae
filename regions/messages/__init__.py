"""What regionet says of data and methods, in both languages: lists of texts for a translator, and their reader."""

from regions.messages.lookup import NOTHING, Message, join_sentences, say

__all__ = ["NOTHING", "Message", "join_sentences", "say"]
