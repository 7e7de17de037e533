# Words of pages: search answers, trending, their controls.
# Footers, buttons and menus show no markdown; keep button words under 80 characters.
# The space before : ; ? ! and inside « » does not break (U+00A0).

## Where a picture comes from

credit-by = Auteur : { $author }
credit-by-linked = Auteur : { $author } ([profil]({ $url }))
credit-author-linked = { $author } ([profil]({ $url }))
credit-licence = { $licence }
credit-licence-linked = { $licence } ([conditions]({ $url }))
credit-licence-at = { $licence } ({ $url })
credit-via = via { $provider }
credit-terms-commons = Fichiers sous licence libre de Wikimedia Commons
credit-terms-commons-sha1 = { credit-terms-commons }
credit-terms-openverse = Images sous licence ouverte trouvées avec Openverse
credit-terms-wikifeeds = Wikipédia, texte CC BY-SA 4.0
credit-title = Comment créditer cette image
credit-markdown = En Markdown
credit-plain = En texte brut
credit-title-quoted = « { $title } »
credit-unknown-licence = Aucune licence n’est connue pour cette image. Demande à son propriétaire avant de l’utiliser.
licence-public-domain = Domaine public
untitled = Image sans titre
alt-untitled = Image de { $host }
alt-by = { $title }, par { $author }
alt-nothing-known = Image sans titre
provider-collection = Collection de Magpie
provider-commons-sha1 = Wikimedia Commons (fichier identique)
provider-wikifeeds = Wikipédia du jour
provider-recognizer = Reconnaissance d’images de Magpie
provider-text-reader = Lecture de texte de Magpie
provider-vision = modèle de vision

## Footer of a page

level-off = SafeSearch désactivé
level-moderate = SafeSearch modéré
level-strict = SafeSearch strict
hidden-count = { $count ->
    [one] { $count } masquée
   *[other] { $count } masquées
}
picture-size = { $width } × { $height }

## Heads of pages

head-search = « { $query } »
head-similar = Semblables à « { $query } »
head-trending = Tendances : { $category }
showing-results-for = Résultats pour **{ $altered }**. Pour chercher plutôt { $original }, appuie sur ⋯.

## Remarks about how an answer was made

note-filter-not-applied = Filtre non appliqué par { $provider } : { $filter }.
note-filter-not-applied-anywhere = Le filtre « { $filter } » n’a pas pu être appliqué.
note-part-not-alone = { $provider } a regardé l’image entière, pas seulement la partie.
note-query-cut = { $provider } n’a lu que le début de la recherche.
note-provider-failed = Pas de réponse de { $provider } ({ $why }).
why-down = injoignable
why-quota = quota épuisé
why-rate = demandes trop fréquentes
why-level = ne peut pas respecter ce niveau de SafeSearch
why-unsupported = ne sait pas faire cela
why-misconfigured = le responsable du bot doit corriger ses paramètres
why-empty = rien trouvé
note-withheld = { $count ->
    [one] { $count } résultat n’est pas montré à ce niveau de SafeSearch.
   *[other] { $count } résultats ne sont pas montrés à ce niveau de SafeSearch.
}
note-unrated = { $count ->
    [one] { $count } image de la collection est laissée de côté, car personne ne l’a classée. Son responsable peut la déclarer avec : magpie index --rating safe
   *[other] { $count } images de la collection sont laissées de côté, car personne ne les a classées. Son responsable peut les déclarer avec : magpie index --rating safe
}
note-some-words = Aucune image ne contient tous ces mots : { $words }. Celles-ci en ont une partie.
note-like-meaning = Rien n’est décrit ainsi ; recherche faite avec : { $words }.
note-like-pictures = Aucune image n’est décrite ainsi : { $words }. Celles-ci semblent le montrer.
note-stale = Cette réponse enregistrée date du { $date }.
note-text-only = { $provider } ne filtre pas ses images, donc seuls les titres et les liens sont montrés.
note-rated = { $provider } ne filtre pas ses images. Un programme a vérifié ici celles qui sont montrées ; il peut se tromper.
note-damaged = Le fichier est endommagé : une partie de l’image manque.
note-picture-missing = Cette image ne peut pas être montrée ici.
note-picture-linked = Sa page est en lien ci-dessus.
note-spoiler = L’image est marquée comme spoiler : elle n’est pas affichée ici.
note-picture-gone = Cette image n’existe plus ou n’est pas autorisée ici.

## Controls

button-more-like-this = Images similaires
button-details = Détails
open-number = Ouvrir { $number }
panel-title = Plus d’options :
button-credit = Crédit
button-open-page = Ouvrir la page
button-full-image = Image d’origine
button-filter = Filtrer
button-without-filters = Sans filtres
button-grid = Grille
button-single = Une par une
button-share = Partager
button-hide = Masquer
button-restore = Réafficher
button-delete = Supprimer
button-block-site = Bloquer ce site
button-search-this = Lancer la recherche
button-again = Relancer la recherche
select-picture = Ouvrir une de ces images
select-refine = Affiner cette recherche
select-category = Catégorie
jump-title = Aller à la page
jump-label = Numéro de page
jump-range = 1 à { $pages }

refine-instead = Chercher plutôt { $query }
refine-spelling = Orthographe
refine-expansion = Plus précis
refine-pivot = Au lieu de « { $word } »
refine-related = Recherche associée
refine-similar = Similaire

## Filter window

filter-title = Filtrer
filter-label-size = Taille
filter-label-aspect = Format
filter-label-color = Couleur
filter-label-imageType = Type d’image
filter-label-license = Licence
filter-label-freshness = Date
filter-label-imageContent = Contenu
filter-any = Peu importe
filter-in-force = { $name } : { $value }

## What happened

hidden-note-asker = Cette page a été masquée par la personne qui l’a demandée.
hidden-note-member = Un membre a masqué cette page.
hidden-note-moderator = Un modérateur a masqué cette page.
hidden-note-who-asker = Cette personne ou un modérateur (Gérer les messages) peut la réafficher ou la supprimer.
hidden-note-who-member = Un modérateur (Gérer les messages) peut la réafficher ; la personne qui l’a demandée peut la supprimer.
hidden-note-who-moderator = Seuls les modérateurs (Gérer les messages) peuvent la réafficher ; la personne qui l’a demandée peut la supprimer.
hidden-note-dm = Tu peux la réafficher ou la supprimer.
shared-by = Partagé par { $user }
site-blocked = { $host } est désormais bloqué sur ce serveur. Ses images ont disparu de cette page.
empty-title = Aucun résultat
empty-hidden-title = Rien à montrer ici
empty-search = Aucun résultat pour « { $query } ».
empty-filtered = Aucun résultat pour « { $query } » avec ces filtres : { $filters }.
empty-hidden = { $count ->
    [one] { $count } image a été trouvée pour « { $query } », mais elle n’est pas autorisée ici.
   *[other] { $count } images ont été trouvées pour « { $query } », mais aucune n’est autorisée ici.
}
empty-similar = Aucune image ressemblante n’a été trouvée.
empty-trending = Aucune tendance pour l’instant. Les tendances naissent des recherches : fais-en quelques-unes et reviens voir.

## Filters in words

filter-name-q = recherche
filter-name-size = taille
filter-name-color = couleur
filter-name-imageType = type d’image
filter-name-license = licence
filter-name-aspect = format
filter-name-imageContent = contenu
filter-name-freshness = date
filter-name-height = hauteur
filter-name-width = largeur
filter-name-minHeight = hauteur minimale
filter-name-maxHeight = hauteur maximale
filter-name-minWidth = largeur minimale
filter-name-maxWidth = largeur maximale
filter-name-minFileSize = poids minimal
filter-name-maxFileSize = poids maximal

choice-size-Small = Petite
choice-size-Medium = Moyenne
choice-size-Large = Grande
choice-size-Wallpaper = Fond d’écran
choice-color-ColorOnly = En couleur
choice-color-Monochrome = Noir et blanc
choice-color-Black = Noir
choice-color-Blue = Bleu
choice-color-Brown = Marron
choice-color-Gray = Gris
choice-color-Green = Vert
choice-color-Orange = Orange
choice-color-Pink = Rose
choice-color-Purple = Violet
choice-color-Red = Rouge
choice-color-Teal = Turquoise
choice-color-White = Blanc
choice-color-Yellow = Jaune
choice-imageType-AnimatedGif = GIF animé
choice-imageType-Clipart = Clipart
choice-imageType-Line = Dessin au trait
choice-imageType-Photo = Photo
choice-imageType-Shopping = En vente
choice-imageType-Transparent = Transparente
choice-license-Any = Toute licence connue
choice-license-Public = Domaine public
choice-license-Share = Partage libre
choice-license-ShareCommercially = Partage libre, y compris commercial
choice-license-Modify = Modification et partage libres
choice-license-ModifyCommercially = Modification et partage libres, y compris commerciaux
choice-aspect-Square = Carré
choice-aspect-Wide = Paysage
choice-aspect-Tall = Portrait
choice-imageContent-Face = Visages
choice-imageContent-Portrait = Tête et épaules
choice-freshness-Day = Dernières 24 heures
choice-freshness-Week = 7 derniers jours
choice-freshness-Month = 30 derniers jours
choice-view-single = Une par une : une image par page
choice-view-grid = Grille : quatre images par page
choice-view-gallery = Galerie : six images avec descriptions
choice-safesearch-Moderate = Modéré
choice-safesearch-Strict = Strict

## What /display says

display-view = Vue ici : « { $view } ».
display-private-yes = Les réponses sont d’abord montrées à la seule personne qui demande ; elle peut ensuite les partager.
display-private-no = Les réponses sont montrées à tout le monde, sauf si la personne qui demande les veut privées.
display-reactions-yes = On change de page avec les boutons et les réactions.
display-reactions-no = On change de page avec les boutons seulement.
