# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = Imagem do dia
trends-wikipedia-article = Artigo em destaque
trends-wikipedia-read = Mais lidos de hoje
trends-wikipedia-news = Nas notícias
trends-wikipedia-day = Neste dia
