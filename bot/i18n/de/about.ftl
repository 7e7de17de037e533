# Words of /about.

about-title = Magpie findet Bilder und sagt, woher sie kommen
about-help =
    `/bild` sucht, `/trends` zeigt, wonach andere suchen, `/erkennen` sagt, was ein Bild zeigt und woher es kommt. Das geht auch mit *Apps → Bild erkennen* bei jeder Nachricht. Blättere mit den Buttons oder reagiere mit ◀️ ▶️.
about-providers = Woher die Bilder kommen
about-provider-search = Suche
about-provider-insights = Erkennung
about-provider-trending = Trends
about-provider = **{ $title }**: { $verbs }
about-provider-left =
    { $scope ->
        [server] noch { $left } von { $limit } für diesen Server
        [person] noch { $left } von { $limit } für dich
       *[provider] noch { $left } von { $limit }
    } { $kind ->
        [rolling] in 24 Stunden
        [month] in diesem Monat
       *[day] heute
    }
about-provider-resting = pausiert nach Fehlern, wieder da { $when }
about-provider-terms = Nutzungsbedingungen
about-privacy = Was Magpie speichert
about-privacy-text =
    Eine Seite { $page } lang, damit ihre Buttons funktionieren, und ihre Suche { $asked } lang, damit man sie wiederholen kann; Einstellungen von Servern; wie oft etwas gesucht wurde, aber nicht von wem. Keine Bilder, keine Nachrichten. Deine Suchbegriffe und Bilder gehen nur dann an die Anbieter oben, wenn du etwas suchst, und ohne deinen Namen.
    { $remember ->
        [yes] Deine letzten Suchen werden für dich gespeichert, weil du das so wolltest.
       *[no] Deine letzten Suchen werden nicht gespeichert.
    }
about-contact = Wer diesen Bot betreibt
about-contact-none = Der Betreiber hat keinen Kontakt angegeben.
about-version = Magpie { $version }
about-button-remember = Meine Suchen merken
about-button-forget-searches = Meine Suchen vergessen
about-button-delete = Meine Daten löschen
about-delete-confirm = Alles löschen, was Magpie über dich speichert? Deine Antworten bleiben in den Kanälen stehen, aber ihre Buttons funktionieren nicht mehr; nur *Löschen* geht für dich weiterhin. Das lässt sich nicht rückgängig machen.
about-button-delete-now = Alles löschen
about-button-keep = Abbrechen
about-kept = Es wurde nichts gelöscht.
about-deleted = Alles, was über dich gespeichert war, ist gelöscht: deine Seiten, deine letzten Suchen und deine Einstellungen.
about-remembering = Deine Suchen werden ab jetzt gespeichert, nur für dich: Sie werden dir beim Tippen vorgeschlagen.
about-not-remembering = Deine letzten Suchen sind vergessen, und ab jetzt werden keine mehr gespeichert.
