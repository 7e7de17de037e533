# Words of /about, in Brazilian Portuguese.

about-title = O Magpie encontra imagens e diz de onde elas vêm
about-help =
    `/imagem` pesquisa, `/tendências` mostra o que as pessoas procuram e `/identificar` diz o que é uma imagem e de onde ela vem; *Apps → Identificar imagem*, em qualquer mensagem, também. Passe as páginas com os botões ou reagindo com ◀️ ▶️.
about-providers = De onde vêm as imagens
about-provider-search = pesquisa
about-provider-insights = identificação
about-provider-trending = tendências
about-provider = **{ $title }**: { $verbs }
about-provider-left =
    { $scope ->
        [server] restam { $left } de { $limit } para este servidor
        [person] restam { $left } de { $limit } para você
       *[provider] restam { $left } de { $limit }
    } { $kind ->
        [rolling] em 24 horas
        [month] este mês
       *[day] hoje
    }
about-provider-resting = em pausa depois de falhas; volta { $when }
about-provider-terms = termos
about-privacy = O que o Magpie guarda
about-privacy-text =
    Cada página por { $page }, para que os botões funcionem, e a pesquisa dela por { $asked }, para que possa ser refeita; as configurações dos servidores; quantas vezes algo foi pesquisado, sem saber por quem. Nenhuma imagem, nenhuma mensagem. Suas palavras e imagens só vão para as fontes acima quando você pede, e sem o seu nome.
    { $remember ->
        [yes] Suas pesquisas recentes são guardadas para você, porque você pediu.
       *[no] Suas pesquisas recentes não são guardadas.
    }
about-contact = Quem opera este bot
about-contact-none = O operador não deixou nenhum contato.
about-version = Magpie { $version }
about-button-remember = Lembrar minhas pesquisas
about-button-forget-searches = Esquecer minhas pesquisas
about-button-delete = Excluir meus dados
about-delete-confirm = Excluir tudo o que o Magpie guarda sobre você? Suas respostas ficam nos canais, mas os botões delas param de funcionar; só *Excluir* continua funcionando para você. Não dá para desfazer.
about-button-delete-now = Excluir tudo
about-button-keep = Cancelar
about-kept = Nada foi excluído.
about-deleted = Tudo o que era guardado sobre você foi excluído: suas páginas, suas pesquisas recentes e suas escolhas.
about-remembering = A partir de agora suas pesquisas são guardadas, só para você: elas aparecem como sugestões enquanto você digita.
about-not-remembering = Suas pesquisas recentes foram esquecidas e nenhuma será guardada a partir de agora.
