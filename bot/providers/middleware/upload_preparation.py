"""Prepares a posted picture for a service: cuts out the part asked about, and shrinks it."""

from bot.bing_v7 import ImageInsights, InsightsRequest, Provider
from bot.bing_v7.wrapper import Wrapper
from bot.media.limits import FitLimits
from bot.media.service import Media


class PreparedUploads(Wrapper):
    """Sends the part alone, no larger than the service needs.

    A picture known only by its address is looked up whole, and the answer says so.
    """

    def __init__(self, inner: Provider, media: Media) -> None:
        super().__init__(inner)
        self._media = media

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what the part is.

        Raises:
            PictureRefused: the posted picture cannot be read.
        """
        if request.upload is None:
            return await self.inner.insights(request)
        if request.crop is not None and not self.capabilities.takes_regions:
            part = await self._media.cut_out(request.upload, request.crop)
            request = request.model_copy(update={"upload": part, "crop": None})
        return await self.inner.insights(await self._fitted(request))

    async def _fitted(self, request: InsightsRequest) -> InsightsRequest:
        """Return the request with its picture made as small as the service wants it."""
        limits, usual = self.capabilities.limits, FitLimits()
        most = limits.upload_bytes or usual.max_bytes
        if request.upload is None or (limits.upload_edge is None and len(request.upload.data) <= most):
            return request
        wanted = FitLimits(min(most, usual.max_bytes), limits.upload_edge or usual.max_edge)
        fitted = await self._media.fit(request.upload.data, limits=wanted)
        return request.model_copy(update={"upload": fitted.model_copy(update={"sha1": request.upload.sha1})})
