# Words of identifying pictures, in Brazilian Portuguese: /identificar, the message menu, and the pages of its answers.
# Footers, buttons and menus show no markdown; keep button words under 80 characters, menu lines under 100.

## The command

command-identify = identificar
command-identify-description = Descubra o que uma imagem mostra e de onde ela vem
option-identify-image = imagem
option-identify-image-description = A imagem, como arquivo
option-identify-url = url
option-identify-url-description = O endereço de uma imagem da web pública
option-identify-look-for = procurar
option-identify-look-for-description = O que você quer descobrir; tudo, se você não informar
option-identify-part = parte
option-identify-part-description = Olhar só uma parte da imagem
option-identify-safesearch = safesearch
option-identify-safesearch-description = Um nível mais estrito do que o deste canal
option-identify-private = privado
option-identify-private-description = Só você vê a resposta
command-identify-image = Identificar imagem

## The form

identify-form-title = Identificar uma imagem
identify-form-file = Uma imagem
identify-form-file-description = JPEG, PNG, GIF, WebP, AVIF, TIFF ou BMP
identify-form-url = Ou o endereço de uma imagem
identify-form-nothing = Anexe uma imagem ou informe um endereço.
identify-both = Informe uma imagem ou um endereço, mas não os dois.

## Which picture of a message

identify-no-picture = Não há nenhuma imagem nessa mensagem: nem anexo, nem prévia, nem figurinha, nem link para uma.
identify-no-picture-reply = Nessa mensagem não há nenhuma imagem que o Magpie possa ver. Use Apps → Identificar imagem na mensagem respondida.
identify-which = Qual imagem?
identify-which-placeholder = Escolha uma imagem
identify-candidate-attachment = Anexo
identify-candidate-video = Quadro de um vídeo
identify-candidate-embed = Imagem de uma prévia
identify-candidate-sticker = Figurinha
identify-candidate-link = Link
identify-candidate-named = { $kind }: { $name }

## Pictures that cannot be used

error-picture-broken = Esta imagem está danificada ou incompleta. Salve-a de novo e tente com essa cópia.
error-picture-empty = Este arquivo está vazio.
error-picture-vector = Este é um desenho vetorial (SVG). Salve-o como PNG e tente de novo.
error-picture-video = Isto é um vídeo, não uma imagem. Faça uma captura e tente com ela.
error-picture-web-page = Isto é uma página da web, não uma imagem. Abra a imagem e salve-a ou copie o endereço dela.
error-picture-gone = A imagem não está mais disponível. Envie-a de novo com /identificar.
error-picture-old-link = Este link do Discord está incompleto ou expirou. Copie-o de novo da mensagem ou use Apps → Identificar imagem nela.
error-picture-no-message = Não vejo nenhuma imagem nessa mensagem. Abra o menu da mensagem e use Apps → Identificar imagem nele.

## Where the picture goes

consent-title = Para onde vai esta imagem
consent-words = Para ser identificada, esta imagem é enviada para { $providers }. Antes ela é reduzida, e tudo o que não são os pixels é retirado (lugar, câmera, comentários). Nada dela é guardado aqui.
consent-server = Quem perguntou, ou um moderador, pode concordar por este servidor; depois ninguém mais precisa responder.
consent-own = Se você concordar, não vamos perguntar de novo.
consent-own-collection = Ou ela é comparada só com a coleção do próprio bot e não sai daqui.
consent-send = Enviar
consent-inside = Só a coleção própria
consent-never = Nunca enviar deste servidor
consent-declined = A partir de agora, as imagens deste servidor são comparadas só com a coleção do próprio bot. Moderadores podem mudar isso com /config-identificar.
consent-outside-services = serviços externos

command-identify-settings = config-identificar
command-identify-settings-description = Onde as imagens deste servidor podem ser identificadas
option-identify-where = onde
option-identify-where-description = Só a coleção própria, também serviços externos, ou perguntar antes
choice-identify-inside = Só a coleção própria
choice-identify-outside = Também serviços externos
choice-identify-ask = Perguntar antes
identify-setting-inside = As imagens deste servidor são comparadas só com a coleção do próprio bot.
identify-setting-outside = As imagens deste servidor podem ser enviadas aos serviços externos configurados.
identify-setting-ask = Antes que a próxima imagem saia deste servidor, o bot vai pedir permissão.

## The answer

insights-head = O que é esta imagem?
insights-head-part = O que é esta parte da imagem? ({ $part })
insights-head-frame = O que é este momento do vídeo? ({ $time })
insights-nothing-title = Imagem desconhecida
insights-title-shows = Mostra: { $thing }
insights-nothing = Nenhuma fonte conhece esta imagem, nada parecido foi encontrado e ninguém pode dizer o que ela mostra.
insights-elsewhere = Procurar em outros lugares: { $links }
insights-exact = **Correspondência exata.**
insights-likely = **É muito provavelmente a mesma imagem**, talvez com outro tamanho, formato ou enquadramento.
insights-part = **Uma parte desta imagem é muito provavelmente esta**, talvez com outro tamanho, formato ou enquadramento.
insights-other-parts = Em outras partes: { $titles }
insights-maybe = **Pode ser a mesma imagem**, mas não há como ter certeza.
insights-listed = **{ $provider } lista estas páginas para esta imagem.**
insights-similar-only = **Nenhuma correspondência exata.** Há imagens parecidas.
insights-depicted-high = **Nenhuma correspondência exata**, mas está claro o que ela mostra.
insights-depicted-medium = **Nenhuma correspondência exata.** O que ela mostra é provável, não certo.
insights-depicted-low = **Nenhuma correspondência exata.** O que ela mostra é só um palpite.
insights-unfound-yet = **Nenhuma correspondência exata até agora.**
insights-unfound-withheld = **Nenhuma correspondência que possa ser mostrada aqui.**
insights-described-by = Descrito por { $model }, pode estar errado.
insights-seen-by = Fonte: { $provider }.
insights-match = { $percent }% · { $band }
insights-field-source = Fonte
insights-field-artist = Autor
insights-field-licence = Licença
insights-field-match = Correspondência
insights-field-shows = Mostra
insights-field-text = Texto na imagem
insights-found-by = Fonte: { $provider }.
insights-shows = Provavelmente mostra: **{ $words }**
insights-caption = “{ $caption }”
insights-caption-from = “{ $caption }” ({ $source })
insights-tags = Tags: { $tags }
insights-entity-very = muito provável
insights-entity-likely = provável
insights-entity-maybe = possível
insights-entity = { $name } ({ $sure })
insights-entity-box = { $name } ({ $sure }, quadro { $box })
insights-entities = Mostra: { $entities }
insights-pages-count = { $count ->
    [one] Encontrada em { $count } página.
   *[other] Encontrada em { $count } páginas.
}
insights-pages-sizes = { $count ->
    [one] Encontrada em { $count } página
   *[other] Encontrada em { $count } páginas
}{ $sizes ->
    [one] , em { $sizes } tamanho.
   *[other] , em { $sizes } tamanhos.
}
insights-waiting = Ainda consultando { $providers }…
insights-less-sure = { $count ->
    [one] Há { $count } resultado menos certo que não é mostrado.
   *[other] Há { $count } resultados menos certos que não são mostrados.
}
insights-band-exact = exata
insights-band-likely = provável
insights-band-maybe = possível
insights-stricter = O SafeSearch ficou mais estrito aqui, então esta parte da resposta não está mais disponível. Pergunte de novo com /identificar.
insights-forgotten = Esquecida. Nada sobre esta imagem fica guardado.

insights-section-overview = Resumo
insights-section-pages = Páginas com esta imagem
insights-section-similar = Imagens parecidas
insights-section-products = Produtos parecidos
insights-section-shopping = Onde é vendido
insights-section-recipes = Receitas
insights-section-collections = Coleções
insights-section-searches = Pesquisas relacionadas
insights-section-people = Quem aparece
insights-section-count = { $count }
insights-select-section = Ver outra parte da resposta
insights-select-search = Pesquisar uma destas
insights-list-position = { $page } de { $pages }

insights-offer-from = a partir de { $price }
insights-offer-count = { $count ->
    [one] { $count } oferta
   *[other] { $count } ofertas
}
insights-availability-Discontinued = fora de linha
insights-availability-InStock = em estoque
insights-availability-InStoreOnly = só em lojas físicas
insights-availability-LimitedAvailability = restam poucos
insights-availability-OnlineOnly = só online
insights-availability-OutOfStock = fora de estoque
insights-availability-PreOrder = em pré-venda
insights-availability-SoldOut = esgotado
insights-rating = avaliação: { $value } de { $best }
insights-rating-reviews = { $count ->
    [one] avaliação: { $value } de { $best } em { $count } comentário
   *[other] avaliação: { $value } de { $best } em { $count } comentários
}
insights-updated = em { $date }
insights-recipe-total = { $time } no total
insights-recipe-cook = { $time } de cozimento
insights-recipe-prep = { $time } de preparo
insights-collection-by = de { $name }
insights-collection-images = { $count ->
    [one] { $count } imagem
   *[other] { $count } imagens
}
insights-collection-followers = { $count ->
    [one] { $count } seguidor
   *[other] { $count } seguidores
}
insights-seller = em { $name }

insights-button-region = Olhar uma parte
insights-button-frames = Outro momento
insights-button-read-text = Ler o texto
insights-button-search-text = Pesquisar o texto
insights-no-text = Nenhum texto foi encontrado nesta imagem.
insights-search-for = Pesquisar: { $words }
insights-button-whole = Imagem inteira
insights-button-unfold = Mostrar os menos certos
insights-button-fold = Ocultar os menos certos
insights-button-links = Outros buscadores
insights-button-forget = Esquecer
insights-button-back = Voltar

## Parts of a picture

region-title = Qual parte da imagem?
region-words = Escolha uma parte: uma das nove células ou, no menu, um quadro numerado.
region-words-blind = Escolha uma das nove células.
region-select = Escolha uma parte
region-whole = A imagem inteira
region-box = Quadro { $number }: { $name }
region-box-plain = Quadro { $number }
region-top-left = Em cima à esquerda
region-top = Em cima
region-top-right = Em cima à direita
region-left = Esquerda
region-middle = Centro
region-right = Direita
region-bottom-left = Embaixo à esquerda
region-bottom = Embaixo
region-bottom-right = Embaixo à direita
region-preview = A imagem dividida em partes. Só você vê isto.
region-preview-alt = A imagem com uma grade de nove células e quadros numerados
frames-title = Qual momento do vídeo?
frames-words = Escolha uma destas imagens.
frames-button = { $number } · { $time }
frames-preview = Imagens do vídeo. Só você vê isto.
frames-preview-alt = Imagens numeradas do vídeo

links-words = Abra esta imagem em outro buscador. O Magpie não envia nada para lá; o seu navegador é que envia.
links-none = Nenhum outro buscador pode ser oferecido para esta imagem aqui.
