# Names and descriptions of commands and options in Brazilian Portuguese, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = sobre
command-about-description = O que é o Magpie, o que ele pode fazer aqui e o que ele guarda

## /image

command-image = imagem
command-image-description = Pesquise imagens
option-image-query = pesquisa
option-image-query-description = O que você procura
option-image-size = tamanho
option-image-size-description = O tamanho da imagem
option-image-color = cor
option-image-color-description = A cor principal
option-image-image-type = tipo
option-image-image-type-description = Que tipo de imagem
option-image-license = licença
option-image-license-description = O que a licença precisa permitir
option-image-aspect = formato
option-image-aspect-description = Quadrado, horizontal ou vertical
option-image-image-content = conteúdo
option-image-image-content-description = Rostos, ou cabeça e ombros
option-image-freshness = data
option-image-freshness-description = Quando foi encontrada na web
option-image-view = visualização
option-image-view-description = Como a resposta é mostrada
option-image-private = privado
option-image-private-description = Só você vê a resposta
option-image-safesearch = safesearch
option-image-safesearch-description = Um nível mais estrito do que o deste lugar
option-image-min-width = largura-mínima
option-image-min-width-description = Largura mínima em pixels
option-image-min-height = altura-mínima
option-image-min-height-description = Altura mínima em pixels
option-image-max-width = largura-máxima
option-image-max-width-description = Largura máxima em pixels
option-image-max-height = altura-máxima
option-image-max-height-description = Altura máxima em pixels
option-image-width = largura
option-image-width-description = Largura exata em pixels
option-image-height = altura
option-image-height-description = Altura exata em pixels
option-image-min-file-size = arquivo-mínimo
option-image-min-file-size-description = Tamanho mínimo do arquivo em bytes
option-image-max-file-size = arquivo-máximo
option-image-max-file-size-description = Tamanho máximo do arquivo em bytes

## /trending

command-trending = tendências
command-trending-description = Veja o que as pessoas procuram
option-trending-category = categoria
option-trending-category-description = Por qual começar
option-trending-private = privado
option-trending-private-description = Só você vê a resposta
option-trending-safesearch = safesearch
option-trending-safesearch-description = Um nível mais estrito do que o deste lugar

## /display

command-display = exibição
command-display-description = Como as respostas são mostradas neste servidor ou canal
option-display-view = visualização
option-display-view-description = Quantas imagens uma página mostra se ninguém pedir outra visualização
option-display-private = privado
option-display-private-description = Se as respostas são mostradas primeiro só para quem perguntou
option-display-reactions = reações
option-display-reactions-description = Se as respostas recebem reações para passar páginas, além dos botões
option-display-everywhere = em-todo-lugar
option-display-everywhere-description = Para o servidor inteiro, não só para este canal

## /safesearch

command-safesearch = safesearch
command-safesearch-description = O que pode ser mostrado aqui e quem decidiu isso
command-safesearch-show = ver
command-safesearch-show-description = Ver e mudar o SafeSearch deste canal em um painel privado
command-safesearch-set = definir
command-safesearch-set-description = Define o nível deste canal, da categoria dele ou do servidor
command-safesearch-clear = limpar
command-safesearch-clear-description = Faz este canal, a categoria dele ou o servidor seguir a configuração acima
command-safesearch-list = lista
command-safesearch-list-description = Lista as configurações, os sites bloqueados e as palavras bloqueadas do servidor
command-safesearch-block = bloquear
command-safesearch-block-description = Bloqueia um site ou uma palavra
command-safesearch-block-host = site
command-safesearch-block-host-description = Nunca mostrar nada de um site nem dos subdomínios dele
command-safesearch-block-word = palavra
command-safesearch-block-word-description = Nunca mostrar nada que tenha uma palavra
command-safesearch-unblock = desbloquear
command-safesearch-unblock-description = Tira um site ou uma palavra das listas
command-safesearch-allow = permitir
command-safesearch-allow-description = Permite que as pesquisas indiquem um site, como em site:example.com
command-safesearch-audit = registro
command-safesearch-audit-description = Lista as últimas mudanças do SafeSearch neste servidor
option-safesearch-level = nível
option-safesearch-level-description = Quão estrito deve ser
option-safesearch-scope = escopo
option-safesearch-scope-description = Onde vale; neste canal, se você não informar
option-safesearch-host = site
option-safesearch-host-description = Nome do site, como example.com
option-safesearch-word = palavra
option-safesearch-word-description = Uma palavra ou frase curta
option-safesearch-entry = item
option-safesearch-entry-description = O site ou a palavra
choice-safesearch-Off = Desativado
choice-scope-channel = Este canal
choice-scope-category = A categoria dele
choice-scope-server = O servidor inteiro
