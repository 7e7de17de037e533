# The message to a server that has just added the bot; its arguments are commands and a level.

first-message-try = Hello! I find pictures and say where each one comes from. Try { $image }, { $trending }, or { $identify } with a picture of your own.
first-message-level = SafeSearch in this channel is **{ $level }**. Moderators can change it with { $safesearch }.
