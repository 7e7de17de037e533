# Names and descriptions of commands and options in Spanish, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = acerca-de
command-about-description = Qué es Magpie, qué puede hacer aquí y qué guarda

## /image

command-image = imagen
command-image-description = Busca imágenes
option-image-query = búsqueda
option-image-query-description = Qué quieres buscar
option-image-size = tamaño
option-image-size-description = El tamaño de la imagen
option-image-color = color
option-image-color-description = El color principal
option-image-image-type = tipo
option-image-image-type-description = Qué tipo de imagen
option-image-license = licencia
option-image-license-description = Qué debe permitir la licencia
option-image-aspect = forma
option-image-aspect-description = Cuadrada, horizontal o vertical
option-image-image-content = contenido
option-image-image-content-description = Caras, o cabeza y hombros
option-image-freshness = antigüedad
option-image-freshness-description = Cuándo se encontró en la web
option-image-view = vista
option-image-view-description = Cómo se muestra la respuesta
option-image-private = privado
option-image-private-description = Solo tú ves la respuesta
option-image-safesearch = safesearch
option-image-safesearch-description = Un nivel más estricto que el de este lugar
option-image-min-width = ancho-mínimo
option-image-min-width-description = Ancho mínimo en píxeles
option-image-min-height = alto-mínimo
option-image-min-height-description = Alto mínimo en píxeles
option-image-max-width = ancho-máximo
option-image-max-width-description = Ancho máximo en píxeles
option-image-max-height = alto-máximo
option-image-max-height-description = Alto máximo en píxeles
option-image-width = ancho
option-image-width-description = Ancho exacto en píxeles
option-image-height = alto
option-image-height-description = Alto exacto en píxeles
option-image-min-file-size = peso-mínimo
option-image-min-file-size-description = Peso mínimo del archivo en bytes
option-image-max-file-size = peso-máximo
option-image-max-file-size-description = Peso máximo del archivo en bytes

## /trending

command-trending = tendencias
command-trending-description = Mira lo que busca la gente
option-trending-category = categoría
option-trending-category-description = Por cuál empezar
option-trending-private = privado
option-trending-private-description = Solo tú ves la respuesta
option-trending-safesearch = safesearch
option-trending-safesearch-description = Un nivel más estricto que el de este lugar

## /display

command-display = presentación
command-display-description = Cómo se muestran las respuestas en este servidor o canal
option-display-view = vista
option-display-view-description = Cuántas imágenes muestra una página si nadie pide otra vista
option-display-private = privado
option-display-private-description = Si las respuestas las ve primero solo quien pregunta
option-display-reactions = reacciones
option-display-reactions-description = Si las respuestas llevan reacciones para pasar páginas, además de los botones
option-display-everywhere = en-todas-partes
option-display-everywhere-description = Para todo el servidor, no solo para este canal

## /safesearch

command-safesearch = safesearch
command-safesearch-description = Qué se puede mostrar aquí y quién lo decidió
command-safesearch-show = ver
command-safesearch-show-description = Ver y cambiar SafeSearch de este canal en un panel privado
command-safesearch-set = ajustar
command-safesearch-set-description = Ajusta el nivel de este canal, de su categoría o del servidor
command-safesearch-clear = restablecer
command-safesearch-clear-description = Hace que este canal, su categoría o el servidor sigan el ajuste superior
command-safesearch-list = lista
command-safesearch-list-description = Muestra todos los ajustes, sitios bloqueados y palabras bloqueadas del servidor
command-safesearch-block = bloquear
command-safesearch-block-description = Bloquea un sitio o una palabra
command-safesearch-block-host = sitio
command-safesearch-block-host-description = No mostrar nunca nada de un sitio ni de sus subdominios
command-safesearch-block-word = palabra
command-safesearch-block-word-description = No mostrar nunca nada que contenga una palabra
command-safesearch-unblock = desbloquear
command-safesearch-unblock-description = Quita un sitio o una palabra de las listas
command-safesearch-allow = permitir
command-safesearch-allow-description = Permite que las búsquedas nombren un sitio, como en site:example.com
command-safesearch-audit = registro
command-safesearch-audit-description = Muestra los últimos cambios de SafeSearch en este servidor
option-safesearch-level = nivel
option-safesearch-level-description = Cómo de estricto debe ser
option-safesearch-scope = ámbito
option-safesearch-scope-description = A qué se aplica; a este canal si no lo indicas
option-safesearch-host = sitio
option-safesearch-host-description = Nombre del sitio, como example.com
option-safesearch-word = palabra
option-safesearch-word-description = Una palabra o una frase corta
option-safesearch-entry = entrada
option-safesearch-entry-description = El sitio o la palabra
choice-safesearch-Off = Desactivado
choice-scope-channel = Este canal
choice-scope-category = Su categoría
choice-scope-server = Todo el servidor
