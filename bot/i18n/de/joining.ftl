# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = Hallo! Ich finde Bilder und sage, woher sie kommen. Probier mal { $image }, { $trending } oder, mit einem eigenen Bild, { $identify }.
first-message-level = SafeSearch steht in diesem Kanal auf **{ $level }**. Mit { $safesearch } können Moderatoren das ändern.
