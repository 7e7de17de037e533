# Words of pages, in Brazilian Portuguese: search answers, trending, their controls.
# Footers, buttons and menus show no markdown; keep button words under 80 characters.

## Where a picture comes from

credit-by = Autoria: { $author }
credit-by-linked = Autoria: { $author } ([perfil]({ $url }))
credit-author-linked = { $author } ([perfil]({ $url }))
credit-licence = { $licence }
credit-licence-linked = { $licence } ([termos]({ $url }))
credit-licence-at = { $licence } ({ $url })
credit-via = via { $provider }
credit-terms-commons = Arquivos com licença livre do Wikimedia Commons
credit-terms-commons-sha1 = { credit-terms-commons }
credit-terms-openverse = Imagens com licença aberta encontradas com o Openverse
credit-terms-wikifeeds = Wikipédia, texto CC BY-SA 4.0
credit-title = Como dar crédito a esta imagem
credit-markdown = Em Markdown
credit-plain = Como texto simples
credit-title-quoted = “{ $title }”
credit-unknown-licence = Nenhuma licença é conhecida para esta imagem. Pergunte ao dono antes de usá-la.
licence-public-domain = Domínio público
untitled = Imagem sem título
alt-untitled = Imagem de { $host }
alt-by = { $title }, de { $author }
alt-nothing-known = Imagem sem título
provider-collection = Coleção do Magpie
provider-commons-sha1 = Wikimedia Commons (arquivo idêntico)
provider-wikifeeds = Wikipédia hoje
provider-recognizer = Reconhecimento de imagens do Magpie
provider-text-reader = Leitura de texto do Magpie
provider-vision = modelo de visão

## Footer of a page

level-off = SafeSearch desativado
level-moderate = SafeSearch moderado
level-strict = SafeSearch estrito
hidden-count = { $count ->
    [one] { $count } oculta
   *[other] { $count } ocultas
}
picture-size = { $width } × { $height }

## Heads of pages

head-search = “{ $query }”
head-similar = Parecidas com “{ $query }”
head-trending = Tendências: { $category }
showing-results-for = Mostrando resultados para **{ $altered }**. Para pesquisar { $original }, toque em ⋯.

## Remarks about how an answer was made

note-filter-not-applied = Filtro não aplicado por { $provider }: { $filter }.
note-filter-not-applied-anywhere = Não foi possível aplicar este filtro: { $filter }.
note-part-not-alone = { $provider } analisou a imagem inteira, não só a parte.
note-query-cut = { $provider } leu só o começo da pesquisa.
note-provider-failed = Sem resposta de { $provider } ({ $why }).
why-down = está fora do ar
why-quota = a cota acabou
why-rate = recebeu consultas demais
why-level = não consegue garantir este nível do SafeSearch
why-unsupported = não consegue fazer isto
why-misconfigured = o operador precisa corrigir as configurações
why-empty = não encontrou nada
note-withheld = { $count ->
    [one] { $count } correspondência não é mostrada neste nível do SafeSearch.
   *[other] { $count } correspondências não são mostradas neste nível do SafeSearch.
}
note-unrated = { $count ->
    [one] { $count } imagem da coleção ficou de fora porque ninguém a classificou. O operador pode declará-la com: magpie index --rating safe
   *[other] { $count } imagens da coleção ficaram de fora porque ninguém as classificou. O operador pode declará-las com: magpie index --rating safe
}
note-some-words = Nenhuma imagem tem tudo isto: { $words }. Estas têm algumas das palavras.
note-like-meaning = Nada está descrito assim; a pesquisa foi feita com: { $words }.
note-like-pictures = Nenhuma imagem está descrita assim: { $words }. Estas parecem mostrar isso.
note-stale = Esta é uma resposta guardada de { $date }.
note-text-only = { $provider } não filtra as imagens, então só títulos e links são mostrados.
note-rated = { $provider } não filtra as imagens. Um programa daqui verificou as que são mostradas; ele pode errar.
note-damaged = O arquivo está danificado: falta uma parte da imagem.
note-picture-missing = Esta imagem não pode ser mostrada aqui.
note-picture-linked = O link da página dela está acima.
note-spoiler = A imagem está marcada como spoiler, por isso não aparece aqui.
note-picture-gone = Esta imagem não está mais disponível ou não é permitida aqui.

## Controls

button-more-like-this = Imagens parecidas
button-details = Detalhes
open-number = Abrir { $number }
panel-title = Mais opções:
button-credit = Créditos
button-open-page = Abrir página
button-full-image = Imagem original
button-filter = Filtrar
button-without-filters = Sem filtros
button-grid = Grade
button-single = Uma de cada vez
button-share = Compartilhar
button-hide = Ocultar
button-restore = Mostrar de novo
button-delete = Excluir
button-block-site = Bloquear este site
button-search-this = Pesquisar isto
button-again = Pesquisar de novo
select-picture = Abrir uma destas imagens
select-refine = Refinar esta pesquisa
select-category = Categoria
jump-title = Ir para a página
jump-label = Número da página
jump-range = De 1 a { $pages }

refine-instead = Pesquisar { $query }
refine-spelling = Ortografia
refine-expansion = Mais específico
refine-pivot = Em vez de “{ $word }”
refine-related = Relacionado
refine-similar = Parecido

## Filter window

filter-title = Filtrar
filter-label-size = Tamanho
filter-label-aspect = Formato
filter-label-color = Cor
filter-label-imageType = Tipo de imagem
filter-label-license = Licença
filter-label-freshness = Data
filter-label-imageContent = Conteúdo
filter-any = Qualquer
filter-in-force = { $name }: { $value }

## What happened

hidden-note-asker = Esta página foi ocultada por quem fez a pesquisa.
hidden-note-member = Um membro ocultou esta página.
hidden-note-moderator = Um moderador ocultou esta página.
hidden-note-who-asker = Essa pessoa ou um moderador (Gerenciar mensagens) pode mostrá-la de novo ou excluí-la.
hidden-note-who-member = Um moderador (Gerenciar mensagens) pode mostrá-la de novo; quem fez a pesquisa pode excluí-la.
hidden-note-who-moderator = Só moderadores (Gerenciar mensagens) podem mostrá-la de novo; quem fez a pesquisa pode excluí-la.
hidden-note-dm = Você pode mostrá-la de novo ou excluí-la.
shared-by = Compartilhado por { $user }
site-blocked = { $host } está bloqueado neste servidor a partir de agora. As imagens dele saíram desta página.
empty-title = Nenhum resultado
empty-hidden-title = Nada para mostrar aqui
empty-search = Nenhum resultado para “{ $query }”.
empty-filtered = Nenhum resultado para “{ $query }” com estes filtros: { $filters }.
empty-hidden = { $count ->
    [one] { $count } imagem foi encontrada para “{ $query }”, mas ela não é permitida aqui.
   *[other] { $count } imagens foram encontradas para “{ $query }”, mas nenhuma é permitida aqui.
}
empty-similar = Nada parecido foi encontrado.
empty-trending = Ainda não há tendências. Elas vêm das pesquisas, então pesquise um pouco e olhe de novo.

## Filters in words

filter-name-q = pesquisa
filter-name-size = tamanho
filter-name-color = cor
filter-name-imageType = tipo de imagem
filter-name-license = licença
filter-name-aspect = formato
filter-name-imageContent = conteúdo
filter-name-freshness = data
filter-name-height = altura
filter-name-width = largura
filter-name-minHeight = altura mínima
filter-name-maxHeight = altura máxima
filter-name-minWidth = largura mínima
filter-name-maxWidth = largura máxima
filter-name-minFileSize = tamanho mínimo do arquivo
filter-name-maxFileSize = tamanho máximo do arquivo

choice-size-Small = Pequena
choice-size-Medium = Média
choice-size-Large = Grande
choice-size-Wallpaper = Papel de parede
choice-color-ColorOnly = Colorida
choice-color-Monochrome = Preto e branco
choice-color-Black = Preto
choice-color-Blue = Azul
choice-color-Brown = Marrom
choice-color-Gray = Cinza
choice-color-Green = Verde
choice-color-Orange = Laranja
choice-color-Pink = Rosa
choice-color-Purple = Roxo
choice-color-Red = Vermelho
choice-color-Teal = Verde-azulado
choice-color-White = Branco
choice-color-Yellow = Amarelo
choice-imageType-AnimatedGif = GIF animado
choice-imageType-Clipart = Clip-art
choice-imageType-Line = Desenho de linhas
choice-imageType-Photo = Foto
choice-imageType-Shopping = À venda
choice-imageType-Transparent = Transparente
choice-license-Any = Qualquer licença conhecida
choice-license-Public = Domínio público
choice-license-Share = Pode ser compartilhada
choice-license-ShareCommercially = Pode ser compartilhada, também para fins comerciais
choice-license-Modify = Pode ser modificada e compartilhada
choice-license-ModifyCommercially = Pode ser modificada e compartilhada, também para fins comerciais
choice-aspect-Square = Quadrado
choice-aspect-Wide = Horizontal
choice-aspect-Tall = Vertical
choice-imageContent-Face = Rostos
choice-imageContent-Portrait = Cabeça e ombros
choice-freshness-Day = Nas últimas 24 horas
choice-freshness-Week = Nos últimos 7 dias
choice-freshness-Month = Nos últimos 30 dias
choice-view-single = Individual: uma imagem por página
choice-view-grid = Grade: quatro imagens por página
choice-view-gallery = Galeria: seis imagens com descrições
choice-safesearch-Moderate = Moderado
choice-safesearch-Strict = Estrito

## What /display says

display-view = Visualização aqui: “{ $view }”.
display-private-yes = As respostas são mostradas primeiro só para quem perguntou, que pode compartilhá-las.
display-private-no = As respostas são mostradas para todo mundo, a menos que quem perguntou as queira privadas.
display-reactions-yes = Dá para passar as páginas com botões e com reações.
display-reactions-no = Dá para passar as páginas só com botões.
