# What /safesearch says, in Brazilian Portuguese. Mentions in these sentences ping nobody.

safesearch-level-Off = Desativado
safesearch-level-Moderate = Moderado
safesearch-level-Strict = Estrito
safesearch-level-inherit = herdado
safesearch-scope-server = O servidor inteiro
safesearch-somebody = alguém

safesearch-here = SafeSearch aqui: **{ $level }**.
safesearch-in = SafeSearch em { $scope }: **{ $level }**.
safesearch-inherited = { $scope }: **{ $level }**
safesearch-effect-Off = Nada é filtrado, além do que este servidor bloqueia.
safesearch-effect-Moderate = Imagens e sites de conteúdo adulto ficam de fora.
safesearch-effect-Strict = Imagens, sites e palavras de conteúdo adulto ficam de fora.

safesearch-rule-operator = O operador deste bot não permite nada menos estrito.
safesearch-rule-not-age-restricted = A configuração deste servidor é Desativado, mas este canal não tem restrição de idade, então isso não pode valer aqui.
safesearch-rule-channel = Este canal está configurado assim.
safesearch-rule-category = Este canal segue a categoria dele.
safesearch-rule-server = Este canal segue o servidor.
safesearch-rule-default = Ninguém configurou nada aqui, então vale o padrão do bot.
safesearch-rule-dm = Nas mensagens diretas é sempre Estrito.
safesearch-rule-private = Nos canais privados é sempre Estrito.
safesearch-rule-user-install = Este servidor não adicionou o bot, então aqui é sempre Estrito.
safesearch-rule-unknown = Não dá para saber com certeza que tipo de canal é este, então é Estrito.
safesearch-rule-own = Você escolheu isso para esta pesquisa.
safesearch-rule-inherited = Não há configuração própria; vale a configuração acima.
safesearch-set-by = { $who } definiu isso { $when }.

safesearch-set = { $scope }: agora o nível é { $level }.
safesearch-cleared = { $scope }: não há mais configuração própria; vale a configuração acima.
safesearch-cleared-server = { $scope }: não há mais configuração própria; vale o padrão do bot.
safesearch-unchanged = { $scope }: já estava assim.
safesearch-confirm = { $scope }: o nível vai ficar menos estrito, de { $before } para { $after }. Continuar?
safesearch-confirm-button = Deixar menos estrito
safesearch-off-not-offered = O operador deste bot não permite Desativado.
safesearch-off-needs-age = Desativado só funciona em canais com restrição de idade. Este canal não tem essa restrição.
safesearch-no-category = Este canal não está em nenhuma categoria.
safesearch-gone = Este canal não existe mais ou o bot não o vê. Abra o painel de novo com /safesearch ver.
safesearch-no-channel = Não dá para saber que canal é este. Tente no próprio canal.

safesearch-list-level = { $scope }: **{ $level }**, definido por { $who } { $when }
safesearch-list-no-levels = Nenhum nível está definido neste servidor.
safesearch-list-host = Sites bloqueados: { $entries }
safesearch-list-word = Palavras bloqueadas: { $entries }
safesearch-list-allow = Sites que as pesquisas podem indicar: { $entries }
safesearch-list-no-entries = Este servidor não bloqueia nem permite nada.
safesearch-more = { $count ->
    [one] … e mais { $count }
   *[other] … e mais { $count }
}

safesearch-blocked-host = { $entry } está bloqueado, incluindo os subdomínios.
safesearch-blocked-word = { $entry } foi bloqueado.
safesearch-allowed = A partir de agora as pesquisas podem indicar { $entry }, como em site:{ $bare }.
safesearch-unblocked = { $entry } saiu das listas.
safesearch-already = { $entry } já está nessa lista.
safesearch-not-listed = { $entry } não está em nenhuma das listas.
safesearch-bad-host = Isso não é o nome de um site. Informe um nome como example.com.
safesearch-bad-word = Isso não é uma palavra. Informe uma palavra ou frase curta de no máximo 100 caracteres.
safesearch-full = As listas deste servidor estão cheias. Remova um item primeiro.

safesearch-audit-none = Nada foi mudado ainda.
safesearch-audit-level = { $when } { $who }: { $scope }, { $before } → { $after }
safesearch-audit-block-host = { $when } { $who } bloqueou { $entry }
safesearch-audit-block-word = { $when } { $who } bloqueou { $entry }
safesearch-audit-allow = { $when } { $who } permitiu { $entry }
safesearch-audit-unblock-host = { $when } { $who } desbloqueou { $entry }
safesearch-audit-unblock-word = { $when } { $who } desbloqueou { $entry }
safesearch-audit-disallow = { $when } { $who } deixou de permitir { $entry }

## The panel

safesearch-panel-title = SafeSearch
safesearch-panel-inherit = Herdar
safesearch-panel-target = Outro canal ou categoria
safesearch-panel-lists = Listas
safesearch-panel-history = Histórico
safesearch-panel-back = Voltar
safesearch-button-undo = Desfazer
safesearch-panel-remove = Remover das listas
safesearch-panel-add-host = Bloquear um site
safesearch-panel-add-word = Bloquear uma palavra
safesearch-panel-add-allow = Permitir um site
safesearch-panel-kind-host = Site bloqueado
safesearch-panel-kind-word = Palavra bloqueada
safesearch-panel-kind-allow = Site que as pesquisas podem indicar
