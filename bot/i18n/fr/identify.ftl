# Words of identifying pictures: /identify, the message menu, and the pages of its answers.
# Footers, buttons and menus show no markdown; keep button words under 80 characters, menu lines under 100.

## The command

command-identify = identifier
command-identify-description = Découvrir ce que montre une image et d’où elle vient
option-identify-image = image
option-identify-image-description = L’image, sous forme de fichier
option-identify-url = url
option-identify-url-description = L’adresse d’une image sur le web public
option-identify-look-for = chercher
option-identify-look-for-description = Ce qu’il faut découvrir ; tout si tu n’indiques rien
option-identify-part = partie
option-identify-part-description = Ne regarder qu’une partie de l’image
option-identify-safesearch = safesearch
option-identify-safesearch-description = Être plus strict que ce salon
option-identify-private = privé
option-identify-private-description = Ne montrer la réponse qu’à toi
command-identify-image = Identifier l’image

## The form

identify-form-title = Identifier une image
identify-form-file = Une image
identify-form-file-description = JPEG, PNG, GIF, WebP, AVIF, TIFF ou BMP
identify-form-url = Ou l’adresse d’une image
identify-form-nothing = Joins une image ou donne une adresse.
identify-both = Donne soit une image, soit une adresse, mais pas les deux.

## Which picture of a message

identify-no-picture = Il n’y a aucune image dans ce message : ni pièce jointe, ni aperçu, ni autocollant, ni lien vers une image.
identify-no-picture-reply = Ce message ne contient aucune image que Magpie puisse voir. Utilise Applications → Identifier l’image sur le message auquel il répond.
identify-which = Quelle image ?
identify-which-placeholder = Choisis une image
identify-candidate-attachment = Pièce jointe
identify-candidate-video = Image extraite d’une vidéo
identify-candidate-embed = Image d’un aperçu
identify-candidate-sticker = Autocollant
identify-candidate-link = Lien
identify-candidate-named = { $kind } : { $name }

## Pictures that cannot be used

error-picture-broken = Cette image est abîmée ou incomplète. Enregistre-la à nouveau et essaie avec cette copie.
error-picture-empty = Ce fichier est vide.
error-picture-vector = C’est un dessin vectoriel (SVG). Enregistre-le en PNG et essaie avec ce fichier.
error-picture-video = C’est une vidéo, pas une image. Fais-en une capture et réessaie avec celle-ci.
error-picture-web-page = C’est une page web, pas une image. Ouvre l’image elle-même, puis enregistre-la ou copie son adresse.
error-picture-gone = L’image n’est plus disponible. Donne-la à nouveau avec /identifier.
error-picture-old-link = Ce lien Discord est incomplet ou a expiré. Copie-le à nouveau depuis le message, ou utilises-y Applications → Identifier l’image.
error-picture-no-message = Je ne vois pas d’image dans ce message. Ouvre le menu du message et utilises-y Applications → Identifier l’image.

## Where the picture goes

consent-title = Où va cette image
consent-words = Pour être identifiée, cette image est envoyée à { $providers }. Elle est d’abord réduite, et tout sauf ses pixels en est retiré (lieu, appareil, commentaires). Rien n’en est conservé ici.
consent-server = La personne qui a demandé, ou un modérateur, peut accepter pour ce serveur ; ensuite, la question n’est plus posée.
consent-own = Si tu acceptes, la question ne te sera plus posée.
consent-own-collection = Ou bien elle est seulement comparée à la collection du bot, et n’est envoyée nulle part.
consent-send = Envoyer
consent-inside = Collection du bot seulement
consent-never = Ne jamais envoyer depuis ce serveur
consent-declined = Désormais, les images de ce serveur ne sont comparées qu’à la collection du bot. Les modérateurs peuvent changer cela avec /identifier-paramètres.
consent-outside-services = des services externes

command-identify-settings = identifier-paramètres
command-identify-settings-description = Où les images de ce serveur peuvent être recherchées
option-identify-where = où
option-identify-where-description = Collection du bot seulement, services externes aussi, ou demander d’abord
choice-identify-inside = Collection du bot seulement
choice-identify-outside = Services externes aussi
choice-identify-ask = Demander d’abord
identify-setting-inside = Les images de ce serveur ne sont recherchées que dans la collection du bot.
identify-setting-outside = Les images de ce serveur peuvent être envoyées aux services externes configurés.
identify-setting-ask = Avant que la prochaine image ne quitte ce serveur, la question sera posée.

## The answer

insights-head = Que montre cette image ?
insights-head-part = Que montre cette partie de l’image ? ({ $part })
insights-head-frame = Que montre ce moment de la vidéo ? ({ $time })
insights-nothing-title = Image inconnue
insights-title-shows = Montre : { $thing }
insights-nothing = Aucune source ne connaît cette image, rien de semblable n’a été trouvé et personne ne peut dire ce qu’elle montre.
insights-elsewhere = Chercher ailleurs : { $links }
insights-exact = **Correspondance exacte.**
insights-likely = **C’est très probablement la même image**, peut-être avec une taille, un format ou un cadrage différent.
insights-part = **Une partie de cette image est très probablement celle-ci**, peut-être avec une taille, un format ou un cadrage différent.
insights-other-parts = Dans d’autres parties : { $titles }
insights-maybe = **C’est peut-être la même image**, mais rien ne permet d’en être sûr.
insights-listed = **{ $provider } cite ces pages pour cette image.**
insights-similar-only = **Aucune correspondance exacte.** Des images similaires existent.
insights-depicted-high = **Aucune correspondance exacte**, mais ce qu’elle montre est clair.
insights-depicted-medium = **Aucune correspondance exacte.** Ce qu’elle montre est probable, pas certain.
insights-depicted-low = **Aucune correspondance exacte.** Ce qu’elle montre n’est qu’une supposition.
insights-unfound-yet = **Aucune correspondance exacte pour l’instant.**
insights-unfound-withheld = **Aucune correspondance qui puisse être montrée ici.**
insights-described-by = Décrit par { $model }, peut être faux.
insights-seen-by = Source : { $provider }.
insights-match = { $percent } % · { $band }
insights-field-source = Source
insights-field-artist = Auteur
insights-field-licence = Licence
insights-field-match = Résultat
insights-field-shows = Montre
insights-field-text = Texte dans l’image
insights-found-by = Source : { $provider }.
insights-shows = Montre probablement : **{ $words }**
insights-caption = « { $caption } »
insights-caption-from = « { $caption } » ({ $source })
insights-tags = Tags : { $tags }
insights-entity-very = très probable
insights-entity-likely = probable
insights-entity-maybe = possible
insights-entity = { $name } ({ $sure })
insights-entity-box = { $name } ({ $sure }, cadre { $box })
insights-entities = Montre : { $entities }
insights-pages-count = { $count ->
    [one] Trouvée sur { $count } page.
   *[other] Trouvée sur { $count } pages.
}
insights-pages-sizes = { $count ->
    [one] Trouvée sur { $count } page
   *[other] Trouvée sur { $count } pages
}{ $sizes ->
    [one] , en { $sizes } taille.
   *[other] , en { $sizes } tailles.
}
insights-waiting = Pas encore de réponse de { $providers }…
insights-less-sure = { $count ->
    [one] { $count } résultat moins sûr est replié.
   *[other] { $count } résultats moins sûrs sont repliés.
}
insights-band-exact = exactement cette image
insights-band-likely = probable
insights-band-maybe = possible
insights-stricter = SafeSearch est devenu plus strict ici, cette partie de la réponse a donc disparu. Demande à nouveau avec /identifier.
insights-forgotten = Oubliée. Rien n’est conservé de cette image.

insights-section-overview = Aperçu
insights-section-pages = Pages avec cette image
insights-section-similar = Images similaires
insights-section-products = Produits similaires
insights-section-shopping = Où l’acheter
insights-section-recipes = Recettes
insights-section-collections = Collections
insights-section-searches = Recherches associées
insights-section-people = Qui y figure
insights-section-count = { $count }
insights-select-section = Voir une autre partie de la réponse
insights-select-search = Lancer une de ces recherches
insights-list-position = { $page } sur { $pages }

insights-offer-from = à partir de { $price }
insights-offer-count = { $count ->
    [one] { $count } offre
   *[other] { $count } offres
}
insights-availability-Discontinued = plus commercialisé
insights-availability-InStock = en stock
insights-availability-InStoreOnly = en magasin seulement
insights-availability-LimitedAvailability = bientôt épuisé
insights-availability-OnlineOnly = en ligne seulement
insights-availability-OutOfStock = en rupture de stock
insights-availability-PreOrder = en précommande
insights-availability-SoldOut = épuisé
insights-rating = noté { $value } sur { $best }
insights-rating-reviews = { $count ->
    [one] noté { $value } sur { $best } dans { $count } avis
   *[other] noté { $value } sur { $best } dans { $count } avis
}
insights-updated = au { $date }
insights-recipe-total = { $time } en tout
insights-recipe-cook = { $time } de cuisson
insights-recipe-prep = { $time } de préparation
insights-collection-by = par { $name }
insights-collection-images = { $count ->
    [one] { $count } image
   *[other] { $count } images
}
insights-collection-followers = { $count ->
    [one] { $count } abonné
   *[other] { $count } abonnés
}
insights-seller = chez { $name }

insights-button-region = Voir une partie
insights-button-frames = Autre moment
insights-button-read-text = Lire le texte
insights-button-search-text = Chercher le texte
insights-no-text = Aucun texte n’a été trouvé dans cette image.
insights-search-for = Chercher : { $words }
insights-button-whole = Image entière
insights-button-unfold = Afficher les moins sûrs
insights-button-fold = Masquer les moins sûrs
insights-button-links = Autres moteurs
insights-button-forget = Oublier
insights-button-back = Retour

## Parts of a picture

region-title = Quelle partie de l’image ?
region-words = Choisis une partie : l’une des neuf cases ou, dans le menu, un cadre numéroté.
region-words-blind = Choisis l’une des neuf cases.
region-select = Choisis une partie
region-whole = L’image entière
region-box = Cadre { $number } : { $name }
region-box-plain = Cadre { $number }
region-top-left = En haut à gauche
region-top = En haut
region-top-right = En haut à droite
region-left = À gauche
region-middle = Au milieu
region-right = À droite
region-bottom-left = En bas à gauche
region-bottom = En bas
region-bottom-right = En bas à droite
region-preview = L’image avec ses parties. Tu es la seule personne à la voir.
region-preview-alt = L’image avec une grille de neuf cases et des cadres numérotés
frames-title = Quel moment de la vidéo ?
frames-words = Choisis l’une de ces images.
frames-button = { $number } · { $time }
frames-preview = Des images de la vidéo. Tu es la seule personne à les voir.
frames-preview-alt = Images numérotées de la vidéo

links-words = Ouvre cette image avec un autre moteur. Magpie n’y envoie rien ; c’est ton navigateur qui le fera.
links-none = Aucun autre moteur ne peut être proposé ici pour cette image.
