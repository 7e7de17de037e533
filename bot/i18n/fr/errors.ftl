# Sentences for what went wrong. Each is shown privately; where something is broken, with the trace id below it.

error-trace = Référence { $trace }
error-invalid-request = Impossible de chercher ainsi : quelque chose ne va pas avec « { $parameter } ».
error-invalid-request-plain = Impossible de chercher ainsi.
error-two-sizes = Indique soit une { $side } exacte, soit une minimale et une maximale, mais pas les deux.
error-picture-too-large = Cette image est trop lourde.
error-picture-too-large-limit = Cette image est trop lourde. La limite est de { $limit }.
error-picture-not-a-picture = Ce n’est pas une image lisible.
error-picture-too-many-pixels = Cette image a trop de pixels.
error-picture-too-slow = La lecture de cette image a pris trop de temps.
error-picture-unsafe-address = Cette adresse ne peut pas être utilisée. Donne l’adresse d’une image sur le web public.
error-picture-unreachable = L’image n’a pas pu être récupérée à cette adresse.
error-picture-refused = Cette image ne peut pas être utilisée.
error-not-supported = Aucun fournisseur d’images ne sait faire cela ici.
error-not-supported-filters = Aucun fournisseur d’images ne sait appliquer ici : { $filters }.
error-level = Aucun fournisseur d’images ne peut respecter « { $level } » ici, donc rien n’a été demandé.
error-blocked-forbidden = Magpie ne recherche pas cela, ni ici ni ailleurs.
error-blocked-word = Cette recherche contient un mot bloqué.
error-blocked-host = Ce site est bloqué ici.
error-blocked-operator = Les recherches qui désignent un site (site:, inurl: et autres) ne sont pas permises ici. Les modérateurs peuvent autoriser un site avec /safesearch autoriser.
error-blocked = Cette recherche n’est pas autorisée ici.
error-misconfigured = Un fournisseur d’images est mal configuré. Le responsable du bot doit y remédier.
error-misconfigured-provider = Mal configuré : { $provider }. Le responsable du bot doit y remédier.
error-unavailable = Les fournisseurs d’images sont injoignables pour le moment. Réessaie dans un instant.
error-unavailable-provider = Injoignable pour le moment : { $provider }. Réessaie dans un instant.
error-tried = Fournisseurs essayés : { $providers }.
error-overloaded = Beaucoup d’images sont en cours de lecture, et le tour de celle-ci n’est pas venu. Réessaie dans quelques secondes.
error-rate-limited = Trop de recherches en peu de temps. Réessaie dans un instant.
error-rate-limited-until = Trop de recherches en peu de temps. Réessaie { $when }.
error-quota = Le quota de recherches est épuisé.
error-quota-until = Le quota de recherches est épuisé. Il sera renouvelé { $when }.
error-quota-provider = Le quota chez { $provider } est épuisé.
error-quota-provider-until = Le quota chez { $provider } est épuisé. Il sera renouvelé { $when }.
error-expired = Cette réponse date de plus de { $kept }, ses boutons ne fonctionnent donc plus.
error-expired-picture = Cette réponse date de plus de { $kept }, ses boutons ne fonctionnent donc plus. Les images envoyées ne sont pas conservées : envoie la tienne de nouveau avec /identifier ou avec Applications → Identifier l’image sur le message.
error-expired-gone = Cette réponse n’est plus conservée, ses boutons ne fonctionnent donc plus. La personne qui l’a demandée peut encore la supprimer. Relance une recherche avec une commande.
error-page-gone = Le message de cette page a été supprimé. Relance la recherche avec une commande.
error-not-yours = Seule la personne qui a demandé, ou un modérateur avec la permission « Gérer les messages », peut faire cela.
error-moderators-only = Seuls les modérateurs peuvent faire cela. Il faut la permission « { $permission } ».
error-page-number = Donne un numéro de page de 1 à { $pages }.
error-too-often-commands = Trop de commandes en peu de temps. Réessaie { $when }.
error-too-often-presses = Trop de clics en peu de temps. Réessaie { $when }.
error-too-often-hides = Tu as masqué plusieurs pages en peu de temps. Adresse-toi à un modérateur ou réessaie { $when }.
error-busy-all = Magpie a trop à faire pour le moment. Réessaie dans quelques secondes.
error-busy-person = Attends que tes dernières demandes aient reçu une réponse, puis réessaie.
error-busy-message = Trop de personnes utilisent ce message en ce moment. Réessaie dans quelques secondes.
error-too-slow = Cela a pris trop de temps et a été interrompu. Réessaie.
error-restarting = Magpie redémarre. Réessaie dans une minute.
error-storage = Le stockage de Magpie est injoignable pour le moment. Réessaie dans une minute.
error-discord = Discord n’a pas accepté la réponse. Réessaie.
error-unknown = Quelque chose s’est mal passé. Le responsable du bot peut retrouver l’erreur dans le journal grâce à la référence ci-dessous.

## Permissions, as Discord's client calls them

permission-manage_messages = Gérer les messages
permission-manage_channels = Gérer les salons
permission-manage_guild = Gérer le serveur
