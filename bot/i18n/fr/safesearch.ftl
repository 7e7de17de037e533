# What /safesearch says. Mentions in these sentences ping nobody.

safesearch-level-Off = Désactivé
safesearch-level-Moderate = Modéré
safesearch-level-Strict = Strict
safesearch-level-inherit = hérité
safesearch-scope-server = Tout le serveur
safesearch-somebody = quelqu’un

safesearch-here = SafeSearch ici : **{ $level }**.
safesearch-in = SafeSearch dans { $scope } : **{ $level }**.
safesearch-inherited = { $scope } : **{ $level }**
safesearch-effect-Off = Rien n’est filtré, sauf ce que ce serveur bloque.
safesearch-effect-Moderate = Les images et les sites pour adultes sont exclus.
safesearch-effect-Strict = Les images, les sites et les mots pour adultes sont exclus.

safesearch-rule-operator = Le responsable du bot n’autorise rien de moins strict.
safesearch-rule-not-age-restricted = Le réglage de ce serveur est Désactivé, mais ce salon n’est pas soumis à une limite d’âge, donc Désactivé ne peut pas s’y appliquer.
safesearch-rule-channel = C’est le réglage de ce salon.
safesearch-rule-category = Ce salon suit sa catégorie.
safesearch-rule-server = Ce salon suit le serveur.
safesearch-rule-default = Personne n’a rien réglé ici, le réglage par défaut du bot s’applique donc.
safesearch-rule-dm = En messages privés, c’est toujours Strict.
safesearch-rule-private = Dans les salons privés, c’est toujours Strict.
safesearch-rule-user-install = Ce serveur n’a pas ajouté le bot, c’est donc toujours Strict ici.
safesearch-rule-unknown = Impossible de savoir avec certitude de quel type de salon il s’agit, c’est donc Strict.
safesearch-rule-own = C’est toi qui l’as choisi pour cette recherche.
safesearch-rule-inherited = Aucun réglage propre ; celui du dessus s’applique.
safesearch-set-by = Réglé par { $who } { $when }.

safesearch-set = { $scope } : désormais { $level }.
safesearch-cleared = { $scope } : plus de réglage propre ; celui du dessus s’applique.
safesearch-cleared-server = { $scope } : plus de réglage propre ; le réglage par défaut du bot s’applique.
safesearch-unchanged = { $scope } : c’était déjà le cas.
safesearch-confirm = { $scope } : ce sera moins strict, { $before } → { $after }. Continuer ?
safesearch-confirm-button = Rendre moins strict
safesearch-off-not-offered = Le responsable du bot n’autorise pas Désactivé.
safesearch-off-needs-age = Désactivé ne fonctionne que dans les salons soumis à une limite d’âge. Ce n’est pas le cas de ce salon.
safesearch-no-category = Ce salon n’est dans aucune catégorie.
safesearch-gone = Ce salon n’existe plus ou le bot ne le voit pas. Rouvre le panneau avec /safesearch afficher.
safesearch-no-channel = Impossible de savoir de quel salon il s’agit. Essaie dans le salon lui-même.

safesearch-list-level = { $scope } : **{ $level }**, réglé par { $who } { $when }
safesearch-list-no-levels = Aucun niveau n’est réglé sur ce serveur.
safesearch-list-host = Sites bloqués : { $entries }
safesearch-list-word = Mots bloqués : { $entries }
safesearch-list-allow = Sites que les recherches peuvent nommer : { $entries }
safesearch-list-no-entries = Ce serveur ne bloque et n’autorise rien en particulier.
safesearch-more = { $count ->
    [one] … et { $count } autre
   *[other] … et { $count } autres
}

safesearch-blocked-host = { $entry } est bloqué, sous-domaines compris.
safesearch-blocked-word = { $entry } est bloqué.
safesearch-allowed = Les recherches peuvent maintenant nommer { $entry }, comme avec site:{ $bare }.
safesearch-unblocked = { $entry } est retiré des listes.
safesearch-already = { $entry } est déjà sur cette liste.
safesearch-not-listed = { $entry } n’est sur aucune des listes.
safesearch-bad-host = Ce n’est pas le nom d’un site. Donne un nom comme example.com.
safesearch-bad-word = Ce n’est pas un mot. Donne un mot ou une courte expression de 100 caractères au plus.
safesearch-full = Les listes de ce serveur sont pleines. Retire d’abord une entrée.

safesearch-audit-none = Rien n’a encore été changé.
safesearch-audit-level = { $when } { $who } : { $scope }, { $before } → { $after }
safesearch-audit-block-host = { $when } { $who } a bloqué { $entry }
safesearch-audit-block-word = { $when } { $who } a bloqué { $entry }
safesearch-audit-allow = { $when } { $who } a autorisé { $entry }
safesearch-audit-unblock-host = { $when } { $who } a débloqué { $entry }
safesearch-audit-unblock-word = { $when } { $who } a débloqué { $entry }
safesearch-audit-disallow = { $when } { $who } n’autorise plus { $entry }

## The panel

safesearch-panel-title = SafeSearch
safesearch-panel-inherit = Hériter
safesearch-panel-target = Autre salon ou catégorie
safesearch-panel-lists = Listes
safesearch-panel-history = Historique
safesearch-panel-back = Retour
safesearch-button-undo = Annuler
safesearch-panel-remove = Retirer des listes
safesearch-panel-add-host = Bloquer un site
safesearch-panel-add-word = Bloquer un mot
safesearch-panel-add-allow = Autoriser un site
safesearch-panel-kind-host = Site bloqué
safesearch-panel-kind-word = Mot bloqué
safesearch-panel-kind-allow = Site que les recherches peuvent nommer
