# What /safesearch says. Mentions in these sentences ping nobody.

safesearch-level-Off = Off
safesearch-level-Moderate = Moderate
safesearch-level-Strict = Strict
safesearch-level-inherit = as the next wider setting
safesearch-scope-server = The whole server
safesearch-somebody = somebody

safesearch-here = SafeSearch here is **{ $level }**.
safesearch-effect-Off = Nothing is filtered except what this server blocks.
safesearch-effect-Moderate = Adult pictures and adult sites are left out.
safesearch-effect-Strict = Adult pictures, adult sites and adult words are left out.

safesearch-rule-operator = The operator of this bot allows nothing less strict.
safesearch-rule-not-age-restricted = This server's setting says Off, but this channel is not age-restricted, so Off cannot hold here.
safesearch-rule-channel = This channel is set to it.
safesearch-rule-category = This channel follows its category.
safesearch-rule-server = This channel follows the server.
safesearch-rule-default = Nobody here has set anything, so the bot's default holds.
safesearch-rule-dm = In direct messages it is always Strict.
safesearch-rule-private = In private channels it is always Strict.
safesearch-rule-user-install = This server did not add the bot, so it is always Strict here.
safesearch-rule-unknown = It cannot be told for certain what kind of channel this is, so it is Strict.
safesearch-rule-own = You asked for it yourself.
safesearch-set-by = { $who } set that { $when }.

safesearch-set = { $scope } is now set to { $level }.
safesearch-cleared = { $scope } has no setting of its own any more; the next wider one holds.
safesearch-unchanged = { $scope } was like this already.
safesearch-confirm = This makes { $scope } less strict: from { $before } to { $after }. Do it?
safesearch-confirm-button = Make it less strict
safesearch-off-not-offered = The operator of this bot does not allow Off.
safesearch-off-needs-age = Off works in age-restricted channels only. This channel is not age-restricted.
safesearch-no-category = This channel is in no category.
safesearch-moved = This channel has moved since you asked. Give the command again.
safesearch-no-channel = It cannot be told which channel this is. Try it in the channel itself.

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

safesearch-blocked-host = { $entry } is blocked now, with all below it.
safesearch-blocked-word = { $entry } is blocked now.
safesearch-allowed = Searches may name { $entry } now, as in site:{ $bare }.
safesearch-unblocked = { $entry } is taken off the lists.
safesearch-already = { $entry } is on that list already.
safesearch-not-listed = { $entry } is on none of the lists.
safesearch-bad-host = That is not the name of a site. Give a name such as example.com.
safesearch-bad-word = That is not a word. Give a word or a short phrase of at most 100 characters.
safesearch-full = The lists of this server are full. Take something off first.

safesearch-audit-none = Nothing has been changed yet.
safesearch-audit-level = { $when } { $who }: { $scope } from { $before } to { $after }
safesearch-audit-block-host = { $when } { $who } blocked { $entry }
safesearch-audit-block-word = { $when } { $who } blocked { $entry }
safesearch-audit-allow = { $when } { $who } allowed { $entry }
safesearch-audit-unblock-host = { $when } { $who } unblocked { $entry }
safesearch-audit-unblock-word = { $when } { $who } unblocked { $entry }
safesearch-audit-disallow = { $when } { $who } no longer allows { $entry }
