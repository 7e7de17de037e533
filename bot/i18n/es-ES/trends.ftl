# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Imagen del día
trends-wikipedia-article = Artículo destacado
trends-wikipedia-read = Lo más leído hoy
trends-wikipedia-news = En las noticias
trends-wikipedia-day = Tal día como hoy

trends-collection-server = Popular en este servidor
trends-collection-popular = Búsquedas populares
trends-collection-new = Novedades de la colección
trends-collection-identified = Imágenes más identificadas
trends-collection-subjects = Temas populares
trends-gifs = GIF populares
trends-photographs = Fotografías elegidas hoy

# How much more often than usual something is searched for; $times is a whole number from 2.

trend-new = nuevo
trend-up = ↑ { $times }× lo habitual

# A tag of a picture that a program made.
tag-ai-generated = generada por IA
