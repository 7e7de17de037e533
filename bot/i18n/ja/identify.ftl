# Words of identifying pictures, in Japanese: /画像を調べる, the message menu, and the pages of its answers.
# Footers, buttons and menus show no markdown; keep button words under 80 characters, menu lines under 100.

## The command

command-identify = 画像を調べる
command-identify-description = 画像に何が写っているか、どこから来たかを調べます
option-identify-image = 画像
option-identify-image-description = 調べる画像のファイル
option-identify-url = url
option-identify-url-description = ウェブ上に公開されている画像のアドレス
option-identify-look-for = 調べること
option-identify-look-for-description = 何を調べるか（省略するとすべて）
option-identify-part = 部分
option-identify-part-description = 画像の一部分だけを調べます
option-identify-safesearch = セーフサーチ
option-identify-safesearch-description = このチャンネルの設定より厳しくします
option-identify-private = 非公開
option-identify-private-description = 結果をあなただけに表示します
command-identify-image = 画像を調べる

## The form

identify-form-title = 画像を調べる
identify-form-file = 画像
identify-form-file-description = JPEG、PNG、GIF、WebP、AVIF、TIFF、BMP
identify-form-url = または画像のアドレス
identify-form-nothing = 画像を添付するか、アドレスを入力してください。
identify-both = 画像かアドレスのどちらか一方を指定してください。

## Which picture of a message

identify-no-picture = そのメッセージには画像がありません（添付ファイル、プレビュー、スタンプ、画像へのリンクのいずれもありません）。
identify-no-picture-reply = そのメッセージには、Magpieが見られる画像がありません。返信元のメッセージで「アプリ → 画像を調べる」を使ってください。
identify-which = どの画像ですか？
identify-which-placeholder = 画像を選択
identify-candidate-attachment = 添付ファイル
identify-candidate-video = 動画の静止画
identify-candidate-embed = プレビューの画像
identify-candidate-sticker = スタンプ
identify-candidate-link = リンク
identify-candidate-named = { $kind }：{ $name }

## Pictures that cannot be used

error-picture-broken = この画像は壊れているか、途中で切れています。保存し直したものでお試しください。
error-picture-empty = このファイルは空です。
error-picture-vector = これはベクター画像（SVG）です。PNGで保存してからお試しください。
error-picture-video = これは画像ではなく動画です。静止画を切り出してお試しください。
error-picture-web-page = これは画像ではなくウェブページです。画像そのものを開いて、保存するかアドレスをコピーしてください。
error-picture-gone = その画像はもう読み取れません。/画像を調べる でもう一度送ってください。
error-picture-old-link = このDiscordリンクは不完全か、期限が切れています。メッセージからもう一度コピーするか、そのメッセージで「アプリ → 画像を調べる」を使ってください。
error-picture-no-message = そのメッセージの画像を見ることができません。メッセージのメニューを開き、「アプリ → 画像を調べる」を使ってください。

## Where the picture goes

consent-title = この画像の送り先
consent-words = 調べるために、この画像は{ $providers }に送られます。その前に縮小し、ピクセル以外の情報（場所、カメラ、コメント）をすべて取り除きます。ここには何も保存されません。
consent-server = 実行した本人かモデレーターがこのサーバーを代表して同意できます。その後は誰にも確認しません。
consent-own = 同意すると、次からは確認しません。
consent-own-collection = または、ボット自身のコレクションとだけ照合し、外部には送りません。
consent-send = 送る
consent-inside = 自身のコレクションだけ
consent-never = このサーバーからは送らない
consent-declined = これから、このサーバーの画像はボット自身のコレクションとだけ照合します。モデレーターは /画像の調べ方 で変更できます。
consent-outside-services = 外部のサービス

command-identify-settings = 画像の調べ方
command-identify-settings-description = このサーバーの画像をどこで調べてよいか
option-identify-where = 場所
option-identify-where-description = 自身のコレクションだけ、外部のサービスも、または先に確認
choice-identify-inside = 自身のコレクションだけ
choice-identify-outside = 外部のサービスも
choice-identify-ask = 先に確認する
identify-setting-inside = このサーバーの画像は、ボット自身のコレクションとだけ照合します。
identify-setting-outside = このサーバーの画像は、設定済みの外部のサービスに送られることがあります。
identify-setting-ask = 次に画像をこのサーバーの外に送る前に、確認します。

## The answer

insights-head = この画像は何ですか？
insights-head-part = 画像のこの部分は何ですか？（{ $part }）
insights-head-frame = 動画のこの場面は何ですか？（{ $time }）
insights-nothing-title = 不明な画像
insights-title-shows = 写っているもの：{ $thing }
insights-nothing = この画像を知る情報源はなく、似たものも見つからず、何が写っているかも分かりません。
insights-elsewhere = ほかで調べる：{ $links }
insights-exact = **完全に一致しました。**
insights-likely = **ほぼ確実に同じ画像です**。サイズ、形式、切り抜きが違うことがあります。
insights-part = **画像の一部は、ほぼ確実に次の画像です**。サイズ、形式、切り抜きが違うことがあります。
insights-other-parts = ほかの部分：{ $titles }
insights-maybe = **同じ画像かもしれません**が、確実ではありません。
insights-listed = **{ $provider }は、この画像について次のページを挙げています。**
insights-similar-only = **完全に一致する画像はありません。**似ている画像があります。
insights-depicted-high = **完全に一致する画像はありません**が、写っているものは明らかです。
insights-depicted-medium = **完全に一致する画像はありません。**写っているものは推定で、確実ではありません。
insights-depicted-low = **完全に一致する画像はありません。**写っているものは推測です。
insights-unfound-yet = **今のところ、完全に一致する画像はありません。**
insights-unfound-withheld = **ここで表示できる一致する画像はありません。**
insights-described-by = { $model }による説明です。間違っていることがあります。
insights-seen-by = 判定：{ $provider }
insights-match = { $percent }%・{ $band }
insights-field-source = 出典
insights-field-artist = 作者
insights-field-licence = ライセンス
insights-field-match = 一致
insights-field-shows = 写っているもの
insights-field-text = 画像内の文字
insights-found-by = 提供元：{ $provider }
insights-shows = おそらく写っているもの：**{ $words }**
insights-caption = 「{ $caption }」
insights-caption-from = 「{ $caption }」（{ $source }）
insights-tags = タグ：{ $tags }
insights-entity-very = ほぼ確実
insights-entity-likely = おそらく
insights-entity-maybe = もしかすると
insights-entity = { $name }（{ $sure }）
insights-entity-box = { $name }（{ $sure }、枠{ $box }）
insights-entities = 写っているもの：{ $entities }
insights-pages-count = 掲載ページ：{ $count }件
insights-pages-sizes = 掲載ページ：{ $count }件（サイズ：{ $sizes }種類）
insights-waiting = { $providers }の回答を待っています…
insights-less-sure = 確実性の低い結果が{ $count }件、折りたたまれています。
insights-band-exact = 完全一致
insights-band-likely = ほぼ一致
insights-band-maybe = 一致の可能性
insights-stricter = ここのセーフサーチが厳しくなったため、結果のこの部分は表示できなくなりました。/画像を調べる でもう一度調べてください。
insights-forgotten = 消去しました。この画像については何も保存されていません。

insights-section-overview = 概要
insights-section-pages = この画像があるページ
insights-section-similar = 似ている画像
insights-section-products = 似ている商品
insights-section-shopping = 買える場所
insights-section-recipes = レシピ
insights-section-collections = コレクション
insights-section-searches = 関連する検索
insights-section-people = 写っている人
insights-section-count = { $count }
insights-select-section = 結果の別の部分を表示
insights-select-search = これらのどれかを検索
insights-list-position = { $page }／{ $pages }

insights-offer-from = { $price }から
insights-offer-count = { $count }件の出品
insights-availability-Discontinued = 販売終了
insights-availability-InStock = 在庫あり
insights-availability-InStoreOnly = 店頭のみ
insights-availability-LimitedAvailability = 残りわずか
insights-availability-OnlineOnly = オンラインのみ
insights-availability-OutOfStock = 在庫なし
insights-availability-PreOrder = 予約受付中
insights-availability-SoldOut = 売り切れ
insights-rating = 評価 { $value }／{ $best }
insights-rating-reviews = 評価 { $value }／{ $best }（レビュー{ $count }件）
insights-updated = { $date }時点
insights-recipe-total = 合計{ $time }
insights-recipe-cook = 調理{ $time }
insights-recipe-prep = 下ごしらえ{ $time }
insights-collection-by = 作成：{ $name }
insights-collection-images = 画像{ $count }枚
insights-collection-followers = フォロワー{ $count }人
insights-seller = 販売：{ $name }

insights-button-region = 一部分を調べる
insights-button-frames = 別の場面
insights-button-read-text = 文字を読み取る
insights-button-search-text = 文字で検索
insights-no-text = この画像に文字は見つかりませんでした。
insights-search-for = 検索：{ $words }
insights-button-whole = 画像全体
insights-button-unfold = 確実性の低いものも表示
insights-button-fold = 確実性の低いものを隠す
insights-button-links = ほかの検索エンジン
insights-button-forget = これを消去
insights-button-back = 戻る

## Parts of a picture

region-title = 画像のどの部分ですか？
region-words = 9つのマス目のどれか、またはメニューから番号付きの枠を選んでください。
region-words-blind = 9つのマス目から1つ選んでください。
region-select = 部分を選択
region-whole = 画像全体
region-box = 枠{ $number }：{ $name }
region-box-plain = 枠{ $number }
region-top-left = 左上
region-top = 上
region-top-right = 右上
region-left = 左
region-middle = 中央
region-right = 右
region-bottom-left = 左下
region-bottom = 下
region-bottom-right = 右下
region-preview = 部分に分けた画像です。あなただけに表示されています。
region-preview-alt = 9つのマス目と番号付きの枠を重ねた画像
frames-title = 動画のどの場面ですか？
frames-words = 場面を1つ選んでください。
frames-button = { $number } · { $time }
frames-preview = 動画の場面です。あなただけに表示されています。
frames-preview-alt = 番号付きの動画の場面

links-words = この画像をほかの検索エンジンで開きます。Magpieからは何も送りません。送るのはあなたのブラウザーです。
links-none = この画像に使えるほかの検索エンジンは、ここにはありません。
