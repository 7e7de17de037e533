# What /safesearch says. Mentions in these sentences ping nobody.

safesearch-level-Off = Off
safesearch-level-Moderate = Moderate
safesearch-level-Strict = Strict
safesearch-level-inherit = inherited
safesearch-scope-server = The whole server
safesearch-somebody = somebody

safesearch-here = SafeSearch here is **{ $level }**.
safesearch-in = SafeSearch in { $scope } is **{ $level }**.
safesearch-inherited = { $scope }: **{ $level }**
safesearch-effect-Off = Nothing is filtered except what this server blocks.
safesearch-effect-Moderate = Adult pictures and adult sites are left out.
safesearch-effect-Strict = Adult pictures, adult sites and adult words are left out.

safesearch-rule-operator = The operator of this bot allows nothing less strict.
safesearch-rule-not-age-restricted = This server's setting says Off, but this channel is not age-restricted, so Off cannot hold here.
safesearch-rule-channel = Set for this channel.
safesearch-rule-category = This channel follows its category.
safesearch-rule-server = This channel follows the server.
safesearch-rule-default = Nobody has set a level here, so the bot's default applies.
safesearch-rule-dm = In direct messages it is always Strict.
safesearch-rule-private = In private channels it is always Strict.
safesearch-rule-user-install = This server did not add the bot, so it is always Strict here.
safesearch-rule-unknown = This channel's type could not be determined, so it is Strict.
safesearch-rule-own = You chose it for this search.
safesearch-rule-inherited = It has no setting of its own and follows the next wider one.
safesearch-set-by = { $who } set that { $when }.

safesearch-set = { $scope } is set to { $level }.
safesearch-cleared = { $scope } no longer has its own setting; it follows the next wider one.
safesearch-cleared-server = { $scope } no longer has its own setting; the bot's default applies.
safesearch-unchanged = { $scope } already had this setting.
safesearch-confirm = { $scope } will be less strict: { $before } → { $after }. Continue?
safesearch-confirm-button = Make less strict
safesearch-off-not-offered = The operator of this bot does not allow Off.
safesearch-off-needs-age = Off works in age-restricted channels only. This channel is not age-restricted.
safesearch-no-category = This channel is in no category.
safesearch-gone = This channel is gone, or the bot cannot see it. Open the panel again with /safesearch show.
safesearch-no-channel = This channel could not be determined. Use the command in the channel itself.
safesearch-list-level = { $scope }: **{ $level }**, set by { $who } { $when }
safesearch-list-no-levels = No level is set in this server.
safesearch-list-host = Blocked sites: { $entries }
safesearch-list-word = Blocked words: { $entries }
safesearch-list-allow = Sites that searches may name: { $entries }
safesearch-list-no-entries = Nothing is blocked or allowed by this server.
safesearch-more = { $count ->
    [one] … and one more
   *[other] … and { $count } more
}

safesearch-blocked-host = { $entry } is blocked, including subdomains.
safesearch-blocked-word = { $entry } is blocked.
safesearch-allowed = Searches may now name { $entry }, as in site:{ $bare }.
safesearch-unblocked = { $entry } was removed from the lists.
safesearch-already = { $entry } is already on that list.
safesearch-not-listed = { $entry } is not on any list.
safesearch-bad-host = That is not the name of a site. Give a name such as example.com.
safesearch-bad-word = That is not a word. Give a word or a short phrase of at most 100 characters.
safesearch-full = This server's lists are full. Remove an entry first.
safesearch-audit-none = Nothing has been changed yet.
safesearch-audit-level = { $when } { $who }: { $scope }, { $before } → { $after }
safesearch-audit-block-host = { $when } { $who } blocked { $entry }
safesearch-audit-block-word = { $when } { $who } blocked { $entry }
safesearch-audit-allow = { $when } { $who } allowed { $entry }
safesearch-audit-unblock-host = { $when } { $who } unblocked { $entry }
safesearch-audit-unblock-word = { $when } { $who } unblocked { $entry }
safesearch-audit-disallow = { $when } { $who } no longer allows { $entry }

## The panel

safesearch-panel-title = SafeSearch
safesearch-panel-inherit = Inherit
safesearch-panel-target = Another channel or category
safesearch-panel-lists = Lists
safesearch-panel-history = History
safesearch-panel-back = Back
safesearch-button-undo = Undo
safesearch-panel-remove = Remove from the lists
safesearch-panel-add-host = Block a site
safesearch-panel-add-word = Block a word
safesearch-panel-add-allow = Allow a site
safesearch-panel-kind-host = Blocked site
safesearch-panel-kind-word = Blocked word
safesearch-panel-kind-allow = Site that searches may name
