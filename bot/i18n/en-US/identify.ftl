# Words of identifying pictures: /identify, the message menu, and the pages of its answers.
# Footers, buttons and menus show no markdown; keep button words under 80 characters, menu lines under 100.

## The command

command-identify = identify
command-identify-description = Find out what a picture shows and where it comes from
option-identify-image = image
option-identify-image-description = The picture, as a file
option-identify-url = url
option-identify-url-description = The address of a picture on the public web
option-identify-look-for = look-for
option-identify-look-for-description = What to find out; everything if you leave this out
option-identify-part = part
option-identify-part-description = Look at one part of the picture only
option-identify-safesearch = safesearch
option-identify-safesearch-description = Be stricter than this channel
option-identify-private = private
option-identify-private-description = Show the answer to you alone
command-identify-image = Identify image

## The form

identify-form-title = Identify a picture
identify-form-file = A picture
identify-form-file-description = JPEG, PNG, GIF, WebP, AVIF, TIFF or BMP
identify-form-url = Or the address of one
identify-form-nothing = Attach a picture or give an address.
identify-both = Give either a picture or an address, not both.

## Which picture of a message

identify-no-picture = There is no picture in that message: no attachment, no preview, no sticker, no link to one.
identify-no-picture-reply = There is no picture in that message that Magpie can see. Use Apps → Identify image on the message it replies to.
identify-which = Which picture?
identify-which-placeholder = Choose a picture
identify-candidate-attachment = Attachment
identify-candidate-video = Still of a video
identify-candidate-embed = Picture of a preview
identify-candidate-sticker = Sticker
identify-candidate-link = Link
identify-candidate-named = { $kind }: { $name }

## Pictures that cannot be used

error-picture-broken = This picture is damaged or cut short. Save it again and try that copy.
error-picture-empty = This file is empty.
error-picture-vector = This is a vector drawing (SVG). Save it as PNG and try that.
error-picture-video = This is a video, not a picture. Take a still of it and try that.
error-picture-web-page = This is a web page, not a picture. Open the picture itself, then save it or copy its address.
error-picture-gone = The picture is no longer there to be read. Hand it in again with /identify.
error-picture-old-link = This Discord link is incomplete or has expired. Copy it again from the message, or use Apps → Identify image there.
error-picture-no-message = I see no picture in that message. Open its menu and use Apps → Identify image there.

## Where the picture goes

consent-title = Where this picture goes
consent-words = To look it up, this picture is sent to { $providers }. It is made smaller first, and everything but its pixels is taken out (place, camera, comments). Nothing of it is kept here.
consent-server = Whoever asked, or a moderator, can agree for this server; then nobody is asked again.
consent-own = If you agree, you are not asked again.
consent-own-collection = Or it is compared with the bot's own collection only, and goes nowhere.
consent-send = Send it
consent-inside = Own collection only
consent-never = Never send from this server
consent-declined = Pictures of this server stay with the bot's own collection from now on. Moderators can change that with /identify-settings.
consent-outside-services = outside services

command-identify-settings = identify-settings
command-identify-settings-description = Where pictures of this server may be looked up
option-identify-where = where
option-identify-where-description = Own collection only, outside services too, or ask first
choice-identify-inside = Own collection only
choice-identify-outside = Outside services too
choice-identify-ask = Ask first
identify-setting-inside = Pictures of this server are looked up in the bot's own collection only.
identify-setting-outside = Pictures of this server may be sent to the outside services that are set up.
identify-setting-ask = Before the next picture leaves this server, somebody is asked.

## The answer

insights-head = What is this picture?
insights-head-part = What is this part of the picture? ({ $part })
insights-head-frame = What is this frame of the video? ({ $time })
insights-nothing-title = Not known
insights-title-shows = Shows: { $thing }
insights-nothing = No source knows this picture, nothing like it was found, and nobody can say what it shows.
insights-elsewhere = Look elsewhere: { $links }
insights-exact = **Exact match.**
insights-likely = **This is very likely the same picture**, perhaps changed in size, format or frame.
insights-part = **Part of this picture is very likely this one**, perhaps changed in size, format or frame.
insights-other-parts = In other parts: { $titles }
insights-maybe = **This may be the same picture**, but nobody can be sure of that.
insights-listed = **{ $provider } lists these pages for this picture.**
insights-similar-only = **No exact match.** Similar pictures were found.
insights-depicted-high = **No exact match**, but what it shows is clear.
insights-depicted-medium = **No exact match.** What it shows is likely, not certain.
insights-depicted-low = **No exact match.** What it may show is a guess.
insights-unfound-yet = **No exact match so far.**
insights-unfound-withheld = **No match that may be shown here.**
insights-described-by = Described by { $model }, may be wrong.
insights-seen-by = Seen by { $provider }.
insights-match = { $percent }% · { $band }
insights-field-source = Source
insights-field-artist = Artist
insights-field-licence = License
insights-field-match = Match
insights-field-shows = Shows
insights-field-text = Text in the picture
insights-found-by = Found by { $provider }.
insights-shows = Probably shows: **{ $words }**
insights-caption = “{ $caption }”
insights-caption-from = “{ $caption }” ({ $source })
insights-tags = Tags: { $tags }
insights-entity-very = very likely
insights-entity-likely = probably
insights-entity-maybe = perhaps
insights-entity = { $name } ({ $sure })
insights-entity-box = { $name } ({ $sure }, box { $box })
insights-entities = Shows: { $entities }
insights-pages-count = { $count ->
    [one] Found on one page.
   *[other] Found on { $count } pages.
}
insights-pages-sizes = { $count ->
    [one] Found on one page
   *[other] Found on { $count } pages
}{ $sizes ->
    [one] , in one size.
   *[other] , in { $sizes } sizes.
}
insights-waiting = Still asking { $providers }…
insights-less-sure = { $count ->
    [one] One less certain finding is folded away.
   *[other] { $count } less certain findings are folded away.
}
insights-band-exact = exact
insights-band-likely = likely
insights-band-maybe = maybe
insights-stricter = SafeSearch became stricter here, so this part of the answer is gone. Ask again with /identify.
insights-forgotten = Forgotten. Nothing about this picture is kept.

insights-section-overview = Overview
insights-section-pages = Pages with this picture
insights-section-similar = Similar pictures
insights-section-products = Similar products
insights-section-shopping = Where it is sold
insights-section-recipes = Recipes
insights-section-collections = Collections
insights-section-searches = Related searches
insights-section-people = Who is in it
insights-section-count = { $count }
insights-select-section = Show another part of the answer
insights-select-search = Search one of these
insights-list-position = { $page } of { $pages }

insights-offer-from = from { $price }
insights-offer-count = { $count ->
    [one] one offer
   *[other] { $count } offers
}
insights-availability-Discontinued = discontinued
insights-availability-InStock = in stock
insights-availability-InStoreOnly = in shops only
insights-availability-LimitedAvailability = few left
insights-availability-OnlineOnly = online only
insights-availability-OutOfStock = out of stock
insights-availability-PreOrder = available for preorder
insights-availability-SoldOut = sold out
insights-rating = rated { $value } out of { $best }
insights-rating-reviews = { $count ->
    [one] rated { $value } out of { $best } in one review
   *[other] rated { $value } out of { $best } in { $count } reviews
}
insights-updated = as of { $date }
insights-recipe-total = { $time } in all
insights-recipe-cook = { $time } cooking
insights-recipe-prep = { $time } preparing
insights-collection-by = by { $name }
insights-collection-images = { $count ->
    [one] one picture
   *[other] { $count } pictures
}
insights-collection-followers = { $count ->
    [one] one follower
   *[other] { $count } followers
}
insights-seller = at { $name }

insights-button-region = Look at a part
insights-button-frames = Other frames
insights-button-read-text = Read the text
insights-button-search-text = Search the text
insights-no-text = No text was found in this picture.
insights-search-for = Search: { $words }
insights-button-whole = Whole picture
insights-button-unfold = Show less certain
insights-button-fold = Hide less certain
insights-button-links = Other engines
insights-button-forget = Forget this
insights-button-back = Back

## Parts of a picture

region-title = Which part of the picture?
region-words = Choose a part: one of the nine, or a numbered box from the menu.
region-words-blind = Choose one of the nine parts.
region-select = Choose a part
region-whole = The whole picture
region-box = Box { $number }: { $name }
region-box-plain = Box { $number }
region-top-left = Top left
region-top = Top
region-top-right = Top right
region-left = Left
region-middle = Middle
region-right = Right
region-bottom-left = Bottom left
region-bottom = Bottom
region-bottom-right = Bottom right
region-preview = The picture with its parts. Only you see this.
region-preview-alt = The picture with a grid of nine cells and numbered boxes
frames-title = Which frame of the video?
frames-words = Choose one of these frames.
frames-button = { $number } · { $time }
frames-preview = Frames of the video. Only you see this.
frames-preview-alt = Numbered frames of the video

links-words = Open this picture with another engine. Magpie sends nothing there; your browser will.
links-none = No other engine can be offered for this picture here.
