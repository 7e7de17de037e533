# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = ¡Hola! Encuentro imágenes y te digo de dónde vienen. Prueba { $image }, { $trending } o, con una imagen tuya, { $identify }.
first-message-level = Nivel de SafeSearch en este canal: **{ $level }**. Los moderadores pueden cambiarlo con { $safesearch }.
