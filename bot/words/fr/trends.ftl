# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Image du jour
trends-wikipedia-article = Article du jour
trends-wikipedia-read = Les plus lus aujourd’hui
trends-wikipedia-news = Dans l’actualité
trends-wikipedia-day = Éphéméride
