# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Picture of the day
trends-wikipedia-article = Featured article
trends-wikipedia-read = Most read today
trends-wikipedia-news = In the news
trends-wikipedia-day = On this day

trends-collection-server = Popular in this server
trends-collection-popular = Popular searches
trends-collection-new = New in the collection
trends-collection-identified = Most identified pictures
trends-collection-subjects = Popular subjects
trends-gifs = Popular GIFs
trends-photographs = Photographs chosen today

# How much more often than usual something is searched for; $times is a whole number from 2.

trend-new = new
trend-up = ↑ { $times }× the usual

# A tag of a picture that a program made.
tag-ai-generated = AI-generated
