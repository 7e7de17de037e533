# What /safesearch says. Mentions in these sentences ping nobody.

safesearch-level-Off = Aus
safesearch-level-Moderate = Mittel
safesearch-level-Strict = Streng
safesearch-level-inherit = übernommen
safesearch-scope-server = Der ganze Server
safesearch-somebody = jemand

safesearch-here = SafeSearch hier: **{ $level }**.
safesearch-in = SafeSearch in { $scope }: **{ $level }**.
safesearch-inherited = { $scope }: **{ $level }**
safesearch-effect-Off = Herausgefiltert wird nur, was dieser Server blockiert.
safesearch-effect-Moderate = Bilder und Websites für Erwachsene werden nicht gezeigt.
safesearch-effect-Strict = Bilder, Websites und Texte für Erwachsene werden nicht gezeigt.

safesearch-rule-operator = Weniger streng erlaubt es der Betreiber dieses Bots nicht.
safesearch-rule-not-age-restricted = Die Einstellung dieses Servers ist Aus, aber dieser Kanal ist nicht altersbeschränkt, darum kann Aus hier nicht gelten.
safesearch-rule-channel = Das ist für diesen Kanal so eingestellt.
safesearch-rule-category = Dieser Kanal folgt seiner Kategorie.
safesearch-rule-server = Dieser Kanal folgt dem Server.
safesearch-rule-default = Hier hat niemand etwas eingestellt, darum gilt die Voreinstellung des Bots.
safesearch-rule-dm = In Direktnachrichten gilt immer Streng.
safesearch-rule-private = In privaten Kanälen gilt immer Streng.
safesearch-rule-user-install = Dieser Server hat den Bot nicht hinzugefügt, darum gilt hier immer Streng.
safesearch-rule-unknown = Es lässt sich nicht sicher sagen, was für ein Kanal das ist, darum gilt Streng.
safesearch-rule-own = Du hast es für diese Suche so gewählt.
safesearch-rule-inherited = Ohne eigene Einstellung; es gilt die nächsthöhere.
safesearch-set-by = Eingestellt von { $who } { $when }.

safesearch-set = { $scope }: ab jetzt { $level }.
safesearch-cleared = { $scope }: keine eigene Einstellung mehr; es gilt die nächsthöhere.
safesearch-cleared-server = { $scope }: keine eigene Einstellung mehr; es gilt die Voreinstellung des Bots.
safesearch-unchanged = { $scope }: war schon so eingestellt.
safesearch-confirm = { $scope }: Das ist weniger streng, { $before } → { $after }. Wirklich ändern?
safesearch-confirm-button = Weniger streng machen
safesearch-off-not-offered = Der Betreiber dieses Bots erlaubt Aus nicht.
safesearch-off-needs-age = Aus geht nur in altersbeschränkten Kanälen. Dieser Kanal ist nicht altersbeschränkt.
safesearch-no-category = Dieser Kanal ist in keiner Kategorie.
safesearch-gone = Diesen Kanal gibt es nicht mehr, oder der Bot sieht ihn nicht. Öffne die Übersicht mit /safesearch anzeigen neu.
safesearch-no-channel = Es lässt sich nicht sagen, welcher Kanal das ist. Versuch es im Kanal selbst.

safesearch-list-level = { $scope }: **{ $level }**, eingestellt von { $who } { $when }
safesearch-list-no-levels = Auf diesem Server ist keine Stufe eingestellt.
safesearch-list-host = Blockierte Websites: { $entries }
safesearch-list-word = Blockierte Wörter: { $entries }
safesearch-list-allow = Websites, die in Suchen vorkommen dürfen: { $entries }
safesearch-list-no-entries = Dieser Server blockiert nichts und erlaubt nichts Zusätzliches.
safesearch-more = { $count ->
    [one] … und noch ein Eintrag
   *[other] … und { $count } weitere Einträge
}

safesearch-blocked-host = { $entry } ist jetzt blockiert, einschließlich aller Subdomains.
safesearch-blocked-word = { $entry } ist jetzt blockiert.
safesearch-allowed = { $entry } darf jetzt in Suchen vorkommen, wie mit site:{ $bare }.
safesearch-unblocked = { $entry } wurde von den Listen entfernt.
safesearch-already = { $entry } steht schon auf dieser Liste.
safesearch-not-listed = { $entry } steht auf keiner der Listen.
safesearch-bad-host = Das ist nicht der Name einer Website. Gib einen Namen wie example.com an.
safesearch-bad-word = Das ist kein Wort. Gib ein Wort oder einen kurzen Ausdruck mit höchstens 100 Zeichen an.
safesearch-full = Die Listen dieses Servers sind voll. Entferne zuerst einen Eintrag.

safesearch-audit-none = Noch wurde nichts geändert.
safesearch-audit-level = { $when } { $who }: { $scope }, { $before } → { $after }
safesearch-audit-block-host = { $when } { $who }: { $entry } blockiert
safesearch-audit-block-word = { $when } { $who }: { $entry } blockiert
safesearch-audit-allow = { $when } { $who }: { $entry } erlaubt
safesearch-audit-unblock-host = { $when } { $who }: { $entry } freigegeben
safesearch-audit-unblock-word = { $when } { $who }: { $entry } freigegeben
safesearch-audit-disallow = { $when } { $who }: { $entry } nicht mehr erlaubt

## The panel

safesearch-panel-title = SafeSearch
safesearch-panel-inherit = Wie übergeordnet
safesearch-panel-target = Anderer Kanal oder andere Kategorie
safesearch-panel-lists = Listen
safesearch-panel-history = Verlauf
safesearch-panel-back = Zurück
safesearch-button-undo = Rückgängig
safesearch-panel-remove = Von den Listen entfernen
safesearch-panel-add-host = Website blockieren
safesearch-panel-add-word = Wort blockieren
safesearch-panel-add-allow = Website erlauben
safesearch-panel-kind-host = Blockierte Website
safesearch-panel-kind-word = Blockiertes Wort
safesearch-panel-kind-allow = Website, die in Suchen vorkommen darf
