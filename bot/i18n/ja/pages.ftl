# Words of pages, in Japanese: search answers, trending, their controls.
# Footers, buttons and menus show no markdown; keep button words under 80 characters.

## Where a picture comes from

credit-by = 作者：{ $author }
credit-by-linked = 作者：{ $author }（[プロフィール]({ $url })）
credit-author-linked = { $author }（[プロフィール]({ $url })）
credit-licence = { $licence }
credit-licence-linked = { $licence }（[条件]({ $url })）
credit-licence-at = { $licence } ({ $url })
credit-via = 提供元：{ $provider }
credit-terms-commons = ウィキメディア・コモンズの自由なライセンスのファイル
credit-terms-commons-sha1 = { credit-terms-commons }
credit-terms-openverse = Openverseで見つかったオープンライセンスの画像
credit-terms-wikifeeds = ウィキペディア（文章はCC BY-SA 4.0）
credit-title = この画像のクレジット表記
credit-markdown = Markdown
credit-plain = プレーンテキスト
credit-title-quoted = 「{ $title }」
credit-unknown-licence = この画像のライセンスは不明です。使う前に権利者に確認してください。
licence-public-domain = パブリックドメイン
untitled = 無題の画像
alt-untitled = { $host }の画像
alt-by = { $title }（作者：{ $author }）
alt-nothing-known = 無題の画像
provider-collection = Magpieのコレクション
provider-commons-sha1 = Wikimedia Commons（同一ファイル）
provider-wikifeeds = 今日のウィキペディア
provider-recognizer = Magpieの画像認識
provider-text-reader = Magpieの文字認識
provider-vision = 画像言語モデル

## Footer of a page

level-off = セーフサーチ：オフ
level-moderate = セーフサーチ：標準
level-strict = セーフサーチ：厳密
hidden-count = { $count }件を非表示
picture-size = { $width } × { $height }

## Heads of pages

head-search = 「{ $query }」
head-similar = 「{ $query }」に似た画像
head-trending = トレンド：{ $category }
showing-results-for = **{ $altered }** の検索結果を表示しています。「{ $original }」で検索するには ⋯ を押してください。

## Remarks about how an answer was made

note-filter-not-applied = { $provider }は次のフィルターを適用できませんでした：{ $filter }
note-filter-not-applied-anywhere = 次のフィルターは適用できませんでした：{ $filter }
note-part-not-alone = { $provider }は、指定した部分だけでなく画像全体を調べました。
note-query-cut = { $provider }は、キーワードの先頭だけを読み取りました。
note-provider-failed = { $provider }が回答できませんでした（{ $why }）。
why-down = 停止中
why-quota = 利用枠を使い切った
why-rate = 問い合わせが多すぎた
why-level = このセーフサーチのレベルを守れない
why-unsupported = 対応していない
why-misconfigured = 運営者による設定の修正が必要
why-empty = 何も見つからなかった
note-withheld = 一致した{ $count }件は、このセーフサーチのレベルでは表示されません。
note-unrated = コレクションの画像{ $count }枚は、レーティングがないため除外されています。運営者は次のコマンドで指定できます：magpie index --rating safe
note-some-words = 次の言葉すべてに合う画像はありません：{ $words }。一部の言葉に合う画像を表示しています。
note-like-meaning = その言葉の説明がある画像はないため、代わりに次の言葉で検索しました：{ $words }
note-like-pictures = 次の言葉で説明された画像はありません：{ $words }。それらしい画像を表示しています。
note-stale = これは{ $date }に保存された結果です。
note-text-only = { $provider }は画像をフィルタリングしないため、タイトルとリンクだけを表示しています。
note-rated = { $provider }は画像をフィルタリングしません。表示中の画像はこちらのプログラムが確認しましたが、間違うこともあります。
note-damaged = ファイルが破損しています。画像の一部が欠けています。
note-picture-missing = この画像はここでは表示できません。
note-picture-linked = ページへのリンクは上にあります。
note-spoiler = ネタバレとしてマークされた画像のため、ここには表示しません。
note-picture-gone = この画像はもうないか、ここでは許可されていません。

## Controls

button-more-like-this = 似ている画像
button-details = 詳細
open-number = { $number } を開く
panel-title = その他の操作：
button-credit = クレジット
button-open-page = ページを開く
button-full-image = 元の画像
button-filter = フィルター
button-without-filters = フィルターなし
button-grid = グリッド
button-single = 1枚ずつ
button-share = 共有
button-hide = 非表示
button-restore = 再表示
button-delete = 削除
button-block-site = このサイトをブロック
button-search-this = これを検索
button-again = もう一度検索
select-picture = 画像を選んで開く
select-refine = 検索を絞り込む
select-category = カテゴリー
jump-title = ページへ移動
jump-label = ページ番号
jump-range = 1～{ $pages }

refine-instead = { $query } で検索
refine-spelling = スペル
refine-expansion = さらに絞り込む
refine-pivot = 「{ $word }」の代わりに
refine-related = 関連
refine-similar = 類似

## Filter window

filter-title = フィルター
filter-label-size = サイズ
filter-label-aspect = 形
filter-label-color = 色
filter-label-imageType = 画像の種類
filter-label-license = ライセンス
filter-label-freshness = 時期
filter-label-imageContent = 内容
filter-any = 指定なし
filter-in-force = { $name }：{ $value }

## What happened

hidden-note-asker = 検索した本人がこのページを非表示にしました。
hidden-note-member = メンバーがこのページを非表示にしました。
hidden-note-moderator = モデレーターがこのページを非表示にしました。
hidden-note-who-asker = 本人またはモデレーター（「メッセージの管理」権限）は再表示や削除ができます。
hidden-note-who-member = モデレーター（「メッセージの管理」権限）は再表示でき、検索した本人は削除できます。
hidden-note-who-moderator = 再表示できるのはモデレーター（「メッセージの管理」権限）だけです。検索した本人は削除できます。
hidden-note-dm = 再表示や削除ができます。
shared-by = { $user }が共有しました
site-blocked = これからこのサーバーでは{ $host }をブロックします。このサイトの画像はこのページから消えました。
empty-title = 見つかりませんでした
empty-hidden-title = ここに表示できる画像はありません
empty-search = 「{ $query }」に一致するものは見つかりませんでした。
empty-filtered = 次のフィルターでは「{ $query }」に一致するものは見つかりませんでした：{ $filters }
empty-hidden = 「{ $query }」で{ $count }件の画像が見つかりましたが、ここで許可されているものはありません。
empty-similar = 似たものは見つかりませんでした。
empty-trending = まだトレンドはありません。トレンドは検索から生まれるので、少し検索してからもう一度見てください。

## Filters in words

filter-name-q = キーワード
filter-name-size = サイズ
filter-name-color = 色
filter-name-imageType = 画像の種類
filter-name-license = ライセンス
filter-name-aspect = 形
filter-name-imageContent = 内容
filter-name-freshness = 時期
filter-name-height = 高さ
filter-name-width = 幅
filter-name-minHeight = 最小の高さ
filter-name-maxHeight = 最大の高さ
filter-name-minWidth = 最小幅
filter-name-maxWidth = 最大幅
filter-name-minFileSize = 最小ファイルサイズ
filter-name-maxFileSize = 最大ファイルサイズ

choice-size-Small = 小
choice-size-Medium = 中
choice-size-Large = 大
choice-size-Wallpaper = 壁紙
choice-color-ColorOnly = カラー
choice-color-Monochrome = 白黒
choice-color-Black = 黒
choice-color-Blue = 青
choice-color-Brown = 茶
choice-color-Gray = 灰色
choice-color-Green = 緑
choice-color-Orange = オレンジ
choice-color-Pink = ピンク
choice-color-Purple = 紫
choice-color-Red = 赤
choice-color-Teal = 青緑
choice-color-White = 白
choice-color-Yellow = 黄
choice-imageType-AnimatedGif = アニメーションGIF
choice-imageType-Clipart = クリップアート
choice-imageType-Line = 線画
choice-imageType-Photo = 写真
choice-imageType-Shopping = 販売中の商品
choice-imageType-Transparent = 透過
choice-license-Any = 既知のライセンスすべて
choice-license-Public = パブリックドメイン
choice-license-Share = 共有可能
choice-license-ShareCommercially = 共有可能（商用も可）
choice-license-Modify = 改変して共有可能
choice-license-ModifyCommercially = 改変して共有可能（商用も可）
choice-aspect-Square = 正方形
choice-aspect-Wide = 横長
choice-aspect-Tall = 縦長
choice-imageContent-Face = 顔
choice-imageContent-Portrait = 上半身
choice-freshness-Day = 24時間以内
choice-freshness-Week = 1週間以内
choice-freshness-Month = 1か月以内
choice-view-single = シングル：1ページに1枚
choice-view-grid = グリッド：1ページに4枚
choice-view-gallery = ギャラリー：説明付きで6枚
choice-safesearch-Moderate = 標準
choice-safesearch-Strict = 厳密

## What /display says

display-view = ここでの表示形式は「{ $view }」です。
display-private-yes = 結果は最初は実行した人だけに表示され、本人が共有できます。
display-private-no = 実行した人が非公開を選ばないかぎり、結果は全員に表示されます。
display-reactions-yes = ページはボタンとリアクションでめくれます。
display-reactions-no = ページはボタンだけでめくれます。
