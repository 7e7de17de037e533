# What /safesearch says, in Japanese. Mentions in these sentences ping nobody.

safesearch-level-Off = オフ
safesearch-level-Moderate = 標準
safesearch-level-Strict = 厳密
safesearch-level-inherit = 上位の設定
safesearch-scope-server = サーバー全体
safesearch-somebody = 誰か

safesearch-here = ここのセーフサーチは**「{ $level }」**です。
safesearch-in = { $scope }のセーフサーチは**「{ $level }」**です。
safesearch-inherited = { $scope }：**{ $level }**
safesearch-effect-Off = このサーバーがブロックしているもの以外は、何も除外されません。
safesearch-effect-Moderate = 成人向けの画像とサイトが除外されます。
safesearch-effect-Strict = 成人向けの画像、サイト、言葉が除外されます。

safesearch-rule-operator = このボットの運営者は、これより緩い設定を許可していません。
safesearch-rule-not-age-restricted = サーバーの設定は「オフ」ですが、このチャンネルは年齢制限チャンネルではないため、ここでは「オフ」にできません。
safesearch-rule-channel = このチャンネルでそう設定されています。
safesearch-rule-category = このチャンネルはカテゴリーの設定に従っています。
safesearch-rule-server = このチャンネルはサーバーの設定に従っています。
safesearch-rule-default = ここでは何も設定されていないため、ボットの既定値が有効です。
safesearch-rule-dm = ダイレクトメッセージでは常に「厳密」です。
safesearch-rule-private = プライベートチャンネルでは常に「厳密」です。
safesearch-rule-user-install = このサーバーはボットを追加していないため、ここでは常に「厳密」です。
safesearch-rule-unknown = このチャンネルの種類を確認できないため、「厳密」になります。
safesearch-rule-own = この検索であなたが指定しました。
safesearch-rule-inherited = 個別の設定はなく、上位の設定に従います。
safesearch-set-by = { $who }が{ $when }に設定しました。

safesearch-set = { $scope }を「{ $level }」に設定しました。
safesearch-cleared = { $scope }の設定を解除しました。上位の設定が有効になります。
safesearch-cleared-server = { $scope }の設定を解除しました。ボットの既定値が有効になります。
safesearch-unchanged = { $scope }はすでにその設定です。
safesearch-confirm = { $scope }を「{ $before }」から「{ $after }」に緩めます。よろしいですか？
safesearch-confirm-button = 緩める
safesearch-off-not-offered = このボットの運営者は「オフ」を許可していません。
safesearch-off-needs-age = 「オフ」は年齢制限チャンネルでのみ使えます。このチャンネルは年齢制限チャンネルではありません。
safesearch-no-category = このチャンネルはどのカテゴリーにも入っていません。
safesearch-gone = このチャンネルは存在しないか、ボットから見えません。/safesearch 表示 でパネルを開き直してください。
safesearch-no-channel = これがどのチャンネルか確認できません。チャンネル内で実行してください。

safesearch-list-level = { $scope }：**{ $level }**（{ $who }が{ $when }に設定）
safesearch-list-no-levels = このサーバーではレベルが設定されていません。
safesearch-list-host = ブロックしたサイト：{ $entries }
safesearch-list-word = ブロックした言葉：{ $entries }
safesearch-list-allow = 検索で指定できるサイト：{ $entries }
safesearch-list-no-entries = このサーバーでは何もブロックも許可もされていません。
safesearch-more = … ほか{ $count }件

safesearch-blocked-host = { $entry }をサブドメインも含めてブロックしました。
safesearch-blocked-word = { $entry }をブロックしました。
safesearch-allowed = site:{ $bare } のように、検索で{ $entry }を指定できるようになりました。
safesearch-unblocked = { $entry }をリストから外しました。
safesearch-already = { $entry }はすでにそのリストにあります。
safesearch-not-listed = { $entry }はどのリストにもありません。
safesearch-bad-host = サイトの名前ではありません。example.com のような名前を指定してください。
safesearch-bad-word = 言葉として使えません。100文字以内の単語または短い語句を指定してください。
safesearch-full = このサーバーのリストはいっぱいです。先に何かを外してください。

safesearch-audit-none = 変更はまだありません。
safesearch-audit-level = { $when } { $who }：{ $scope }を「{ $before }」から「{ $after }」に変更
safesearch-audit-block-host = { $when } { $who }：{ $entry }をブロック
safesearch-audit-block-word = { $when } { $who }：{ $entry }をブロック
safesearch-audit-allow = { $when } { $who }：{ $entry }を許可
safesearch-audit-unblock-host = { $when } { $who }：{ $entry }のブロックを解除
safesearch-audit-unblock-word = { $when } { $who }：{ $entry }のブロックを解除
safesearch-audit-disallow = { $when } { $who }：{ $entry }の許可を取り消し

## The panel

safesearch-panel-title = セーフサーチ
safesearch-panel-inherit = 上位の設定に従う
safesearch-panel-target = 別のチャンネルまたはカテゴリー
safesearch-panel-lists = リスト
safesearch-panel-history = 履歴
safesearch-panel-back = 戻る
safesearch-button-undo = 元に戻す
safesearch-panel-remove = リストから削除
safesearch-panel-add-host = サイトをブロック
safesearch-panel-add-word = 言葉をブロック
safesearch-panel-add-allow = サイトを許可
safesearch-panel-kind-host = ブロック中のサイト
safesearch-panel-kind-word = ブロック中の言葉
safesearch-panel-kind-allow = 検索で指定できるサイト
