# Names and descriptions of commands and options, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = infos
command-about-description = Ce qu’est Magpie, ce qu’il peut faire ici et ce qu’il conserve

## /image

command-image = image
command-image-description = Chercher des images
option-image-query = recherche
option-image-query-description = Ce que tu cherches
option-image-size = taille
option-image-size-description = La taille de l’image
option-image-color = couleur
option-image-color-description = La couleur dominante
option-image-image-type = type
option-image-image-type-description = Le type d’image
option-image-license = licence
option-image-license-description = Ce que la licence doit permettre
option-image-aspect = format
option-image-aspect-description = Carré, paysage ou portrait
option-image-image-content = contenu
option-image-image-content-description = Des visages, ou la tête et les épaules
option-image-freshness = date
option-image-freshness-description = Quand elle a été trouvée sur le web
option-image-view = vue
option-image-view-description = Comment la réponse est présentée
option-image-private = privé
option-image-private-description = Tu es la seule personne à voir la réponse
option-image-safesearch = safesearch
option-image-safesearch-description = Être plus strict que ce que demande ce salon
option-image-min-width = largeur-min
option-image-min-width-description = Largeur minimale en pixels
option-image-min-height = hauteur-min
option-image-min-height-description = Hauteur minimale en pixels
option-image-max-width = largeur-max
option-image-max-width-description = Largeur maximale en pixels
option-image-max-height = hauteur-max
option-image-max-height-description = Hauteur maximale en pixels
option-image-width = largeur
option-image-width-description = Largeur exacte en pixels
option-image-height = hauteur
option-image-height-description = Hauteur exacte en pixels
option-image-min-file-size = poids-min
option-image-min-file-size-description = Poids minimal du fichier en octets
option-image-max-file-size = poids-max
option-image-max-file-size-description = Poids maximal du fichier en octets

## /trending

command-trending = tendances
command-trending-description = Voir ce que les gens cherchent
option-trending-category = catégorie
option-trending-category-description = Par quoi commencer
option-trending-private = privé
option-trending-private-description = Tu es la seule personne à voir la réponse
option-trending-safesearch = safesearch
option-trending-safesearch-description = Être plus strict que ce que demande ce salon

## /display

command-display = affichage
command-display-description = Comment les réponses sont présentées sur ce serveur ou dans ce salon
option-display-view = vue
option-display-view-description = Combien d’images montre une page si personne ne demande une autre vue
option-display-private = privé
option-display-private-description = Si les réponses sont d’abord montrées à la seule personne qui demande
option-display-reactions = réactions
option-display-reactions-description = Si l’on peut changer de page avec des réactions, en plus des boutons
option-display-everywhere = partout
option-display-everywhere-description = Pour tout le serveur, pas seulement pour ce salon

## /safesearch

command-safesearch = safesearch
command-safesearch-description = Ce qui peut être montré ici, et qui en a décidé
command-safesearch-show = afficher
command-safesearch-show-description = Voir et modifier SafeSearch pour ce salon, dans un panneau privé
command-safesearch-set = définir
command-safesearch-set-description = Définir à quel point ce salon, sa catégorie ou le serveur est strict
command-safesearch-clear = réinitialiser
command-safesearch-clear-description = Laisser ce salon, sa catégorie ou le serveur suivre le réglage du dessus
command-safesearch-list = liste
command-safesearch-list-description = Lister les réglages, les sites bloqués et les mots bloqués de ce serveur
command-safesearch-block = bloquer
command-safesearch-block-description = Bloquer un site ou un mot
command-safesearch-block-host = site
command-safesearch-block-host-description = Ne plus rien montrer d’un site ni de ses sous-domaines
command-safesearch-block-word = mot
command-safesearch-block-word-description = Ne plus rien montrer qui contienne un certain mot
command-safesearch-unblock = débloquer
command-safesearch-unblock-description = Retirer un site ou un mot des listes
command-safesearch-allow = autoriser
command-safesearch-allow-description = Permettre aux recherches de nommer un site, comme avec site:example.com
command-safesearch-audit = historique
command-safesearch-audit-description = Lister les derniers changements de SafeSearch sur ce serveur
option-safesearch-level = niveau
option-safesearch-level-description = À quel point ce doit être strict
option-safesearch-scope = portée
option-safesearch-scope-description = Ce que cela concerne ; ce salon si tu n’indiques rien
option-safesearch-host = site
option-safesearch-host-description = Nom du site, par exemple example.com
option-safesearch-word = mot
option-safesearch-word-description = Un mot ou une courte expression
option-safesearch-entry = entrée
option-safesearch-entry-description = Le site ou le mot
choice-safesearch-Off = Désactivé
choice-scope-channel = Ce salon
choice-scope-category = Sa catégorie
choice-scope-server = Tout le serveur
