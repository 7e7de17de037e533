# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Image du jour
trends-wikipedia-article = Article du jour
trends-wikipedia-read = Les plus lus aujourd’hui
trends-wikipedia-news = Dans l’actualité
trends-wikipedia-day = Éphéméride

trends-collection-server = Populaire sur ce serveur
trends-collection-popular = Recherches populaires
trends-collection-new = Nouveau dans la collection
trends-collection-identified = Images les plus identifiées
trends-collection-subjects = Sujets populaires
trends-gifs = GIF populaires
trends-photographs = Photos choisies aujourd’hui

# How much more often than usual something is searched for; $times is a whole number from 2.

trend-new = nouveau
trend-up = ↑ { $times }× la normale

# A tag of a picture that a program made.
tag-ai-generated = générée par IA
