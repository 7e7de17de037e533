# Names and descriptions of commands and options in Japanese, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = このボットについて
command-about-description = Magpieの説明、ここでできること、保存するもの

## /image

command-image = 画像
command-image-description = 画像を検索します
option-image-query = キーワード
option-image-query-description = 探したいもの
option-image-size = サイズ
option-image-size-description = 画像の大きさ
option-image-color = 色
option-image-color-description = 主な色
option-image-image-type = 種類
option-image-image-type-description = 画像の種類
option-image-license = ライセンス
option-image-license-description = ライセンスで許可されている必要があること
option-image-aspect = 形
option-image-aspect-description = 正方形、横長、縦長
option-image-image-content = 内容
option-image-image-content-description = 顔、または上半身
option-image-freshness = 時期
option-image-freshness-description = ウェブで見つかった時期
option-image-view = 表示形式
option-image-view-description = 結果の表示のしかた
option-image-private = 非公開
option-image-private-description = 結果をあなただけに表示します
option-image-safesearch = セーフサーチ
option-image-safesearch-description = この場所の設定より厳しくします
option-image-min-width = 最小幅
option-image-min-width-description = 幅の下限（ピクセル）
option-image-min-height = 最小の高さ
option-image-min-height-description = 高さの下限（ピクセル）
option-image-max-width = 最大幅
option-image-max-width-description = 幅の上限（ピクセル）
option-image-max-height = 最大の高さ
option-image-max-height-description = 高さの上限（ピクセル）
option-image-width = 幅
option-image-width-description = ちょうどの幅（ピクセル）
option-image-height = 高さ
option-image-height-description = ちょうどの高さ（ピクセル）
option-image-min-file-size = 最小ファイルサイズ
option-image-min-file-size-description = ファイルサイズの下限（バイト）
option-image-max-file-size = 最大ファイルサイズ
option-image-max-file-size-description = ファイルサイズの上限（バイト）

## /trending

command-trending = トレンド
command-trending-description = みんなが探しているものを見ます
option-trending-category = カテゴリー
option-trending-category-description = 最初に表示するカテゴリー
option-trending-private = 非公開
option-trending-private-description = 結果をあなただけに表示します
option-trending-safesearch = セーフサーチ
option-trending-safesearch-description = この場所の設定より厳しくします

## /display

command-display = 表示設定
command-display-description = このサーバーやチャンネルでの結果の表示のしかた
option-display-view = 表示形式
option-display-view-description = 別の表示形式が選ばれないとき、1ページに表示する画像の数
option-display-private = 非公開
option-display-private-description = 結果を最初は実行した人だけに表示するかどうか
option-display-reactions = リアクション
option-display-reactions-description = ボタンに加えて、ページをめくるリアクションを付けるかどうか
option-display-everywhere = サーバー全体
option-display-everywhere-description = このチャンネルだけでなく、サーバー全体に適用します

## /safesearch

command-safesearch = safesearch
command-safesearch-description = ここで何を表示できるか、誰が決めたか
command-safesearch-show = 表示
command-safesearch-show-description = このチャンネルのセーフサーチを自分だけのパネルで確認・変更します
command-safesearch-set = 設定
command-safesearch-set-description = このチャンネル、カテゴリー、またはサーバーの厳しさを設定します
command-safesearch-clear = 解除
command-safesearch-clear-description = このチャンネル、カテゴリー、またはサーバーを上位の設定に従わせます
command-safesearch-list = 一覧
command-safesearch-list-description = このサーバーの設定、ブロックしたサイトと言葉をすべて表示します
command-safesearch-block = ブロック
command-safesearch-block-description = サイトや言葉をブロックします
command-safesearch-block-host = サイト
command-safesearch-block-host-description = サイトとそのサブドメインのものを一切表示しません
command-safesearch-block-word = 言葉
command-safesearch-block-word-description = その言葉を含むものを一切表示しません
command-safesearch-unblock = ブロック解除
command-safesearch-unblock-description = サイトや言葉をリストから外します
command-safesearch-allow = 許可
command-safesearch-allow-description = site:example.com のように、検索でサイトを指定できるようにします
command-safesearch-audit = 変更履歴
command-safesearch-audit-description = このサーバーのセーフサーチの最近の変更を表示します
option-safesearch-level = レベル
option-safesearch-level-description = どのくらい厳しくするか
option-safesearch-scope = 範囲
option-safesearch-scope-description = 適用する範囲（省略するとこのチャンネル）
option-safesearch-host = サイト
option-safesearch-host-description = サイトの名前（例：example.com）
option-safesearch-word = 言葉
option-safesearch-word-description = 単語または短い語句
option-safesearch-entry = 項目
option-safesearch-entry-description = サイトまたは言葉
choice-safesearch-Off = オフ
choice-scope-channel = このチャンネル
choice-scope-category = このチャンネルのカテゴリー
choice-scope-server = サーバー全体
