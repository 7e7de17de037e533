# Words of pages, in Spanish: search answers, trending, their controls.
# Footers, buttons and menus show no markdown; keep button words under 80 characters.

## Where a picture comes from

credit-by = Autoría: { $author }
credit-by-linked = Autoría: { $author } ([perfil]({ $url }))
credit-author-linked = { $author } ([perfil]({ $url }))
credit-licence = { $licence }
credit-licence-linked = { $licence } ([condiciones]({ $url }))
credit-licence-at = { $licence } ({ $url })
credit-via = vía { $provider }
credit-terms-commons = Archivos con licencia libre de Wikimedia Commons
credit-terms-commons-sha1 = { credit-terms-commons }
credit-terms-openverse = Imágenes con licencia abierta encontradas con Openverse
credit-terms-wikifeeds = Wikipedia, texto CC BY-SA 4.0
credit-title = Cómo citar esta imagen
credit-markdown = En Markdown
credit-plain = Como texto sin formato
credit-title-quoted = “{ $title }”
credit-unknown-licence = No se conoce ninguna licencia de esta imagen. Pregunta a su propietario antes de usarla.
licence-public-domain = Dominio público
untitled = Imagen sin título
alt-untitled = Imagen de { $host }
alt-by = { $title }, de { $author }
alt-nothing-known = Imagen sin título
provider-collection = Colección de Magpie
provider-commons-sha1 = Wikimedia Commons (archivo idéntico)
provider-wikifeeds = Wikipedia hoy
provider-recognizer = Reconocimiento de imágenes de Magpie
provider-text-reader = Lectura de texto de Magpie
provider-vision = modelo de visión

## Footer of a page

level-off = SafeSearch desactivado
level-moderate = SafeSearch moderado
level-strict = SafeSearch estricto
hidden-count = { $count ->
    [one] 1 oculta
   *[other] { $count } ocultas
}
picture-size = { $width } × { $height }

## Heads of pages

head-search = “{ $query }”
head-similar = Parecidas a “{ $query }”
head-trending = Tendencias: { $category }
showing-results-for = Mostrando resultados de **{ $altered }**. Para buscar { $original } en su lugar, pulsa ⋯.

## Remarks about how an answer was made

note-filter-not-applied = Filtro no aplicado por { $provider }: { $filter }.
note-filter-not-applied-anywhere = No se ha podido aplicar este filtro: { $filter }.
note-part-not-alone = { $provider } ha analizado la imagen completa, no solo la parte.
note-query-cut = { $provider } solo ha leído el principio de la búsqueda.
note-provider-failed = Sin respuesta de { $provider } ({ $why }).
why-down = no está disponible
why-quota = ha agotado su cupo
why-rate = se le ha consultado demasiadas veces
why-level = no puede garantizar este nivel de SafeSearch
why-unsupported = no puede hacer esto
why-misconfigured = el operador tiene que arreglar su configuración
why-empty = no ha encontrado nada
note-withheld = { $count ->
    [one] Una coincidencia no se muestra con este nivel de SafeSearch.
   *[other] { $count } coincidencias no se muestran con este nivel de SafeSearch.
}
note-unrated = { $count ->
    [one] Se omite una imagen de la colección porque nadie la ha clasificado. El operador puede declararla con: magpie index --rating safe
   *[other] Se omiten { $count } imágenes de la colección porque nadie las ha clasificado. El operador puede declararlas con: magpie index --rating safe
}
note-some-words = Ninguna imagen tiene todo esto: { $words }. Estas tienen algunas de las palabras.
note-like-meaning = Nada está descrito así; en su lugar se buscó: { $words }.
note-like-pictures = Ninguna imagen está descrita así: { $words }. Estas parecen mostrarlo.
note-stale = Esta es una respuesta guardada del { $date }.
note-text-only = { $provider } no filtra sus imágenes, así que solo se muestran títulos y enlaces.
note-rated = { $provider } no filtra sus imágenes. Un programa de aquí ha revisado las que se muestran; puede equivocarse.
note-damaged = El archivo está dañado: falta una parte de la imagen.
note-picture-missing = Esta imagen no se puede mostrar aquí.
note-picture-linked = Arriba está el enlace a su página.
note-spoiler = La imagen está marcada como spoiler, así que no se muestra aquí.
note-picture-gone = Esta imagen ya no está disponible o no está permitida aquí.

## Controls

button-more-like-this = Imágenes similares
button-details = Detalles
open-number = Abrir { $number }
panel-title = Más opciones:
button-credit = Créditos
button-open-page = Abrir página
button-full-image = Imagen original
button-filter = Filtrar
button-without-filters = Sin filtros
button-grid = Cuadrícula
button-single = De una en una
button-share = Compartir
button-hide = Ocultar
button-restore = Volver a mostrar
button-delete = Eliminar
button-block-site = Bloquear este sitio
button-search-this = Buscar esto
button-again = Buscar de nuevo
select-picture = Abrir una de estas imágenes
select-refine = Afinar esta búsqueda
select-category = Categoría
jump-title = Ir a la página
jump-label = Número de página
jump-range = De 1 a { $pages }

refine-instead = Buscar { $query } en su lugar
refine-spelling = Ortografía
refine-expansion = Más concreto
refine-pivot = En lugar de “{ $word }”
refine-related = Relacionado
refine-similar = Similar

## Filter window

filter-title = Filtrar
filter-label-size = Tamaño
filter-label-aspect = Forma
filter-label-color = Color
filter-label-imageType = Tipo de imagen
filter-label-license = Licencia
filter-label-freshness = Antigüedad
filter-label-imageContent = Contenido
filter-any = Cualquiera
filter-in-force = { $name }: { $value }

## What happened

hidden-note-asker = La persona que hizo la búsqueda ha ocultado esta página.
hidden-note-member = Un miembro ha ocultado esta página.
hidden-note-moderator = Un moderador ha ocultado esta página.
hidden-note-who-asker = Esa persona o un moderador (Gestionar mensajes) puede volver a mostrarla o eliminarla.
hidden-note-who-member = Un moderador (Gestionar mensajes) puede volver a mostrarla; quien hizo la búsqueda puede eliminarla.
hidden-note-who-moderator = Solo los moderadores (Gestionar mensajes) pueden volver a mostrarla; quien hizo la búsqueda puede eliminarla.
hidden-note-dm = Puedes volver a mostrarla o eliminarla.
shared-by = Compartido por { $user }
site-blocked = { $host } está bloqueado en este servidor a partir de ahora. Sus imágenes ya no están en esta página.
empty-title = Sin resultados
empty-hidden-title = Nada que mostrar aquí
empty-search = No se ha encontrado nada para “{ $query }”.
empty-filtered = No se ha encontrado nada para “{ $query }” con estos filtros: { $filters }.
empty-hidden = { $count ->
    [one] Se ha encontrado una imagen para “{ $query }”, pero no está permitida aquí.
   *[other] Se han encontrado { $count } imágenes para “{ $query }”, pero ninguna está permitida aquí.
}
empty-similar = No se ha encontrado nada que se le parezca.
empty-trending = Todavía no hay tendencias. Salen de las búsquedas, así que busca un poco y vuelve a mirar.

## Filters in words

filter-name-q = búsqueda
filter-name-size = tamaño
filter-name-color = color
filter-name-imageType = tipo de imagen
filter-name-license = licencia
filter-name-aspect = forma
filter-name-imageContent = contenido
filter-name-freshness = antigüedad
filter-name-height = alto
filter-name-width = ancho
filter-name-minHeight = alto mínimo
filter-name-maxHeight = alto máximo
filter-name-minWidth = ancho mínimo
filter-name-maxWidth = ancho máximo
filter-name-minFileSize = peso mínimo
filter-name-maxFileSize = peso máximo

choice-size-Small = Pequeña
choice-size-Medium = Mediana
choice-size-Large = Grande
choice-size-Wallpaper = Fondo de pantalla
choice-color-ColorOnly = En color
choice-color-Monochrome = Blanco y negro
choice-color-Black = Negro
choice-color-Blue = Azul
choice-color-Brown = Marrón
choice-color-Gray = Gris
choice-color-Green = Verde
choice-color-Orange = Naranja
choice-color-Pink = Rosa
choice-color-Purple = Morado
choice-color-Red = Rojo
choice-color-Teal = Turquesa
choice-color-White = Blanco
choice-color-Yellow = Amarillo
choice-imageType-AnimatedGif = GIF animado
choice-imageType-Clipart = Imagen prediseñada
choice-imageType-Line = Dibujo lineal
choice-imageType-Photo = Foto
choice-imageType-Shopping = A la venta
choice-imageType-Transparent = Transparente
choice-license-Any = Cualquier licencia conocida
choice-license-Public = Dominio público
choice-license-Share = Se puede compartir
choice-license-ShareCommercially = Se puede compartir, también con fines comerciales
choice-license-Modify = Se puede modificar y compartir
choice-license-ModifyCommercially = Se puede modificar y compartir, también con fines comerciales
choice-aspect-Square = Cuadrada
choice-aspect-Wide = Horizontal
choice-aspect-Tall = Vertical
choice-imageContent-Face = Caras
choice-imageContent-Portrait = Cabeza y hombros
choice-freshness-Day = En el último día
choice-freshness-Week = En la última semana
choice-freshness-Month = En el último mes
choice-view-single = Individual: una imagen por página
choice-view-grid = Cuadrícula: cuatro imágenes por página
choice-view-gallery = Galería: seis imágenes con descripciones
choice-safesearch-Moderate = Moderado
choice-safesearch-Strict = Estricto

## What /display says

display-view = Vista aquí: “{ $view }”.
display-private-yes = Las respuestas las ve primero solo quien pregunta, y puede compartirlas.
display-private-no = Las respuestas las ve todo el mundo, salvo que quien pregunta las quiera privadas.
display-reactions-yes = Las páginas se pasan con botones y con reacciones.
display-reactions-no = Las páginas se pasan solo con botones.
