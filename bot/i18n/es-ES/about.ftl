# Words of /about, in Spanish (also for Latin America).

about-title = Magpie encuentra imágenes y te dice de dónde vienen
about-help =
    `/imagen` busca, `/tendencias` muestra lo que la gente busca y `/identificar` dice qué es una imagen y de dónde viene; también *Aplicaciones → Identificar imagen* en cualquier mensaje. Pasa las páginas con los botones o reaccionando con ◀️ ▶️.
about-providers = De dónde vienen las imágenes
about-provider-search = búsqueda
about-provider-insights = identificación
about-provider-trending = tendencias
about-provider = **{ $title }**: { $verbs }
about-provider-left =
    { $scope ->
        [server] quedan { $left } de { $limit } para este servidor
        [person] te quedan { $left } de { $limit }
       *[provider] quedan { $left } de { $limit }
    } { $kind ->
        [rolling] en 24 horas
        [month] este mes
       *[day] hoy
    }
about-provider-resting = en pausa tras varios fallos; vuelve { $when }
about-provider-terms = condiciones
about-privacy = Lo que guarda Magpie
about-privacy-text =
    Cada página durante { $page }, para que funcionen sus botones, y su búsqueda durante { $asked }, para poder repetirla; los ajustes de los servidores; cuántas veces se buscó algo, sin saber quién. Ni imágenes ni mensajes. Tus palabras e imágenes solo llegan a las fuentes de arriba cuando tú lo pides, y sin tu nombre.
    { $remember ->
        [yes] Tus búsquedas recientes se guardan para ti, porque tú lo pediste.
       *[no] Tus búsquedas recientes no se guardan.
    }
about-contact = Quién opera este bot
about-contact-none = El operador no ha dejado ningún contacto.
about-version = Magpie { $version }
about-button-remember = Recordar mis búsquedas
about-button-forget-searches = Olvidar mis búsquedas
about-button-delete = Eliminar mis datos
about-delete-confirm = ¿Eliminar todo lo que Magpie guarda sobre ti? Tus respuestas se quedan en los canales, pero sus botones dejan de funcionar; solo *Eliminar* te seguirá funcionando. No se puede deshacer.
about-button-delete-now = Eliminar todo
about-button-keep = Cancelar
about-kept = No se ha eliminado nada.
about-deleted = Se ha eliminado todo lo que se guardaba sobre ti: tus páginas, tus búsquedas recientes y tus preferencias.
about-remembering = A partir de ahora se guardan tus búsquedas, solo para ti: aparecerán como sugerencias cuando escribas.
about-not-remembering = Tus búsquedas recientes se han olvidado y a partir de ahora no se guarda ninguna.
