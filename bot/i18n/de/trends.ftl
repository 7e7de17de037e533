# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Bild des Tages
trends-wikipedia-article = Artikel des Tages
trends-wikipedia-read = Heute am meisten gelesen
trends-wikipedia-news = In den Nachrichten
trends-wikipedia-day = An diesem Tag

trends-collection-server = Beliebt auf diesem Server
trends-collection-popular = Beliebte Suchen
trends-collection-new = Neu in der Sammlung
trends-collection-identified = Am häufigsten erkannte Bilder
trends-collection-subjects = Beliebte Themen
trends-gifs = Beliebte GIFs
trends-photographs = Heute ausgewählte Fotos

# How much more often than usual something is searched for; $times is a whole number from 2.

trend-new = neu
trend-up = ↑ { $times }× so oft wie sonst

# A tag of a picture that a program made.
tag-ai-generated = KI-generiert
