# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Imagem do dia
trends-wikipedia-article = Artigo em destaque
trends-wikipedia-read = Mais lidos de hoje
trends-wikipedia-news = Nas notícias
trends-wikipedia-day = Neste dia

trends-collection-server = Popular neste servidor
trends-collection-popular = Pesquisas populares
trends-collection-new = Novidades da coleção
trends-collection-identified = Imagens mais identificadas
trends-collection-subjects = Assuntos populares
trends-gifs = GIFs populares
trends-photographs = Fotos escolhidas hoje

# How much more often than usual something is searched for; $times is a whole number from 2.

trend-new = novo
trend-up = ↑ { $times }× o normal

# A tag of a picture that a program made.
tag-ai-generated = gerada por IA
