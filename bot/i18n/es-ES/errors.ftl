# Sentences for what went wrong, in Spanish. Each is shown privately, with the trace id below it.

error-trace = Código de rastreo { $trace }
error-invalid-request = No se puede buscar así: el valor de “{ $parameter }” no es correcto.
error-invalid-request-plain = No se puede buscar así.
error-two-sizes = Indica un { $side } exacto, o bien un mínimo y un máximo, pero no ambas cosas.
error-picture-too-large = Esta imagen es demasiado grande.
error-picture-too-large-limit = Esta imagen es demasiado grande. El máximo es { $limit }.
error-picture-not-a-picture = Esto no es una imagen que se pueda leer.
error-picture-too-many-pixels = Esta imagen tiene demasiados píxeles.
error-picture-too-slow = Leer esta imagen ha tardado demasiado.
error-picture-unsafe-address = Esta dirección no se puede usar. Indica la dirección de una imagen de la web pública.
error-picture-unreachable = No se ha podido obtener la imagen de esa dirección.
error-picture-refused = Esta imagen no se puede usar.
error-not-supported = Ninguna de las fuentes de imágenes de aquí puede hacer esto.
error-not-supported-filters = Ninguna de las fuentes de imágenes de aquí puede aplicar: { $filters }.
error-level = Ninguna fuente de imágenes de aquí puede garantizar { $level }, así que no se ha consultado ninguna.
error-blocked-forbidden = Magpie no busca esto, ni aquí ni en ningún otro sitio.
error-blocked-word = Esta búsqueda contiene una palabra bloqueada.
error-blocked-host = Este sitio está bloqueado aquí.
error-blocked-operator = Aquí no se permiten búsquedas que nombren un sitio (site:, inurl: y similares). Los moderadores pueden permitir un sitio con /safesearch permitir.
error-blocked = Esta búsqueda no está permitida aquí.
error-misconfigured = Una fuente de imágenes no está bien configurada. El operador de este bot tiene que arreglarla.
error-misconfigured-provider = Mal configurado: { $provider }. El operador de este bot tiene que arreglarlo.
error-unavailable = No se puede contactar con las fuentes de imágenes en este momento. Vuelve a intentarlo dentro de un rato.
error-unavailable-provider = No disponible en este momento: { $provider }. Vuelve a intentarlo dentro de un rato.
error-tried = Fuentes consultadas: { $providers }.
error-overloaded = Ahora mismo se están leyendo muchas imágenes y a esta no le ha tocado el turno. Vuelve a intentarlo dentro de unos segundos.
error-rate-limited = Demasiadas búsquedas en poco tiempo. Vuelve a intentarlo dentro de un rato.
error-rate-limited-until = Demasiadas búsquedas en poco tiempo. Vuelve a intentarlo { $when }.
error-quota = Se ha agotado el cupo de búsquedas.
error-quota-until = Se ha agotado el cupo de búsquedas. Se renueva { $when }.
error-quota-provider = Se ha agotado el cupo de { $provider }.
error-quota-provider-until = Se ha agotado el cupo de { $provider }. Se renueva { $when }.
error-expired = Esta respuesta tiene más de { $kept }, así que sus botones ya no funcionan.
error-expired-picture = Esta respuesta tiene más de { $kept }, así que sus botones ya no funcionan. Las imágenes enviadas no se guardan: envía la tuya otra vez con /identificar o con Aplicaciones → Identificar imagen en el mensaje.
error-expired-gone = Esta respuesta ya no se guarda, así que sus botones ya no funcionan. Quien hizo la búsqueda aún puede eliminarla. Vuelve a buscar con un comando.
error-page-gone = Se ha eliminado el mensaje de esta página. Vuelve a buscar con un comando.
error-not-yours = Solo puede hacerlo quien hizo la búsqueda, o un moderador con el permiso Gestionar mensajes.
error-moderators-only = Solo los moderadores pueden hacer esto. Hace falta el permiso { $permission }.
error-page-number = Indica un número de página del 1 al { $pages }.
error-too-often-commands = Demasiados comandos en poco tiempo. Vuelve a intentarlo { $when }.
error-too-often-presses = Demasiadas pulsaciones en poco tiempo. Vuelve a intentarlo { $when }.
error-too-often-hides = Has ocultado varias páginas en poco tiempo. Pídeselo a un moderador o vuelve a intentarlo { $when }.
error-busy-all = Magpie tiene demasiado trabajo en este momento. Vuelve a intentarlo dentro de unos segundos.
error-busy-person = Espera a que se respondan tus últimas peticiones y vuelve a intentarlo.
error-busy-message = Demasiadas personas están usando este mensaje en este momento. Vuelve a intentarlo dentro de unos segundos.
error-too-slow = Esto ha tardado demasiado y se ha interrumpido. Vuelve a intentarlo.
error-restarting = Magpie se está reiniciando. Vuelve a intentarlo dentro de un minuto.
error-storage = El almacenamiento de Magpie no responde en este momento. Vuelve a intentarlo dentro de un minuto.
error-discord = Discord no ha aceptado la respuesta. Vuelve a intentarlo.
error-unknown = Algo ha salido mal. El operador de este bot puede encontrarlo en el registro con el código de rastreo de abajo.

## Permissions, as Discord's client calls them

permission-manage_messages = Gestionar mensajes
permission-manage_channels = Gestionar canales
permission-manage_guild = Gestionar servidor
