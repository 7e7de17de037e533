"""Cuts the part that somebody asks about out of a posted picture, for services that know no regions."""

from bot.bing_v7 import ImageInsights, InsightsRequest
from bot.bing_v7.upload import cut_out
from bot.bing_v7.wrapper import Wrapper


class Parts(Wrapper):
    """Sends the part alone; a picture known only by its address is looked up whole, and the answer says so."""

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what the part is.

        Raises:
            PictureRefused: the posted picture cannot be read.
        """
        if request.crop is None or request.upload is None or self.capabilities.takes_regions:
            return await self.inner.insights(request)
        part = await cut_out(request.upload, request.crop)
        return await self.inner.insights(request.model_copy(update={"upload": part, "crop": None}))
