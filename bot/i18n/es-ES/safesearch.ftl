# What /safesearch says, in Spanish. Mentions in these sentences ping nobody.

safesearch-level-Off = Desactivado
safesearch-level-Moderate = Moderado
safesearch-level-Strict = Estricto
safesearch-level-inherit = heredado
safesearch-scope-server = Todo el servidor
safesearch-somebody = alguien

safesearch-here = SafeSearch aquí: **{ $level }**.
safesearch-in = SafeSearch en { $scope }: **{ $level }**.
safesearch-inherited = { $scope }: **{ $level }**
safesearch-effect-Off = No se filtra nada, salvo lo que bloquea este servidor.
safesearch-effect-Moderate = Se omiten las imágenes y los sitios para adultos.
safesearch-effect-Strict = Se omiten las imágenes, los sitios y las palabras para adultos.

safesearch-rule-operator = El operador de este bot no permite nada menos estricto.
safesearch-rule-not-age-restricted = El ajuste de este servidor es Desactivado, pero este canal no tiene restricción de edad, así que aquí no puede aplicarse.
safesearch-rule-channel = Así está ajustado este canal.
safesearch-rule-category = Este canal sigue a su categoría.
safesearch-rule-server = Este canal sigue al servidor.
safesearch-rule-default = Nadie ha ajustado nada aquí, así que rige el valor predeterminado del bot.
safesearch-rule-dm = En los mensajes directos siempre es Estricto.
safesearch-rule-private = En los canales privados siempre es Estricto.
safesearch-rule-user-install = Este servidor no ha añadido el bot, así que aquí siempre es Estricto.
safesearch-rule-unknown = No se puede saber con certeza qué tipo de canal es este, así que es Estricto.
safesearch-rule-own = Lo has elegido tú para esta búsqueda.
safesearch-rule-inherited = No tiene ajuste propio; rige el ajuste superior.
safesearch-set-by = { $who } lo ajustó { $when }.

safesearch-set = { $scope }: ahora el nivel es { $level }.
safesearch-cleared = { $scope }: ya no tiene ajuste propio; rige el ajuste superior.
safesearch-cleared-server = { $scope }: ya no tiene ajuste propio; rige el valor predeterminado del bot.
safesearch-unchanged = { $scope }: ya estaba así.
safesearch-confirm = { $scope }: el nivel pasará a ser menos estricto, de { $before } a { $after }. ¿Continuar?
safesearch-confirm-button = Hacerlo menos estricto
safesearch-off-not-offered = El operador de este bot no permite Desactivado.
safesearch-off-needs-age = Desactivado solo funciona en canales con restricción de edad. Este canal no la tiene.
safesearch-no-category = Este canal no está en ninguna categoría.
safesearch-gone = Este canal ya no existe o el bot no puede verlo. Vuelve a abrir el panel con /safesearch ver.
safesearch-no-channel = No se puede saber qué canal es este. Inténtalo en el propio canal.

safesearch-list-level = { $scope }: **{ $level }**, ajustado por { $who } { $when }
safesearch-list-no-levels = No hay ningún nivel ajustado en este servidor.
safesearch-list-host = Sitios bloqueados: { $entries }
safesearch-list-word = Palabras bloqueadas: { $entries }
safesearch-list-allow = Sitios que se pueden nombrar en las búsquedas: { $entries }
safesearch-list-no-entries = Este servidor no bloquea ni permite nada.
safesearch-more = { $count ->
    [one] … y uno más
   *[other] … y { $count } más
}

safesearch-blocked-host = { $entry } está bloqueado, subdominios incluidos.
safesearch-blocked-word = Se ha bloqueado { $entry }.
safesearch-allowed = A partir de ahora las búsquedas pueden nombrar { $entry }, como en site:{ $bare }.
safesearch-unblocked = Se ha quitado { $entry } de las listas.
safesearch-already = { $entry } ya está en esa lista.
safesearch-not-listed = { $entry } no está en ninguna de las listas.
safesearch-bad-host = Eso no es el nombre de un sitio. Indica un nombre como example.com.
safesearch-bad-word = Eso no es una palabra. Indica una palabra o una frase corta de 100 caracteres como máximo.
safesearch-full = Las listas de este servidor están llenas. Quita primero una entrada.

safesearch-audit-none = Todavía no se ha cambiado nada.
safesearch-audit-level = { $when } { $who }: { $scope }, { $before } → { $after }
safesearch-audit-block-host = { $when } { $who } bloqueó { $entry }
safesearch-audit-block-word = { $when } { $who } bloqueó { $entry }
safesearch-audit-allow = { $when } { $who } permitió { $entry }
safesearch-audit-unblock-host = { $when } { $who } desbloqueó { $entry }
safesearch-audit-unblock-word = { $when } { $who } desbloqueó { $entry }
safesearch-audit-disallow = { $when } { $who } dejó de permitir { $entry }

## The panel

safesearch-panel-title = SafeSearch
safesearch-panel-inherit = Heredar
safesearch-panel-target = Otro canal o categoría
safesearch-panel-lists = Listas
safesearch-panel-history = Historial
safesearch-panel-back = Volver
safesearch-button-undo = Deshacer
safesearch-panel-remove = Quitar de las listas
safesearch-panel-add-host = Bloquear un sitio
safesearch-panel-add-word = Bloquear una palabra
safesearch-panel-add-allow = Permitir un sitio
safesearch-panel-kind-host = Sitio bloqueado
safesearch-panel-kind-word = Palabra bloqueada
safesearch-panel-kind-allow = Sitio que las búsquedas pueden nombrar
