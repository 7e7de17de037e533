# Sentences for what went wrong, in Japanese. Each is shown privately, with the trace id below it.

error-trace = トレースID { $trace }
error-invalid-request = このままでは検索できません。「{ $parameter }」が正しくありません。
error-invalid-request-plain = このままでは検索できません。
error-two-sizes = { $side }は、ちょうどの値か、下限と上限のどちらか一方で指定してください。
error-picture-too-large = この画像は大きすぎます。
error-picture-too-large-limit = この画像は大きすぎます。上限は{ $limit }です。
error-picture-not-a-picture = これは読み取れる画像ではありません。
error-picture-too-many-pixels = この画像はピクセル数が多すぎます。
error-picture-too-slow = この画像の読み取りに時間がかかりすぎました。
error-picture-unsafe-address = このアドレスは使えません。ウェブ上に公開されている画像のアドレスを指定してください。
error-picture-unreachable = そのアドレスから画像を取得できませんでした。
error-picture-refused = この画像は使えません。
error-not-supported = ここで使える画像の提供元は、どれもこれに対応していません。
error-not-supported-filters = ここで使える画像の提供元は、どれも次のフィルターに対応していません：{ $filters }
error-level = 「{ $level }」を守れる画像の提供元がここにはないため、どこにも問い合わせませんでした。
error-blocked-forbidden = Magpieは、ここでもほかの場所でも、この検索を行いません。
error-blocked-word = この検索には、ブロックされた言葉が含まれています。
error-blocked-host = このサイトはここでブロックされています。
error-blocked-operator = サイトを指定する検索（site: や inurl: など）は、ここでは許可されていません。モデレーターは /safesearch 許可 でサイトを許可できます。
error-blocked = この検索はここでは許可されていません。
error-misconfigured = 画像の提供元の設定に問題があります。このボットの運営者による修正が必要です。
error-misconfigured-provider = { $provider }の設定に問題があります。このボットの運営者による修正が必要です。
error-unavailable = 現在、画像の提供元に接続できません。しばらくしてからもう一度お試しください。
error-unavailable-provider = 現在、{ $provider }に接続できません。しばらくしてからもう一度お試しください。
error-tried = 試した提供元：{ $providers }
error-overloaded = 現在、多くの画像を読み取っているため、この画像の順番が来ませんでした。数秒後にもう一度お試しください。
error-rate-limited = 短時間に検索が多すぎます。しばらくしてからもう一度お試しください。
error-rate-limited-until = 短時間に検索が多すぎます。{ $when }にもう一度お試しください。
error-quota = 検索の利用枠を使い切りました。
error-quota-until = 検索の利用枠を使い切りました。{ $when }に更新されます。
error-quota-provider = { $provider }の利用枠を使い切りました。
error-quota-provider-until = { $provider }の利用枠を使い切りました。{ $when }に更新されます。
error-expired = この結果は{ $kept }以上前のものなので、ボタンは使えなくなりました。
error-expired-picture = この結果は{ $kept }以上前のものなので、ボタンは使えなくなりました。送られた画像は保存していません。/画像を調べる、またはメッセージの「アプリ → 画像を調べる」で、もう一度送ってください。
error-expired-gone = この結果はもう保存されていないので、ボタンは使えなくなりました。検索した本人は今も削除できます。コマンドでもう一度検索してください。
error-page-gone = このページのメッセージは削除されました。コマンドでもう一度検索してください。
error-not-yours = これができるのは、実行した本人か、「メッセージの管理」権限を持つモデレーターだけです。
error-moderators-only = これができるのはモデレーターだけです。必要な権限：「{ $permission }」
error-page-number = ページ番号は1から{ $pages }までで指定してください。
error-too-often-commands = 短時間にコマンドが多すぎます。{ $when }にもう一度お試しください。
error-too-often-presses = 短時間に操作が多すぎます。{ $when }にもう一度お試しください。
error-too-often-hides = 短時間に複数のページを非表示にしました。モデレーターに頼むか、{ $when }にもう一度お試しください。
error-busy-all = 現在、Magpieの処理が混み合っています。数秒後にもう一度お試しください。
error-busy-person = 前回までのリクエストへの応答を待ってから、もう一度お試しください。
error-busy-message = 現在、このメッセージを操作している人が多すぎます。数秒後にもう一度お試しください。
error-too-slow = 時間がかかりすぎたため中止しました。もう一度お試しください。
error-restarting = Magpieを再起動しています。1分後にもう一度お試しください。
error-storage = 現在、Magpieのストレージに接続できません。1分後にもう一度お試しください。
error-discord = Discordが応答を受け付けませんでした。もう一度お試しください。
error-unknown = 問題が発生しました。このボットの運営者は、下のトレースIDでログを確認できます。

## Permissions, as Discord's client calls them

permission-manage_messages = メッセージの管理
permission-manage_channels = チャンネルの管理
permission-manage_guild = サーバー管理
