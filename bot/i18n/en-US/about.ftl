# Words of /about.

about-title = Magpie finds pictures and says where they come from
about-help =
    `/image` searches, `/trending` shows what people look for, `/identify` says what a picture is and where it comes from; so does *Apps → Identify image* on any message. Turn pages with the buttons or by reacting ◀️ ▶️.
about-providers = Where pictures come from
about-provider-search = search
about-provider-insights = identification
about-provider-trending = trends
about-provider = **{ $title }**: { $verbs }
about-provider-left =
    { $scope ->
        [server] { $left } of { $limit } left for this server
        [person] { $left } of { $limit } left for you
       *[provider] { $left } of { $limit } left
    } { $kind ->
        [rolling] in 24 hours
        [month] this month
       *[day] today
    }
about-provider-resting = resting after failures, back { $when }
about-provider-terms = terms
about-privacy = What Magpie keeps
about-privacy-text =
    A page for { $page }, so that its buttons work, and what was asked on it for { $asked }, so that it can be asked again; settings of servers; how often something was searched, without who. No pictures, no messages. Your words and pictures go to the providers above only when you ask, without your name.
    { $remember ->
        [yes] Your own recent searches are kept for you, because you asked for it.
       *[no] Your own recent searches are not kept.
    }
about-contact = Who runs this bot
about-contact-none = The operator left no contact.
about-version = Magpie { $version }
about-button-remember = Remember my searches
about-button-forget-searches = Forget my searches
about-button-delete = Delete my data
about-delete-confirm = Delete everything Magpie keeps about you? Your answers stay in their channels, but their buttons stop working; only *Delete* still works for you. This cannot be undone.
about-button-delete-now = Delete everything
about-button-keep = Cancel
about-kept = Nothing was deleted.
about-deleted = Everything that was kept about you is deleted: your pages, your recent searches, your choices.
about-remembering = Your searches are kept from now on, for you alone: they are offered to you while you type.
about-not-remembering = Your recent searches are forgotten, and none are kept from now on.
