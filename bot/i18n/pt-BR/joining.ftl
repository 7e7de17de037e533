# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = Olá! Eu encontro imagens e digo de onde elas vêm. Experimente { $image }, { $trending } ou, com uma imagem sua, { $identify }.
first-message-level = Nível do SafeSearch neste canal: **{ $level }**. Moderadores podem mudar isso com { $safesearch }.
