"""One service a module: what builds its requests and what decodes its responses, without I/O of its own.

Every module names the same things the same way, so that a reader who knows one adapter knows all:

- ``NAME``, ``TITLE``: the provider's short name and what people read; ``BASE_URL``: where the service is;
- ``CAPABILITIES``, or ``capabilities(settings)`` where they depend on a key;
- ``build_search``, ``build_insights``, ``build_trending``: a v7 request as an HTTP request of the service;
- ``decode_search``, ``decode_insights``, ``decode_trending``: its HTTP response as a v7 answer, or the right error;
- ``read_image``: one result of a response as a v7 image;

and one class, a subclass of `base.Adapter`, that puts them together with a transport. ``bot.bing_v7.client`` has the
same pairs for v7 itself. docs/own-provider.md shows a whole one.
"""
