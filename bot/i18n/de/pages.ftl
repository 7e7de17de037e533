# Words of pages: search answers, trending, their controls.
# Footers, buttons and menus show no markdown; keep button words under 80 characters.

## Where a picture comes from

credit-by = von { $author }
credit-by-linked = von { $author } ([Profil]({ $url }))
credit-author-linked = { $author } ([Profil]({ $url }))
credit-licence = { $licence }
credit-licence-linked = { $licence } ([Bedingungen]({ $url }))
credit-licence-at = { $licence } ({ $url })
credit-via = über { $provider }
credit-terms-commons = Frei lizenzierte Dateien von Wikimedia Commons
credit-terms-commons-sha1 = { credit-terms-commons }
credit-terms-openverse = Offen lizenzierte Bilder, gefunden mit Openverse
credit-terms-wikifeeds = Wikipedia, Text CC BY-SA 4.0
credit-title = So nennst du die Quelle dieses Bildes
credit-markdown = Als Markdown
credit-plain = Als einfacher Text
credit-title-quoted = „{ $title }“
credit-unknown-licence = Für dieses Bild ist keine Lizenz bekannt. Frag, wem es gehört, bevor du es verwendest.
licence-public-domain = Gemeinfrei
untitled = Bild ohne Titel
alt-untitled = Bild von { $host }
alt-by = { $title }, von { $author }
alt-nothing-known = Bild ohne Titel
provider-collection = Magpies Sammlung
provider-commons-sha1 = Wikimedia Commons (identische Datei)
provider-wikifeeds = Wikipedia heute
provider-recognizer = Magpies Bilderkennung
provider-text-reader = Magpies Texterkennung
provider-vision = Bildsprachmodell

## Footer of a page

level-off = SafeSearch: Aus
level-moderate = SafeSearch: Mittel
level-strict = SafeSearch: Streng
hidden-count = { $count ->
    [one] 1 ausgeblendet
   *[other] { $count } ausgeblendet
}
picture-size = { $width } × { $height }

## Heads of pages

head-search = „{ $query }“
head-similar = Ähnlich wie „{ $query }“
head-trending = Im Trend: { $category }
showing-results-for = Ergebnisse für **{ $altered }**. Um stattdessen nach { $original } zu suchen, drücke ⋯.

## Remarks about how an answer was made

note-filter-not-applied = { $provider } konnte den Filter „{ $filter }“ nicht anwenden.
note-filter-not-applied-anywhere = Der Filter „{ $filter }“ konnte nicht angewendet werden.
note-part-not-alone = { $provider } hat das ganze Bild angesehen, nicht nur den Ausschnitt.
note-query-cut = { $provider } hat nur den Anfang der Suche gelesen.
note-provider-failed = { $provider } konnte nicht antworten ({ $why }).
why-down = nicht erreichbar
why-quota = Kontingent aufgebraucht
why-rate = zu oft gefragt
why-level = kann sich nicht an diese SafeSearch-Stufe halten
why-unsupported = kann das nicht
why-misconfigured = der Betreiber muss die Einstellungen korrigieren
why-empty = nichts gefunden
note-withheld = { $count ->
    [one] Ein Treffer wird auf dieser SafeSearch-Stufe nicht gezeigt.
   *[other] { $count } Treffer werden auf dieser SafeSearch-Stufe nicht gezeigt.
}
note-unrated = { $count ->
    [one] Ein Bild der Sammlung fehlt hier, weil es niemand eingestuft hat. Der Betreiber kann das nachholen mit: magpie index --rating safe
   *[other] { $count } Bilder der Sammlung fehlen hier, weil sie niemand eingestuft hat. Der Betreiber kann das nachholen mit: magpie index --rating safe
}
note-some-words = Zu allen Wörtern passt kein Bild: { $words }. Diese passen zu einem Teil davon.
note-like-meaning = Mit diesen Wörtern ist nichts beschrieben; gesucht wurde stattdessen: { $words }.
note-like-pictures = Kein Bild ist so beschrieben: { $words }. Diese scheinen es zu zeigen.
note-stale = Das ist eine gespeicherte Antwort vom { $date }.
note-text-only = { $provider } filtert seine Bilder nicht, darum werden nur Titel und Links gezeigt.
note-rated = { $provider } filtert seine Bilder nicht. Die gezeigten hat hier ein Programm geprüft; es kann sich irren.
note-damaged = Die Datei ist beschädigt: Ein Teil des Bildes fehlt.
note-picture-missing = Dieses Bild kann hier nicht gezeigt werden.
note-picture-linked = Seine Seite ist oben verlinkt.
note-spoiler = Das Bild ist als Spoiler markiert und wird deshalb hier nicht gezeigt.
note-picture-gone = Dieses Bild ist nicht mehr da oder hier nicht erlaubt.

## Controls

button-more-like-this = Ähnliche Bilder
button-details = Details
open-number = { $number } öffnen
panel-title = Weitere Optionen:
button-credit = Quellenangabe
button-open-page = Seite öffnen
button-full-image = Volle Größe
button-filter = Filter
button-without-filters = Ohne Filter
button-grid = Raster
button-single = Einzeln
button-share = Teilen
button-hide = Ausblenden
button-restore = Wieder zeigen
button-delete = Löschen
button-block-site = Diese Website blockieren
button-search-this = Danach suchen
button-again = Noch einmal suchen
select-picture = Eins dieser Bilder öffnen
select-refine = Suche verfeinern
select-category = Kategorie
jump-title = Gehe zu Seite
jump-label = Seitennummer
jump-range = 1 bis { $pages }

refine-instead = Stattdessen nach { $query } suchen
refine-spelling = Schreibweise
refine-expansion = Genauer
refine-pivot = Statt „{ $word }“
refine-related = Verwandt
refine-similar = Ähnlich

## Filter window

filter-title = Filter
filter-label-size = Größe
filter-label-aspect = Seitenverhältnis
filter-label-color = Farbe
filter-label-imageType = Art des Bildes
filter-label-license = Lizenz
filter-label-freshness = Alter
filter-label-imageContent = Inhalt
filter-any = Beliebig
filter-in-force = { $name }: { $value }

## What happened

hidden-note-asker = Diese Seite wurde von der Person ausgeblendet, die gefragt hat.
hidden-note-member = Ein Mitglied hat diese Seite ausgeblendet.
hidden-note-moderator = Die Moderation hat diese Seite ausgeblendet.
hidden-note-who-asker = Diese Person oder die Moderation (Nachrichten verwalten) kann sie wieder zeigen oder löschen.
hidden-note-who-member = Die Moderation (Nachrichten verwalten) kann sie wieder zeigen; wer gefragt hat, kann sie löschen.
hidden-note-who-moderator = Nur die Moderation (Nachrichten verwalten) kann sie wieder zeigen; wer gefragt hat, kann sie löschen.
hidden-note-dm = Du kannst sie wieder zeigen oder löschen.
shared-by = Geteilt von { $user }
site-blocked = { $host } ist auf diesem Server ab jetzt blockiert. Die Bilder von dort sind von dieser Seite verschwunden.
empty-title = Nichts gefunden
empty-hidden-title = Hier nichts zu zeigen
empty-search = Für „{ $query }“ wurde nichts gefunden.
empty-filtered = Für „{ $query }“ wurde mit diesen Filtern nichts gefunden: { $filters }.
empty-hidden = { $count ->
    [one] Für „{ $query }“ wurde ein Bild gefunden, aber es ist hier nicht erlaubt.
   *[other] Für „{ $query }“ wurden { $count } Bilder gefunden, aber keins davon ist hier erlaubt.
}
empty-similar = Nichts gefunden, das so ähnlich aussieht.
empty-trending = Noch ist nichts im Trend. Trends entstehen aus Suchen: Such ein wenig und schau dann wieder vorbei.

## Filters in words

filter-name-q = Suchbegriff
filter-name-size = Größe
filter-name-color = Farbe
filter-name-imageType = Art des Bildes
filter-name-license = Lizenz
filter-name-aspect = Seitenverhältnis
filter-name-imageContent = Inhalt
filter-name-freshness = Alter
filter-name-height = Höhe
filter-name-width = Breite
filter-name-minHeight = Mindesthöhe
filter-name-maxHeight = Höchsthöhe
filter-name-minWidth = Mindestbreite
filter-name-maxWidth = Höchstbreite
filter-name-minFileSize = Mindestgröße der Datei
filter-name-maxFileSize = Höchstgröße der Datei

choice-size-Small = Klein
choice-size-Medium = Mittel
choice-size-Large = Groß
choice-size-Wallpaper = Hintergrundbild
choice-color-ColorOnly = In Farbe
choice-color-Monochrome = Schwarz-weiß
choice-color-Black = Schwarz
choice-color-Blue = Blau
choice-color-Brown = Braun
choice-color-Gray = Grau
choice-color-Green = Grün
choice-color-Orange = Orange
choice-color-Pink = Pink
choice-color-Purple = Lila
choice-color-Red = Rot
choice-color-Teal = Türkis
choice-color-White = Weiß
choice-color-Yellow = Gelb
choice-imageType-AnimatedGif = Animiertes GIF
choice-imageType-Clipart = Clipart
choice-imageType-Line = Strichzeichnung
choice-imageType-Photo = Foto
choice-imageType-Shopping = Zu kaufen
choice-imageType-Transparent = Transparent
choice-license-Any = Jede bekannte Lizenz
choice-license-Public = Gemeinfrei
choice-license-Share = Teilen erlaubt
choice-license-ShareCommercially = Teilen erlaubt, auch kommerziell
choice-license-Modify = Ändern und Teilen erlaubt
choice-license-ModifyCommercially = Ändern und Teilen erlaubt, auch kommerziell
choice-aspect-Square = Quadratisch
choice-aspect-Wide = Querformat
choice-aspect-Tall = Hochformat
choice-imageContent-Face = Gesichter
choice-imageContent-Portrait = Porträts
choice-freshness-Day = In den letzten 24 Stunden
choice-freshness-Week = In den letzten 7 Tagen
choice-freshness-Month = In den letzten 30 Tagen
choice-view-single = Einzeln: ein Bild pro Seite
choice-view-grid = Raster: vier Bilder pro Seite
choice-view-gallery = Galerie: sechs Bilder mit Beschreibungen
choice-safesearch-Moderate = Mittel
choice-safesearch-Strict = Streng

## What /display says

display-view = Ansicht hier: „{ $view }“.
display-private-yes = Antworten sieht zuerst nur, wer gefragt hat, und kann sie dann teilen.
display-private-no = Antworten sehen alle, es sei denn, wer fragt, möchte sie privat.
display-reactions-yes = Geblättert wird mit Buttons und mit Reaktionen.
display-reactions-no = Geblättert wird nur mit Buttons.
