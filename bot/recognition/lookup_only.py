"""What a provider is that answers lookups alone."""

from typing import ClassVar

from bot.bing_v7 import ImageAnswer, NotSupported, SearchRequest, TrendingImages, TrendingRequest


class LookupOnly:
    """The two verbs that such a provider does not have."""

    name: ClassVar[str]

    async def search(self, request: SearchRequest) -> ImageAnswer:  # noqa: ARG002 (the protocol's signature)
        """Not supported."""
        raise NotSupported("no search", provider=self.name)

    async def trending(self, request: TrendingRequest) -> TrendingImages:  # noqa: ARG002 (the protocol's signature)
        """Not supported."""
        raise NotSupported("no trending pictures", provider=self.name)
