# Names and descriptions of commands and options, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = info
command-about-description = Was Magpie ist, was es hier kann und was es speichert

## /image

command-image = bild
command-image-description = Nach Bildern suchen
option-image-query = suche
option-image-query-description = Wonach du suchst
option-image-size = größe
option-image-size-description = Wie groß das Bild ist
option-image-color = farbe
option-image-color-description = Die vorherrschende Farbe
option-image-image-type = art
option-image-image-type-description = Was für ein Bild es ist
option-image-license = lizenz
option-image-license-description = Was die Lizenz erlauben muss
option-image-aspect = format
option-image-aspect-description = Quadratisch, quer oder hoch
option-image-image-content = inhalt
option-image-image-content-description = Gesichter oder Porträts
option-image-freshness = alter
option-image-freshness-description = Wann es im Web gefunden wurde
option-image-view = ansicht
option-image-view-description = Wie die Antwort gezeigt wird
option-image-private = privat
option-image-private-description = Nur du siehst die Antwort
option-image-safesearch = safesearch
option-image-safesearch-description = Strenger suchen, als es hier sein muss
option-image-min-width = min-breite
option-image-min-width-description = Mindestbreite in Pixeln
option-image-min-height = min-höhe
option-image-min-height-description = Mindesthöhe in Pixeln
option-image-max-width = max-breite
option-image-max-width-description = Höchstbreite in Pixeln
option-image-max-height = max-höhe
option-image-max-height-description = Höchsthöhe in Pixeln
option-image-width = breite
option-image-width-description = Genaue Breite in Pixeln
option-image-height = höhe
option-image-height-description = Genaue Höhe in Pixeln
option-image-min-file-size = min-dateigröße
option-image-min-file-size-description = Mindestgröße der Datei in Bytes
option-image-max-file-size = max-dateigröße
option-image-max-file-size-description = Höchstgröße der Datei in Bytes

## /trending

command-trending = trends
command-trending-description = Sehen, wonach andere suchen
option-trending-category = kategorie
option-trending-category-description = Womit es losgeht
option-trending-private = privat
option-trending-private-description = Nur du siehst die Antwort
option-trending-safesearch = safesearch
option-trending-safesearch-description = Strenger, als es hier sein muss

## /display

command-display = anzeige
command-display-description = Wie Antworten auf diesem Server oder in diesem Kanal aussehen
option-display-view = ansicht
option-display-view-description = Wie viele Bilder eine Seite zeigt, wenn niemand eine andere Ansicht wählt
option-display-private = privat
option-display-private-description = Ob Antworten zuerst nur sieht, wer gefragt hat
option-display-reactions = reaktionen
option-display-reactions-description = Ob man außer mit Buttons auch mit Reaktionen blättern kann
option-display-everywhere = überall
option-display-everywhere-description = Für den ganzen Server, nicht nur für diesen Kanal

## /safesearch

command-safesearch = safesearch
command-safesearch-description = Was hier gezeigt werden darf und wer das entschieden hat
command-safesearch-show = anzeigen
command-safesearch-show-description = SafeSearch dieses Kanals ansehen und ändern, nur für dich sichtbar
command-safesearch-set = einstellen
command-safesearch-set-description = Einstellen, wie streng dieser Kanal, seine Kategorie oder der Server ist
command-safesearch-clear = zurücksetzen
command-safesearch-clear-description = Diesen Kanal, seine Kategorie oder den Server wieder der nächsthöheren Einstellung folgen lassen
command-safesearch-list = liste
command-safesearch-list-description = Alle Einstellungen, blockierten Websites und blockierten Wörter dieses Servers auflisten
command-safesearch-block = blockieren
command-safesearch-block-description = Eine Website oder ein Wort blockieren
command-safesearch-block-host = website
command-safesearch-block-host-description = Nie mehr etwas von einer Website und ihren Subdomains zeigen
command-safesearch-block-word = wort
command-safesearch-block-word-description = Nie mehr etwas mit einem bestimmten Wort zeigen
command-safesearch-unblock = freigeben
command-safesearch-unblock-description = Eine Website oder ein Wort von den Listen nehmen
command-safesearch-allow = erlauben
command-safesearch-allow-description = Suchen nach einer bestimmten Website erlauben, wie mit site:example.com
command-safesearch-audit = protokoll
command-safesearch-audit-description = Die letzten Änderungen an SafeSearch auf diesem Server auflisten
option-safesearch-level = stufe
option-safesearch-level-description = Wie streng es sein soll
option-safesearch-scope = bereich
option-safesearch-scope-description = Wofür es gilt; ohne Angabe für diesen Kanal
option-safesearch-host = website
option-safesearch-host-description = Name der Website, zum Beispiel example.com
option-safesearch-word = wort
option-safesearch-word-description = Ein Wort oder ein kurzer Ausdruck
option-safesearch-entry = eintrag
option-safesearch-entry-description = Die Website oder das Wort
choice-safesearch-Off = Aus
choice-scope-channel = Dieser Kanal
choice-scope-category = Seine Kategorie
choice-scope-server = Der ganze Server
