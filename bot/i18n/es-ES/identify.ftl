# Words of identifying pictures, in Spanish: /identificar, the message menu, and the pages of its answers.
# Footers, buttons and menus show no markdown; keep button words under 80 characters, menu lines under 100.

## The command

command-identify = identificar
command-identify-description = Averigua qué muestra una imagen y de dónde viene
option-identify-image = imagen
option-identify-image-description = La imagen, como archivo
option-identify-url = url
option-identify-url-description = La dirección de una imagen de la web pública
option-identify-look-for = buscar
option-identify-look-for-description = Qué quieres averiguar; todo, si no lo indicas
option-identify-part = parte
option-identify-part-description = Mirar solo una parte de la imagen
option-identify-safesearch = safesearch
option-identify-safesearch-description = Un nivel más estricto que el de este canal
option-identify-private = privado
option-identify-private-description = Solo tú ves la respuesta
command-identify-image = Identificar imagen

## The form

identify-form-title = Identificar una imagen
identify-form-file = Una imagen
identify-form-file-description = JPEG, PNG, GIF, WebP, AVIF, TIFF o BMP
identify-form-url = O la dirección de una imagen
identify-form-nothing = Adjunta una imagen o indica una dirección.
identify-both = Indica una imagen o una dirección, pero no ambas.

## Which picture of a message

identify-no-picture = No hay ninguna imagen en ese mensaje: ni archivo adjunto, ni vista previa, ni pegatina, ni enlace a una.
identify-no-picture-reply = En ese mensaje no hay ninguna imagen que Magpie pueda ver. Usa Aplicaciones → Identificar imagen en el mensaje al que responde.
identify-which = ¿Qué imagen?
identify-which-placeholder = Elige una imagen
identify-candidate-attachment = Archivo adjunto
identify-candidate-video = Fotograma de un vídeo
identify-candidate-embed = Imagen de una vista previa
identify-candidate-sticker = Pegatina
identify-candidate-link = Enlace
identify-candidate-named = { $kind }: { $name }

## Pictures that cannot be used

error-picture-broken = Esta imagen está dañada o incompleta. Guárdala de nuevo y prueba con esa copia.
error-picture-empty = Este archivo está vacío.
error-picture-vector = Este es un dibujo vectorial (SVG). Guárdalo como PNG y vuelve a probar.
error-picture-video = Esto es un vídeo, no una imagen. Haz una captura y prueba con ella.
error-picture-web-page = Esto es una página web, no una imagen. Abre la imagen y guárdala o copia su dirección.
error-picture-gone = La imagen ya no está disponible. Envíala de nuevo con /identificar.
error-picture-old-link = Este enlace de Discord está incompleto o ha caducado. Cópialo de nuevo desde el mensaje o usa allí Aplicaciones → Identificar imagen.
error-picture-no-message = No veo ninguna imagen en ese mensaje. Abre el menú del mensaje y usa allí Aplicaciones → Identificar imagen.

## Where the picture goes

consent-title = A dónde va esta imagen
consent-words = Para identificarla, esta imagen se envía a { $providers }. Antes se reduce y se le quita todo lo que no sean sus píxeles (lugar, cámara, comentarios). Aquí no se guarda nada de ella.
consent-server = Quien hizo la consulta, o un moderador, puede aceptar en nombre de este servidor; después no se vuelve a preguntar a nadie.
consent-own = Si aceptas, no se te volverá a preguntar.
consent-own-collection = O se compara solo con la colección propia del bot y no sale de aquí.
consent-send = Enviarla
consent-inside = Solo la colección propia
consent-never = No enviar nunca desde este servidor
consent-declined = A partir de ahora, las imágenes de este servidor solo se comparan con la colección propia del bot. Los moderadores pueden cambiarlo con /ajustes-identificar.
consent-outside-services = servicios externos

command-identify-settings = ajustes-identificar
command-identify-settings-description = Dónde se pueden identificar las imágenes de este servidor
option-identify-where = dónde
option-identify-where-description = Solo la colección propia, también servicios externos, o preguntar antes
choice-identify-inside = Solo la colección propia
choice-identify-outside = También servicios externos
choice-identify-ask = Preguntar antes
identify-setting-inside = Las imágenes de este servidor se comparan solo con la colección propia del bot.
identify-setting-outside = Las imágenes de este servidor se pueden enviar a los servicios externos configurados.
identify-setting-ask = Antes de que la próxima imagen salga de este servidor, se preguntará a alguien.

## The answer

insights-head = ¿Qué es esta imagen?
insights-head-part = ¿Qué es esta parte de la imagen? ({ $part })
insights-head-frame = ¿Qué es este fotograma del vídeo? ({ $time })
insights-nothing-title = Imagen desconocida
insights-title-shows = Muestra: { $thing }
insights-nothing = Ninguna fuente conoce esta imagen, no se encontró nada parecido y nadie puede decir qué muestra.
insights-elsewhere = Buscar en otros sitios: { $links }
insights-exact = **Coincidencia exacta.**
insights-likely = **Es muy probablemente la misma imagen**, quizá con otro tamaño, formato o encuadre.
insights-part = **Una parte de esta imagen es muy probablemente esta**, quizá con otro tamaño, formato o encuadre.
insights-other-parts = En otras partes: { $titles }
insights-maybe = **Podría ser la misma imagen**, pero no se puede asegurar.
insights-listed = **{ $provider } indica estas páginas para esta imagen.**
insights-similar-only = **Sin coincidencia exacta.** Hay imágenes parecidas.
insights-depicted-high = **Sin coincidencia exacta**, pero está claro qué muestra.
insights-depicted-medium = **Sin coincidencia exacta.** Lo que muestra es probable, no seguro.
insights-depicted-low = **Sin coincidencia exacta.** Lo que muestra es solo una suposición.
insights-unfound-yet = **Sin coincidencia exacta por ahora.**
insights-unfound-withheld = **Ninguna coincidencia que se pueda mostrar aquí.**
insights-described-by = Descrito por { $model }, puede ser erróneo.
insights-seen-by = Fuente: { $provider }.
insights-match = { $percent } % · { $band }
insights-field-source = Fuente
insights-field-artist = Autor
insights-field-licence = Licencia
insights-field-match = Coincidencia
insights-field-shows = Muestra
insights-field-text = Texto en la imagen
insights-found-by = Fuente: { $provider }.
insights-shows = Probablemente muestra: **{ $words }**
insights-caption = “{ $caption }”
insights-caption-from = “{ $caption }” ({ $source })
insights-tags = Etiquetas: { $tags }
insights-entity-very = muy probable
insights-entity-likely = probable
insights-entity-maybe = posible
insights-entity = { $name } ({ $sure })
insights-entity-box = { $name } ({ $sure }, recuadro { $box })
insights-entities = Muestra: { $entities }
insights-pages-count = { $count ->
    [one] Encontrada en una página.
   *[other] Encontrada en { $count } páginas.
}
insights-pages-sizes = { $count ->
    [one] Encontrada en una página
   *[other] Encontrada en { $count } páginas
}{ $sizes ->
    [one] , en un tamaño.
   *[other] , en { $sizes } tamaños.
}
insights-waiting = Todavía se espera la respuesta de { $providers }…
insights-less-sure = { $count ->
    [one] Hay un resultado menos seguro que no se muestra.
   *[other] Hay { $count } resultados menos seguros que no se muestran.
}
insights-band-exact = exacta
insights-band-likely = probable
insights-band-maybe = posible
insights-stricter = SafeSearch es ahora más estricto aquí, así que esta parte de la respuesta ya no está. Vuelve a preguntar con /identificar.
insights-forgotten = Olvidada. No se guarda nada de esta imagen.

insights-section-overview = Resumen
insights-section-pages = Páginas con esta imagen
insights-section-similar = Imágenes similares
insights-section-products = Productos similares
insights-section-shopping = Dónde se vende
insights-section-recipes = Recetas
insights-section-collections = Colecciones
insights-section-searches = Búsquedas relacionadas
insights-section-people = Quién aparece
insights-section-count = { $count }
insights-select-section = Ver otra parte de la respuesta
insights-select-search = Buscar una de estas
insights-list-position = { $page } de { $pages }

insights-offer-from = desde { $price }
insights-offer-count = { $count ->
    [one] una oferta
   *[other] { $count } ofertas
}
insights-availability-Discontinued = descatalogado
insights-availability-InStock = disponible
insights-availability-InStoreOnly = solo en tiendas físicas
insights-availability-LimitedAvailability = quedan pocos
insights-availability-OnlineOnly = solo en línea
insights-availability-OutOfStock = sin existencias
insights-availability-PreOrder = disponible para reservar
insights-availability-SoldOut = agotado
insights-rating = valoración: { $value } de { $best }
insights-rating-reviews = { $count ->
    [one] valoración: { $value } de { $best } en una reseña
   *[other] valoración: { $value } de { $best } en { $count } reseñas
}
insights-updated = a fecha de { $date }
insights-recipe-total = { $time } en total
insights-recipe-cook = { $time } de cocción
insights-recipe-prep = { $time } de preparación
insights-collection-by = de { $name }
insights-collection-images = { $count ->
    [one] una imagen
   *[other] { $count } imágenes
}
insights-collection-followers = { $count ->
    [one] un seguidor
   *[other] { $count } seguidores
}
insights-seller = en { $name }

insights-button-region = Mirar una parte
insights-button-frames = Otro fotograma
insights-button-read-text = Leer el texto
insights-button-search-text = Buscar el texto
insights-no-text = No se encontró texto en esta imagen.
insights-search-for = Buscar: { $words }
insights-button-whole = Imagen entera
insights-button-unfold = Mostrar los menos seguros
insights-button-fold = Ocultar los menos seguros
insights-button-links = Otros buscadores
insights-button-forget = Olvidar
insights-button-back = Volver

## Parts of a picture

region-title = ¿Qué parte de la imagen?
region-words = Elige una parte: una de las nueve celdas o, en el menú, un recuadro numerado.
region-words-blind = Elige una de las nueve celdas.
region-select = Elige una parte
region-whole = La imagen entera
region-box = Recuadro { $number }: { $name }
region-box-plain = Recuadro { $number }
region-top-left = Arriba a la izquierda
region-top = Arriba
region-top-right = Arriba a la derecha
region-left = Izquierda
region-middle = Centro
region-right = Derecha
region-bottom-left = Abajo a la izquierda
region-bottom = Abajo
region-bottom-right = Abajo a la derecha
region-preview = La imagen con sus partes. Solo tú la ves.
region-preview-alt = La imagen con una cuadrícula de nueve celdas y recuadros numerados
frames-title = ¿Qué fotograma del vídeo?
frames-words = Elige uno de estos fotogramas.
frames-button = { $number } · { $time }
frames-preview = Fotogramas del vídeo. Solo tú los ves.
frames-preview-alt = Fotogramas numerados del vídeo

links-words = Abre esta imagen en otro buscador. Magpie no envía nada allí; lo hará tu navegador.
links-none = Aquí no se puede ofrecer otro buscador para esta imagen.
