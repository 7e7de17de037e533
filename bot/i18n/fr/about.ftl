# Words of /about.

about-title = Magpie trouve des images et dit d’où elles viennent
about-help =
    `/image` cherche, `/tendances` montre ce que les gens cherchent, `/identifier` dit ce qu’est une image et d’où elle vient, tout comme *Applications → Identifier l’image* sur n’importe quel message. Change de page avec les boutons ou en réagissant avec ◀️ ▶️.
about-providers = D’où viennent les images
about-provider-search = recherche
about-provider-insights = identification
about-provider-trending = tendances
about-provider = **{ $title }** : { $verbs }
about-provider-left =
    { $scope ->
        [server] encore { $left } sur { $limit } pour ce serveur
        [person] encore { $left } sur { $limit } pour toi
       *[provider] encore { $left } sur { $limit }
    } { $kind ->
        [rolling] sur 24 heures
        [month] ce mois-ci
       *[day] aujourd’hui
    }
about-provider-resting = en pause après des échecs, de retour { $when }
about-provider-terms = conditions d’utilisation
about-privacy = Ce que Magpie conserve
about-privacy-text =
    Une page pendant { $page }, pour que ses boutons fonctionnent, et sa recherche pendant { $asked }, pour qu’on puisse la relancer ; les paramètres des serveurs ; combien de fois une chose a été cherchée, sans savoir par qui. Aucune image, aucun message. Tes mots et tes images ne sont envoyés aux fournisseurs ci-dessus que lorsque tu le demandes, et sans ton nom.
    { $remember ->
        [yes] Tes recherches récentes sont conservées pour toi, parce que tu l’as demandé.
       *[no] Tes recherches récentes ne sont pas conservées.
    }
about-contact = Qui gère ce bot
about-contact-none = Le responsable du bot n’a laissé aucun contact.
about-version = Magpie { $version }
about-button-remember = Retenir mes recherches
about-button-forget-searches = Oublier mes recherches
about-button-delete = Supprimer mes données
about-delete-confirm = Supprimer tout ce que Magpie conserve sur toi ? Tes réponses restent dans les salons, mais leurs boutons cessent de fonctionner ; seul *Supprimer* marche encore pour toi. C’est définitif.
about-button-delete-now = Tout supprimer
about-button-keep = Annuler
about-kept = Rien n’a été supprimé.
about-deleted = Tout ce qui était conservé sur toi est supprimé : tes pages, tes recherches récentes et tes choix.
about-remembering = Tes recherches sont désormais conservées, pour toi seulement : elles te sont proposées pendant que tu écris.
about-not-remembering = Tes recherches récentes sont oubliées, et aucune ne sera conservée désormais.
