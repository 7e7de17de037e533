# Sentences for what went wrong, in Brazilian Portuguese. Each is shown privately, with the trace id below it.

error-trace = Código de rastreamento { $trace }
error-invalid-request = Não dá para pesquisar assim: o valor de “{ $parameter }” não está certo.
error-invalid-request-plain = Não dá para pesquisar assim.
error-two-sizes = Informe uma { $side } exata, ou então uma mínima e uma máxima, mas não as duas coisas.
error-picture-too-large = Esta imagem é grande demais.
error-picture-too-large-limit = Esta imagem é grande demais. O máximo é { $limit }.
error-picture-not-a-picture = Isto não é uma imagem que possa ser lida.
error-picture-too-many-pixels = Esta imagem tem pixels demais.
error-picture-too-slow = A leitura desta imagem demorou demais.
error-picture-unsafe-address = Este endereço não pode ser usado. Informe o endereço de uma imagem da web pública.
error-picture-unreachable = Não foi possível obter a imagem desse endereço.
error-picture-refused = Esta imagem não pode ser usada.
error-not-supported = Nenhuma das fontes de imagens daqui consegue fazer isto.
error-not-supported-filters = Nenhuma das fontes de imagens daqui consegue aplicar: { $filters }.
error-level = Nenhuma fonte de imagens daqui consegue garantir { $level }, então nenhuma foi consultada.
error-blocked-forbidden = O Magpie não pesquisa isso, nem aqui nem em nenhum outro lugar.
error-blocked-word = Esta pesquisa contém uma palavra bloqueada.
error-blocked-host = Este site está bloqueado aqui.
error-blocked-operator = Pesquisas que indicam um site (site:, inurl: e semelhantes) não são permitidas aqui. Moderadores podem permitir um site com /safesearch permitir.
error-blocked = Esta pesquisa não é permitida aqui.
error-misconfigured = Uma fonte de imagens não está configurada corretamente. O operador deste bot precisa corrigir isso.
error-misconfigured-provider = Mal configurado: { $provider }. O operador deste bot precisa corrigir isso.
error-unavailable = As fontes de imagens não estão acessíveis no momento. Tente de novo daqui a pouco.
error-unavailable-provider = Fora do ar no momento: { $provider }. Tente de novo daqui a pouco.
error-tried = Fontes consultadas: { $providers }.
error-overloaded = Muitas imagens estão sendo lidas agora e não chegou a vez desta. Tente de novo em alguns segundos.
error-rate-limited = Pesquisas demais em pouco tempo. Tente de novo daqui a pouco.
error-rate-limited-until = Pesquisas demais em pouco tempo. Tente de novo { $when }.
error-quota = A cota de pesquisas acabou.
error-quota-until = A cota de pesquisas acabou. Ela é renovada { $when }.
error-quota-provider = A cota de { $provider } acabou.
error-quota-provider-until = A cota de { $provider } acabou. Ela é renovada { $when }.
error-expired = Esta resposta tem mais de { $kept }, então os botões dela não funcionam mais.
error-expired-picture = Esta resposta tem mais de { $kept }, então os botões dela não funcionam mais. As imagens enviadas não são guardadas: envie a sua de novo com /identificar ou com Apps → Identificar imagem na mensagem.
error-expired-gone = Esta resposta não é mais guardada, então os botões dela não funcionam mais. Quem fez a pesquisa ainda pode excluí-la. Pesquise de novo com um comando.
error-page-gone = A mensagem desta página foi excluída. Pesquise de novo com um comando.
error-not-yours = Só quem fez a pesquisa, ou um moderador com a permissão Gerenciar mensagens, pode fazer isto.
error-moderators-only = Só moderadores podem fazer isto. É preciso ter a permissão { $permission }.
error-page-number = Informe um número de página de 1 a { $pages }.
error-too-often-commands = Comandos demais em pouco tempo. Tente de novo { $when }.
error-too-often-presses = Cliques demais em pouco tempo. Tente de novo { $when }.
error-too-often-hides = Você ocultou várias páginas em pouco tempo. Peça ajuda a um moderador ou tente de novo { $when }.
error-busy-all = O Magpie tem trabalho demais no momento. Tente de novo em alguns segundos.
error-busy-person = Espere a resposta dos seus últimos pedidos e tente de novo.
error-busy-message = Pessoas demais estão usando esta mensagem no momento. Tente de novo em alguns segundos.
error-too-slow = Isso demorou demais e foi interrompido. Tente de novo.
error-restarting = O Magpie está sendo reiniciado. Tente de novo em um minuto.
error-storage = O armazenamento do Magpie não está acessível no momento. Tente de novo em um minuto.
error-discord = O Discord não aceitou a resposta. Tente de novo.
error-unknown = Algo deu errado. O operador deste bot pode encontrar o erro no log pelo código de rastreamento abaixo.

## Permissions, as Discord's client calls them

permission-manage_messages = Gerenciar mensagens
permission-manage_channels = Gerenciar canais
permission-manage_guild = Gerenciar servidor
