# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = こんにちは！画像を探して、その出どころをお伝えします。{ $image } や { $trending }、お手持ちの画像なら { $identify } をお試しください。
first-message-level = このチャンネルのセーフサーチは**「{ $level }」**です。モデレーターは { $safesearch } で変更できます。
