# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = Hallo! Ich finde Bilder und sage, woher sie kommen. Probier { $image }, { $trending } oder mit einem eigenen Bild { $identify } aus.
first-message-level = SafeSearch steht in diesem Kanal auf **{ $level }**. Mit { $safesearch } können Moderatoren das ändern.
