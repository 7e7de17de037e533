# Sentences for what went wrong. Each is shown privately; where something is broken, with the trace id below it.

error-trace = Kennung { $trace }
error-invalid-request = So lässt sich nicht suchen: Mit „{ $parameter }“ stimmt etwas nicht.
error-invalid-request-plain = So lässt sich nicht suchen.
error-two-sizes = { $side }: Gib entweder den genauen Wert an oder Mindest- und Höchstwert, nicht beides.
error-picture-too-large = Dieses Bild ist zu groß.
error-picture-too-large-limit = Dieses Bild ist zu groß. Erlaubt sind höchstens { $limit }.
error-picture-not-a-picture = Das ist kein Bild, das sich lesen lässt.
error-picture-too-many-pixels = Dieses Bild hat zu viele Pixel.
error-picture-too-slow = Das Bild zu lesen hat zu lange gedauert.
error-picture-unsafe-address = Diese Adresse kann nicht verwendet werden. Gib die Adresse eines Bildes im öffentlichen Web an.
error-picture-unreachable = Das Bild konnte von dieser Adresse nicht geladen werden.
error-picture-refused = Dieses Bild kann nicht verwendet werden.
error-not-supported = Keiner der Bildanbieter hier kann das.
error-not-supported-filters = Keiner der Bildanbieter hier kann danach filtern: { $filters }.
error-level = Keiner der Bildanbieter hier kann sich an „{ $level }“ halten. Darum wurde keiner gefragt.
error-blocked-forbidden = Danach sucht Magpie nicht, weder hier noch anderswo.
error-blocked-word = Diese Suche enthält ein blockiertes Wort.
error-blocked-host = Diese Website ist hier blockiert.
error-blocked-operator = Suchen, die eine Website nennen (site:, inurl: und Ähnliches), sind hier nicht erlaubt. Moderatoren können eine Website mit /safesearch erlauben zulassen.
error-blocked = Diese Suche ist hier nicht erlaubt.
error-misconfigured = Ein Bildanbieter ist nicht richtig eingerichtet. Das muss der Betreiber dieses Bots beheben.
error-misconfigured-provider = { $provider } ist nicht richtig eingerichtet. Das muss der Betreiber dieses Bots beheben.
error-unavailable = Die Bildanbieter sind gerade nicht erreichbar. Versuch es gleich noch einmal.
error-unavailable-provider = { $provider } ist gerade nicht erreichbar. Versuch es gleich noch einmal.
error-tried = Gefragt wurden: { $providers }.
error-overloaded = Gerade werden viele Bilder gelesen, deshalb kam dieses nicht an die Reihe. Versuch es in ein paar Sekunden noch einmal.
error-rate-limited = Zu viele Suchen in kurzer Zeit. Versuch es gleich noch einmal.
error-rate-limited-until = Zu viele Suchen in kurzer Zeit. Versuch es { $when } noch einmal.
error-quota = Das Kontingent für Suchen ist aufgebraucht.
error-quota-until = Das Kontingent für Suchen ist aufgebraucht. Neues gibt es { $when }.
error-quota-provider = Das Kontingent bei { $provider } ist aufgebraucht.
error-quota-provider-until = Das Kontingent bei { $provider } ist aufgebraucht. Neues gibt es { $when }.
error-expired = Diese Antwort ist mehr als { $kept } alt, darum funktionieren ihre Buttons nicht mehr.
error-expired-picture = Diese Antwort ist mehr als { $kept } alt, darum funktionieren ihre Buttons nicht mehr. Hochgeladene Bilder werden nicht gespeichert: Lade es mit /erkennen noch einmal hoch, oder wähle Apps → Bild erkennen bei der Nachricht.
error-expired-gone = Diese Antwort ist nicht mehr gespeichert, darum funktionieren ihre Buttons nicht mehr. Wer gefragt hat, kann sie noch löschen. Suche mit einem Befehl noch einmal.
error-page-gone = Die Nachricht mit dieser Seite wurde gelöscht. Suche mit einem Befehl noch einmal.
error-not-yours = Das kann nur, wer gefragt hat, oder ein Moderator mit der Berechtigung „Nachrichten verwalten“.
error-moderators-only = Das können nur Moderatoren. Dafür braucht es die Berechtigung „{ $permission }“.
error-page-number = Gib eine Seitennummer von 1 bis { $pages } an.
error-too-often-commands = Zu viele Befehle in kurzer Zeit. Versuch es { $when } noch einmal.
error-too-often-presses = Zu viele Klicks in kurzer Zeit. Versuch es { $when } noch einmal.
error-too-often-hides = Du hast in kurzer Zeit mehrere Seiten ausgeblendet. Frag einen Moderator oder versuch es { $when } noch einmal.
error-busy-all = Magpie hat gerade zu viel zu tun. Versuch es in ein paar Sekunden noch einmal.
error-busy-person = Warte, bis deine letzten Anfragen beantwortet sind, und versuch es dann noch einmal.
error-busy-message = Diese Nachricht benutzen gerade zu viele Leute. Versuch es in ein paar Sekunden noch einmal.
error-too-slow = Das hat zu lange gedauert und wurde abgebrochen. Versuch es noch einmal.
error-restarting = Magpie wird gerade neu gestartet. Versuch es in einer Minute noch einmal.
error-storage = Der Speicher von Magpie ist gerade nicht erreichbar. Versuch es in einer Minute noch einmal.
error-discord = Discord hat die Antwort nicht angenommen. Versuch es noch einmal.
error-unknown = Etwas ist schiefgegangen. Der Betreiber dieses Bots findet es unter der Kennung unten im Protokoll.

## Permissions, as Discord's client calls them

permission-manage_messages = Nachrichten verwalten
permission-manage_channels = Kanäle verwalten
permission-manage_guild = Server verwalten
