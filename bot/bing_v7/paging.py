"""Following ``nextOffset`` without repeats and without going round for ever.

The retired service gave about 1,000 pictures for any query and then named the same ``nextOffset`` again and again, and
pages overlapped where a caller added ``count`` itself. Source: section 8 of the v7 reference.
"""

from .answers import ImageAnswer
from .objects import Image
from .requests import MAX_OFFSET, SearchRequest


def identity(image: Image) -> str | None:
    """Return what tells a picture from others: its ``imageId``, else its address; None if it has neither."""
    return image.image_id or image.content_url or image.thumbnail_url


class Pages:
    """Takes the answers to one search, drops what was seen, and says what to ask next.

    ``next`` is the request for the next page, None once the end is reached.
    """

    def __init__(self, request: SearchRequest) -> None:
        self.next: SearchRequest | None = request
        self._seen: set[str] = set()

    @property
    def ended(self) -> bool:
        """True once there is nothing more to ask."""
        return self.next is None

    def take(self, answer: ImageAnswer) -> ImageAnswer:
        """Return the answer to ``next`` without pictures that earlier pages had, and move on."""
        asked = self.next
        fresh = [image for image in answer.value if self._is_new(image)]
        self.next = self._following(asked, answer) if asked and fresh else None
        return answer if len(fresh) == len(answer.value) else answer.with_(value=tuple(fresh))

    def _is_new(self, image: Image) -> bool:
        key = identity(image)
        if key is None:
            return True
        new = key not in self._seen
        self._seen.add(key)
        return new

    @staticmethod
    def _following(asked: SearchRequest, answer: ImageAnswer) -> SearchRequest | None:
        offset = answer.next_offset
        if offset is None or not asked.offset < offset <= MAX_OFFSET:
            return None
        if offset == answer.total_estimated_matches and len(answer.value) < asked.count:
            return None
        return asked.model_copy(update={"offset": offset, "id": None})
