# Words of identifying pictures: /identify, the message menu, and the pages of its answers.
# Footers, buttons and menus show no markdown; keep button words under 80 characters, menu lines under 100.

## The command

command-identify = erkennen
command-identify-description = Herausfinden, was ein Bild zeigt und woher es kommt
option-identify-image = bild
option-identify-image-description = Das Bild, als Datei
option-identify-url = url
option-identify-url-description = Die Adresse eines Bildes im öffentlichen Web
option-identify-look-for = suche-nach
option-identify-look-for-description = Was du herausfinden willst; ohne Angabe alles
option-identify-part = ausschnitt
option-identify-part-description = Nur einen Ausschnitt des Bildes ansehen
option-identify-safesearch = safesearch
option-identify-safesearch-description = Strenger, als es in diesem Kanal sein muss
option-identify-private = privat
option-identify-private-description = Die Antwort nur dir zeigen
command-identify-image = Bild erkennen

## The form

identify-form-title = Bild erkennen
identify-form-file = Ein Bild
identify-form-file-description = JPEG, PNG, GIF, WebP, AVIF, TIFF oder BMP
identify-form-url = Oder die Adresse eines Bildes
identify-form-nothing = Hänge ein Bild an oder gib eine Adresse an.
identify-both = Gib entweder ein Bild oder eine Adresse an, nicht beides.

## Which picture of a message

identify-no-picture = In dieser Nachricht ist kein Bild: kein Anhang, keine Vorschau, kein Sticker, kein Link zu einem Bild.
identify-no-picture-reply = In dieser Nachricht ist kein Bild, das Magpie sehen kann. Wähle Apps → Bild erkennen bei der Nachricht, auf die sie antwortet.
identify-which = Welches Bild?
identify-which-placeholder = Bild auswählen
identify-candidate-attachment = Anhang
identify-candidate-video = Standbild eines Videos
identify-candidate-embed = Bild einer Vorschau
identify-candidate-sticker = Sticker
identify-candidate-link = Link
identify-candidate-named = { $kind }: { $name }

## Pictures that cannot be used

error-picture-broken = Dieses Bild ist beschädigt oder unvollständig. Speichere es noch einmal und versuch es mit dieser Kopie.
error-picture-empty = Diese Datei ist leer.
error-picture-vector = Das ist eine Vektorgrafik (SVG). Speichere sie als PNG und versuch es damit.
error-picture-video = Das ist ein Video, kein Bild. Mach ein Standbild davon und versuch es damit.
error-picture-web-page = Das ist eine Webseite, kein Bild. Öffne das Bild selbst und speichere es oder kopiere seine Adresse.
error-picture-gone = Das Bild ist nicht mehr da. Lade es mit /erkennen noch einmal hoch.
error-picture-old-link = Dieser Discord-Link ist unvollständig oder abgelaufen. Kopiere ihn noch einmal aus der Nachricht, oder wähle dort Apps → Bild erkennen.
error-picture-no-message = In dieser Nachricht sehe ich kein Bild. Öffne das Menü der Nachricht und wähle dort Apps → Bild erkennen.

## Where the picture goes

consent-title = Wohin dieses Bild geht
consent-words = Um es nachzuschlagen, wird dieses Bild an { $providers } gesendet. Vorher wird es verkleinert, und alles außer den Pixeln wird entfernt (Ort, Kamera, Kommentare). Hier wird nichts davon gespeichert.
consent-server = Wer gefragt hat oder hier moderiert, kann für diesen Server zustimmen; danach wird niemand mehr gefragt.
consent-own = Wenn du zustimmst, wirst du nicht noch einmal gefragt.
consent-own-collection = Oder es wird nur mit der eigenen Sammlung des Bots verglichen und geht nirgendwohin.
consent-send = Senden
consent-inside = Nur eigene Sammlung
consent-never = Von diesem Server nie senden
consent-declined = Bilder dieses Servers bleiben ab jetzt bei der eigenen Sammlung des Bots. Moderatoren können das mit /erkennen-einstellungen ändern.
consent-outside-services = externe Dienste

command-identify-settings = erkennen-einstellungen
command-identify-settings-description = Wo Bilder dieses Servers nachgeschlagen werden dürfen
option-identify-where = wo
option-identify-where-description = Nur eigene Sammlung, auch externe Dienste oder vorher fragen
choice-identify-inside = Nur eigene Sammlung
choice-identify-outside = Auch externe Dienste
choice-identify-ask = Vorher fragen
identify-setting-inside = Bilder dieses Servers werden nur in der eigenen Sammlung des Bots nachgeschlagen.
identify-setting-outside = Bilder dieses Servers dürfen an die eingerichteten externen Dienste gesendet werden.
identify-setting-ask = Bevor das nächste Bild diesen Server verlässt, wird gefragt.

## The answer

insights-head = Was ist das für ein Bild?
insights-head-part = Was zeigt dieser Ausschnitt? ({ $part })
insights-head-frame = Was zeigt diese Stelle des Videos? ({ $time })
insights-nothing-title = Nicht bekannt
insights-title-shows = Zeigt: { $thing }
insights-nothing = Keine Quelle kennt dieses Bild, nichts Ähnliches wurde gefunden, und niemand kann sagen, was es zeigt.
insights-elsewhere = Anderswo suchen: { $links }
insights-exact = **Exakter Treffer.**
insights-likely = **Das ist sehr wahrscheinlich dasselbe Bild**, vielleicht in anderer Größe, anderem Format oder anderem Ausschnitt.
insights-part = **Ein Teil dieses Bildes ist sehr wahrscheinlich das hier**, vielleicht in anderer Größe, anderem Format oder anderem Ausschnitt.
insights-other-parts = In anderen Teilen: { $titles }
insights-maybe = **Das könnte dasselbe Bild sein**, aber sicher ist es nicht.
insights-listed = **{ $provider } nennt diese Seiten zu diesem Bild.**
insights-similar-only = **Kein exakter Treffer.** Es gibt ähnliche Bilder.
insights-depicted-high = **Kein exakter Treffer**, aber was es zeigt, ist klar.
insights-depicted-medium = **Kein exakter Treffer.** Was es zeigt, ist wahrscheinlich, aber nicht sicher.
insights-depicted-low = **Kein exakter Treffer.** Was es zeigt, ist nur eine Vermutung.
insights-unfound-yet = **Bisher kein exakter Treffer.**
insights-unfound-withheld = **Kein Treffer, der hier gezeigt werden darf.**
insights-described-by = Beschrieben von { $model }, kann falsch sein.
insights-seen-by = Erkannt von: { $provider }.
insights-match = { $percent } % · { $band }
insights-field-source = Quelle
insights-field-artist = Urheber
insights-field-licence = Lizenz
insights-field-match = Treffer
insights-field-shows = Zeigt
insights-field-text = Text im Bild
insights-found-by = Quelle: { $provider }.
insights-shows = Zeigt vermutlich: **{ $words }**
insights-caption = „{ $caption }“
insights-caption-from = „{ $caption }“ ({ $source })
insights-tags = Tags: { $tags }
insights-entity-very = sehr wahrscheinlich
insights-entity-likely = wahrscheinlich
insights-entity-maybe = vielleicht
insights-entity = { $name } ({ $sure })
insights-entity-box = { $name } ({ $sure }, Rahmen { $box })
insights-entities = Zeigt: { $entities }
insights-pages-count = { $count ->
    [one] Auf einer Seite gefunden.
   *[other] Auf { $count } Seiten gefunden.
}
insights-pages-sizes = { $count ->
    [one] Auf einer Seite gefunden
   *[other] Auf { $count } Seiten gefunden
}{ $sizes ->
    [one] , in einer Größe.
   *[other] , in { $sizes } Größen.
}
insights-waiting = Noch keine Antwort von { $providers } …
insights-less-sure = { $count ->
    [one] Ein weniger sicherer Fund ist eingeklappt.
   *[other] { $count } weniger sichere Funde sind eingeklappt.
}
insights-band-exact = genau dieses Bild
insights-band-likely = wahrscheinlich
insights-band-maybe = vielleicht
insights-stricter = SafeSearch ist hier strenger geworden, darum ist dieser Teil der Antwort nicht mehr da. Frag mit /erkennen noch einmal.
insights-forgotten = Vergessen. Von diesem Bild ist nichts mehr gespeichert.

insights-section-overview = Überblick
insights-section-pages = Seiten mit diesem Bild
insights-section-similar = Ähnliche Bilder
insights-section-products = Ähnliche Produkte
insights-section-shopping = Wo es das zu kaufen gibt
insights-section-recipes = Rezepte
insights-section-collections = Sammlungen
insights-section-searches = Verwandte Suchen
insights-section-people = Wer darauf zu sehen ist
insights-section-count = { $count }
insights-select-section = Anderen Teil der Antwort zeigen
insights-select-search = Eine dieser Suchen starten
insights-list-position = { $page } von { $pages }

insights-offer-from = ab { $price }
insights-offer-count = { $count ->
    [one] ein Angebot
   *[other] { $count } Angebote
}
insights-availability-Discontinued = nicht mehr im Sortiment
insights-availability-InStock = auf Lager
insights-availability-InStoreOnly = nur im Laden
insights-availability-LimitedAvailability = nur noch wenige
insights-availability-OnlineOnly = nur online
insights-availability-OutOfStock = nicht auf Lager
insights-availability-PreOrder = vorbestellbar
insights-availability-SoldOut = ausverkauft
insights-rating = mit { $value } von { $best } bewertet
insights-rating-reviews = { $count ->
    [one] mit { $value } von { $best } bewertet, in einer Rezension
   *[other] mit { $value } von { $best } bewertet, in { $count } Rezensionen
}
insights-updated = Stand { $date }
insights-recipe-total = { $time } insgesamt
insights-recipe-cook = { $time } Kochzeit
insights-recipe-prep = { $time } Vorbereitung
insights-collection-by = von { $name }
insights-collection-images = { $count ->
    [one] ein Bild
   *[other] { $count } Bilder
}
insights-collection-followers = { $count ->
    [one] ein Follower
   *[other] { $count } Follower
}
insights-seller = bei { $name }

insights-button-region = Ausschnitt ansehen
insights-button-frames = Andere Stelle
insights-button-read-text = Text lesen
insights-button-search-text = Text suchen
insights-no-text = In diesem Bild wurde kein Text gefunden.
insights-search-for = Suchen: { $words }
insights-button-whole = Ganzes Bild
insights-button-unfold = Weniger Sicheres zeigen
insights-button-fold = Weniger Sicheres ausblenden
insights-button-links = Andere Suchmaschinen
insights-button-forget = Vergessen
insights-button-back = Zurück

## Parts of a picture

region-title = Welcher Ausschnitt des Bildes?
region-words = Wähle einen Ausschnitt: eines der neun Felder oder im Menü einen nummerierten Rahmen.
region-words-blind = Wähle eines der neun Felder.
region-select = Ausschnitt auswählen
region-whole = Das ganze Bild
region-box = Rahmen { $number }: { $name }
region-box-plain = Rahmen { $number }
region-top-left = Oben links
region-top = Oben
region-top-right = Oben rechts
region-left = Links
region-middle = Mitte
region-right = Rechts
region-bottom-left = Unten links
region-bottom = Unten
region-bottom-right = Unten rechts
region-preview = Das Bild mit seinen Ausschnitten. Nur du siehst das.
region-preview-alt = Das Bild mit einem Raster aus neun Feldern und nummerierten Rahmen
frames-title = Welche Stelle des Videos?
frames-words = Wähle eines dieser Bilder.
frames-button = { $number } · { $time }
frames-preview = Bilder aus dem Video. Nur du siehst das.
frames-preview-alt = Nummerierte Bilder aus dem Video

links-words = Öffne dieses Bild in einer anderen Suchmaschine. Magpie sendet nichts dorthin; das macht erst dein Browser.
links-none = Für dieses Bild gibt es hier keine andere Suchmaschine.
