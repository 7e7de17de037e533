# Words of pages: search answers, trending, their controls.
# Footers, buttons and menus show no markdown; keep button words under 80 characters.

## Where a picture comes from

credit-by = by { $author }
credit-by-linked = by { $author } ([profile]({ $url }))
credit-author-linked = { $author } ([profile]({ $url }))
credit-licence = { $licence }
credit-licence-linked = { $licence } ([terms]({ $url }))
credit-licence-at = { $licence } ({ $url })
credit-via = via { $provider }
credit-terms-commons = Freely licensed files of Wikimedia Commons
credit-terms-commons-sha1 = { credit-terms-commons }
credit-terms-openverse = Openly licensed pictures found with Openverse
credit-terms-wikifeeds = Wikipedia, text CC BY-SA 4.0
credit-title = How to credit this picture
credit-markdown = As Markdown
credit-plain = As plain text
credit-title-quoted = “{ $title }”
credit-unknown-licence = No license is known for this picture. Ask its owner before you use it.
licence-public-domain = Public domain
untitled = Untitled picture
alt-untitled = Picture from { $host }
alt-by = { $title }, by { $author }
alt-nothing-known = Untitled picture
provider-collection = Magpie's collection
provider-commons-sha1 = Wikimedia Commons (exact file)
provider-wikifeeds = Wikipedia today
provider-recognizer = Magpie's recognizer
provider-text-reader = Magpie's text reader
provider-vision = vision model

## Footer of a page

level-off = SafeSearch off
level-moderate = SafeSearch moderate
level-strict = SafeSearch strict
hidden-count = { $count ->
    [one] 1 hidden
   *[other] { $count } hidden
}
picture-size = { $width } × { $height }

## Heads of pages

head-search = “{ $query }”
head-similar = Like “{ $query }”
head-trending = Trending: { $category }
showing-results-for = Showing results for **{ $altered }**. To search for { $original } instead, press ⋯.

## Remarks about how an answer was made

note-filter-not-applied = { $provider } could not apply the filter { $filter }.
note-filter-not-applied-anywhere = The filter { $filter } could not be applied.
note-part-not-alone = { $provider } looked at the whole picture, not at the part alone.
note-query-cut = { $provider } read only the beginning of the query.
note-provider-failed = { $provider } could not answer ({ $why }).
why-down = it is down
why-quota = its allowance is used up
why-rate = it was asked too often
why-level = it cannot keep to this SafeSearch level
why-unsupported = it cannot do this
why-misconfigured = the operator has to fix its settings
why-empty = it found nothing
note-withheld = { $count ->
    [one] One match is not shown at this SafeSearch level.
   *[other] { $count } matches are not shown at this SafeSearch level.
}
note-unrated = { $count ->
    [one] One picture of the collection is left out because nobody rated it. Its operator can declare it with: magpie index --rating safe
   *[other] { $count } pictures of the collection are left out because nobody rated them. Its operator can declare them with: magpie index --rating safe
}
note-some-words = No picture has all of: { $words }. These have some of the words.
note-like-meaning = Nothing is described in those words. Searched instead: { $words }.
note-like-pictures = No picture is described as: { $words }. These seem to show it.
note-stale = This is a saved answer from { $date }.
note-text-only = { $provider } does not filter its pictures, so only titles and links are shown.
note-rated = { $provider } does not filter its pictures. A program here has looked at those that are shown; it can be wrong.
note-damaged = The file is damaged: a part of this picture is missing.
note-picture-missing = This picture cannot be shown here.
note-picture-linked = Its page is linked above.
note-spoiler = This picture is marked as a spoiler, so it is not shown here.
note-picture-gone = This picture is no longer there or is not allowed here.

## Controls

button-more-like-this = More like this
button-details = Details
open-number = Open { $number }
panel-title = More options:
button-credit = Credit
button-open-page = Open page
button-full-image = Full image
button-filter = Filter
button-without-filters = Without filters
button-grid = Grid
button-single = One at a time
button-share = Share
button-hide = Hide
button-restore = Show again
button-delete = Delete
button-block-site = Block this site
button-search-this = Search this
button-again = Search again
select-picture = Open one of these pictures
select-refine = Refine this search
select-category = Category
jump-title = Go to page
jump-label = Page number
jump-range = 1 to { $pages }

refine-instead = Search for { $query } instead
refine-spelling = Spelling
refine-expansion = Narrower search
refine-pivot = Instead of “{ $word }”
refine-related = Related
refine-similar = Similar

## Filter window

filter-title = Filter
filter-label-size = Size
filter-label-aspect = Shape
filter-label-color = Color
filter-label-imageType = Kind of picture
filter-label-license = License
filter-label-freshness = Age
filter-label-imageContent = Content
filter-any = Any
filter-in-force = { $name }: { $value }

## What happened

hidden-note-asker = The person who asked hid this page.
hidden-note-member = A member hid this page.
hidden-note-moderator = A moderator hid this page.
hidden-note-who-asker = They or a moderator (Manage Messages) can show it again or delete it.
hidden-note-who-member = A moderator (Manage Messages) can show it again; the person who asked can delete it.
hidden-note-who-moderator = Only moderators (Manage Messages) can show it again; the person who asked can delete it.
hidden-note-dm = You can show it again or delete it.
shared-by = Shared by { $user }
site-blocked = { $host } is blocked in this server from now on. Its pictures are gone from this page.
empty-title = Nothing found
empty-hidden-title = Nothing to show here
empty-search = Nothing was found for “{ $query }”.
empty-filtered = Nothing was found for “{ $query }” with these filters: { $filters }.
empty-hidden = { $count ->
    [one] One picture was found for “{ $query }” but it is not allowed here.
   *[other] { $count } pictures were found for “{ $query }” but none is allowed here.
}
empty-similar = Nothing that looks like this was found.
empty-trending = Nothing is trending yet. Trends come from searches, so search a little and look again.

## Filters in words

filter-name-q = query
filter-name-size = size
filter-name-color = color
filter-name-imageType = kind of picture
filter-name-license = license
filter-name-aspect = shape
filter-name-imageContent = content
filter-name-freshness = age
filter-name-height = height
filter-name-width = width
filter-name-minHeight = minimum height
filter-name-maxHeight = maximum height
filter-name-minWidth = minimum width
filter-name-maxWidth = maximum width
filter-name-minFileSize = minimum file size
filter-name-maxFileSize = maximum file size

choice-size-Small = Small
choice-size-Medium = Medium
choice-size-Large = Large
choice-size-Wallpaper = Wallpaper
choice-color-ColorOnly = In color
choice-color-Monochrome = Black and white
choice-color-Black = Black
choice-color-Blue = Blue
choice-color-Brown = Brown
choice-color-Gray = Gray
choice-color-Green = Green
choice-color-Orange = Orange
choice-color-Pink = Pink
choice-color-Purple = Purple
choice-color-Red = Red
choice-color-Teal = Teal
choice-color-White = White
choice-color-Yellow = Yellow
choice-imageType-AnimatedGif = Animated GIF
choice-imageType-Clipart = Clip art
choice-imageType-Line = Line drawing
choice-imageType-Photo = Photo
choice-imageType-Shopping = For sale
choice-imageType-Transparent = Transparent
choice-license-Any = Any known license
choice-license-Public = Public domain
choice-license-Share = Free to share
choice-license-ShareCommercially = Free to share, also commercially
choice-license-Modify = Free to change and share
choice-license-ModifyCommercially = Free to change and share, also commercially
choice-aspect-Square = Square
choice-aspect-Wide = Wide
choice-aspect-Tall = Tall
choice-imageContent-Face = Faces
choice-imageContent-Portrait = Head and shoulders
choice-freshness-Day = In the last day
choice-freshness-Week = In the last week
choice-freshness-Month = In the last month
choice-view-single = Single: one picture a page
choice-view-grid = Grid: four pictures a page
choice-view-gallery = Gallery: six pictures with descriptions
choice-safesearch-Moderate = Moderate
choice-safesearch-Strict = Strict

## What /display says

display-view = Answers here are shown as “{ $view }”.
display-private-yes = Answers are first shown only to the person who asked, who may share them.
display-private-no = Answers are shown to everybody, unless the person who asked wants them private.
display-reactions-yes = Pages turn by buttons and by reactions.
display-reactions-no = Pages turn by buttons only.
