# Words of /about, in Japanese.

about-title = Magpieは画像を見つけ、その出どころを伝えます
about-help =
    `/画像` は検索、`/トレンド` はみんなが探しているもの、`/画像を調べる` は画像が何でどこから来たかを表示します。どのメッセージでも *アプリ → 画像を調べる* が使えます。ページはボタンか、◀️ ▶️ のリアクションでめくれます。
about-providers = 画像の提供元
about-provider-search = 検索
about-provider-insights = 画像を調べる
about-provider-trending = トレンド
about-provider = **{ $title }**：{ $verbs }
about-provider-left =
    { $scope ->
        [server] このサーバーの残り{ $left }／{ $limit }回
        [person] あなたの残り{ $left }／{ $limit }回
       *[provider] 残り{ $left }／{ $limit }回
    }{ $kind ->
        [rolling] （24時間）
        [month] （今月）
       *[day] （今日）
    }
about-provider-resting = エラーが続いたため休止中、{ $when }に再開
about-provider-terms = 利用規約
about-privacy = Magpieが保存するもの
about-privacy-text =
    ページは、ボタンが動くように{ $page }保存します。その検索は、もう一度検索できるように{ $asked }保存します。ほかに保存するのは、サーバーの設定と、何が何回検索されたか（誰が検索したかは含みません）です。画像やメッセージは保存しません。あなたの言葉や画像が上の提供元に送られるのは、あなたが頼んだときだけで、名前は送られません。
    { $remember ->
        [yes] ご希望により、最近の検索をあなたのために保存しています。
       *[no] 最近の検索は保存していません。
    }
about-contact = このボットの運営者
about-contact-none = 運営者の連絡先は登録されていません。
about-version = Magpie { $version }
about-button-remember = 検索履歴を保存する
about-button-forget-searches = 検索履歴を消す
about-button-delete = 自分のデータを削除
about-delete-confirm = Magpieが保存しているあなたのデータをすべて削除しますか？結果はチャンネルに残りますが、ボタンは使えなくなります（あなたの「削除」だけは使えます）。この操作は取り消せません。
about-button-delete-now = すべて削除
about-button-keep = キャンセル
about-kept = 何も削除しませんでした。
about-deleted = あなたについて保存していたもの（ページ、最近の検索、設定）をすべて削除しました。
about-remembering = これからあなたの検索を保存します。入力中の候補として、あなただけに表示されます。
about-not-remembering = 最近の検索を消しました。これからは保存しません。
