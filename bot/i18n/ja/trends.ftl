# Titles of what is trending, by where it comes from.

trends-wikipedia-picture = 今日の一枚
trends-wikipedia-article = 秀逸な記事
trends-wikipedia-read = 今日よく読まれた記事
trends-wikipedia-news = ニュースで話題
trends-wikipedia-day = 今日は何の日

trends-collection-server = このサーバーで人気
trends-collection-popular = 人気の検索
trends-collection-new = コレクションの新着
trends-collection-identified = よく調べられた画像
trends-collection-subjects = 人気のテーマ
trends-gifs = 人気のGIF
trends-photographs = 今日選ばれた写真

# How much more often than usual something is searched for; $times is a whole number from 2.

trend-new = 新着
trend-up = ↑ 普段の{ $times }倍

# A tag of a picture that a program made.
tag-ai-generated = AI生成
