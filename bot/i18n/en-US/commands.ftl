# Names and descriptions of commands and options, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = about
command-about-description = What Magpie is, what it can do here, and what it keeps

## /image

command-image = image
command-image-description = Search for pictures
option-image-query = query
option-image-query-description = What to look for
option-image-size = size
option-image-size-description = How large the picture is
option-image-color = color
option-image-color-description = The main color
option-image-image-type = type
option-image-image-type-description = What kind of picture
option-image-license = license
option-image-license-description = What the license must allow
option-image-aspect = shape
option-image-aspect-description = Square, wide or tall
option-image-image-content = content
option-image-image-content-description = Faces, or head and shoulders
option-image-freshness = age
option-image-freshness-description = When it was found on the web
option-image-view = view
option-image-view-description = How the answer is shown
option-image-private = private
option-image-private-description = Only you see the answer
option-image-safesearch = safesearch
option-image-safesearch-description = Be stricter than this place asks for
option-image-min-width = min-width
option-image-min-width-description = Minimum width in pixels
option-image-min-height = min-height
option-image-min-height-description = Minimum height in pixels
option-image-max-width = max-width
option-image-max-width-description = Maximum width in pixels
option-image-max-height = max-height
option-image-max-height-description = Maximum height in pixels
option-image-width = width
option-image-width-description = Exact width in pixels
option-image-height = height
option-image-height-description = Exact height in pixels
option-image-min-file-size = min-file-size
option-image-min-file-size-description = Minimum file size in bytes
option-image-max-file-size = max-file-size
option-image-max-file-size-description = Maximum file size in bytes

## /trending

command-trending = trending
command-trending-description = See what people look for
option-trending-category = category
option-trending-category-description = What to begin with
option-trending-private = private
option-trending-private-description = Only you see the answer
option-trending-safesearch = safesearch
option-trending-safesearch-description = Be stricter than this place asks for

## /display

command-display = display
command-display-description = How answers are shown in this server or channel
option-display-view = view
option-display-view-description = How many pictures a page shows unless somebody asks for another view
option-display-private = private
option-display-private-description = Whether answers are first shown only to the person who asked
option-display-reactions = reactions
option-display-reactions-description = Whether answers get reactions to turn pages, beside the buttons
option-display-everywhere = everywhere
option-display-everywhere-description = For the whole server, not only this channel

## /safesearch

command-safesearch = safesearch
command-safesearch-description = What may be shown here, and who decided that
command-safesearch-show = show
command-safesearch-show-description = See and change SafeSearch of this channel in a private panel
command-safesearch-set = set
command-safesearch-set-description = Set how strict this channel, its category or the server is
command-safesearch-clear = clear
command-safesearch-clear-description = Let this channel, its category or the server follow the next wider setting
command-safesearch-list = list
command-safesearch-list-description = List all settings, blocked sites and blocked words of this server
command-safesearch-block = block
command-safesearch-block-description = Block a site or a word
command-safesearch-block-host = host
command-safesearch-block-host-description = Never show anything from a site or below it
command-safesearch-block-word = word
command-safesearch-block-word-description = Never show anything with a word
command-safesearch-unblock = unblock
command-safesearch-unblock-description = Take a site or word off the lists
command-safesearch-allow = allow
command-safesearch-allow-description = Let searches name a site, as in site:example.com
command-safesearch-audit = audit
command-safesearch-audit-description = List the latest changes to SafeSearch in this server
option-safesearch-level = level
option-safesearch-level-description = How strict it is to be
option-safesearch-scope = scope
option-safesearch-scope-description = What it holds for; this channel if you leave it out
option-safesearch-host = site
option-safesearch-host-description = Name of the site, such as example.com
option-safesearch-word = word
option-safesearch-word-description = A word or short phrase
option-safesearch-entry = entry
option-safesearch-entry-description = The site or word
choice-safesearch-Off = Off
choice-scope-channel = This channel
choice-scope-category = Its category
choice-scope-server = The whole server
