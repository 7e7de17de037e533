# Sentences for what went wrong. Each is shown privately, with the trace id below it.

error-trace = Trace { $trace }
error-invalid-request = This search is not valid: check { $parameter }.
error-invalid-request-plain = This search is not valid.
error-two-sizes = Set either an exact { $side } or a minimum and maximum, not both.
error-picture-too-large = This picture is too large.
error-picture-too-large-limit = This picture is too large. The maximum is { $limit }.
error-picture-not-a-picture = This file is not an image that can be read.
error-picture-too-many-pixels = This picture has too many pixels.
error-picture-too-slow = Reading this picture took too long.
error-picture-unsafe-address = This address cannot be used. Give the address of a picture on the public web.
error-picture-unreachable = The picture could not be fetched from that address.
error-picture-refused = This picture cannot be used.
error-not-supported = None of the image sources here can do this.
error-not-supported-filters = None of the image sources here can apply: { $filters }.
error-level = No image source here supports { $level }, so none was asked.
error-blocked-forbidden = Magpie does not search for this, here or anywhere else.
error-blocked-word = This search contains a blocked word.
error-blocked-host = This site is blocked here.
error-blocked-operator = Searches that name a site (site:, inurl: and the like) are not allowed here. Moderators can allow a site with /safesearch allow.
error-blocked = This search is not allowed here.
error-misconfigured = An image source is not set up correctly. The operator of this bot has to fix it.
error-misconfigured-provider = { $provider } is not set up correctly. The operator of this bot has to fix it.
error-unavailable = The image sources cannot be reached just now. Try again in a little while.
error-unavailable-provider = { $provider } cannot be reached just now. Try again in a little while.
error-tried = Tried: { $providers }.
error-overloaded = Many pictures are being read at the moment, so there was no turn for this one. Try again in a few seconds.
error-rate-limited = Too many searches in a short time. Try again in a little while.
error-rate-limited-until = Too many searches in a short time. Try again { $when }.
error-quota = The search quota is used up.
error-quota-until = The search quota is used up. It resets { $when }.
error-quota-provider = The quota at { $provider } is used up.
error-quota-provider-until = The quota at { $provider } is used up. It resets { $when }.
error-expired = This answer is more than { $kept } old, so its buttons no longer work.
error-expired-picture = This answer is more than { $kept } old, so its buttons no longer work. Uploaded pictures are not kept: upload it again with /identify, or use Apps → Identify image.
error-expired-gone = This answer is no longer kept, so its buttons no longer work. Whoever asked can still delete it. Search again with a command.
error-page-gone = The message with this page was deleted. Search again with a command.
error-not-yours = Only the person who asked, or a moderator with Manage Messages, can do this.
error-moderators-only = Only moderators with the permission { $permission } can do this.
error-page-number = Enter a page number from 1 to { $pages }.
error-too-often-commands = Too many commands in a short time. Try again { $when }.
error-too-often-presses = Too many clicks in a short time. Try again { $when }.
error-too-often-hides = You hid several pages in a short time. Ask a moderator, or try again { $when }.
error-busy-all = Magpie has too much to do at the moment. Try again in a few seconds.
error-busy-person = Wait until your last requests are answered, then try again.
error-busy-message = Too many people are using this message at the moment. Try again in a few seconds.
error-too-slow = This took too long and was stopped. Try again.
error-restarting = Magpie is being restarted. Try again in a minute.
error-storage = The storage of Magpie cannot be reached at the moment. Try again in a minute.
error-discord = Discord did not accept the answer. Try again.
error-unknown = Something went wrong. The operator of this bot can find it in the log by the trace below.

## Permissions, as Discord's client calls them

permission-manage_messages = Manage Messages
permission-manage_channels = Manage Channels
permission-manage_guild = Manage Server
