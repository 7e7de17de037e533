# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = Bonjour ! Je trouve des images et je dis d’où elles viennent. Essaie { $image }, { $trending } ou, avec une image à toi, { $identify }.
first-message-level = Niveau de SafeSearch dans ce salon : **{ $level }**. Les modérateurs peuvent le changer avec { $safesearch }.
