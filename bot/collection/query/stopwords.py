"""What people write around what they look for: function words of six languages, and phrases such as "photo of"."""

from __future__ import annotations

import re

from bot.collection.text.tokens import tokens

_ALWAYS = """
a an the of in on at by for from to with without and or is are be this that these those my your our their its some any
into near under over behind between beside it i you we they he she me us as please show find give want some there
der das den dem des ein eine einen einem eines einer und oder mit ohne von vom zum zur bei beim auf ist sind im ins am
ans aus nach auch nicht ich du wir ihr sie es mein meine dein deine unter ueber über neben zwischen zeig zeige mir bitte
el la los las un una unos unas y o de del al en con sin por para sobre bajo entre es son mi mis tu tus su sus que como
muestra muéstrame busca
le les une des du et ou au aux avec sans dans chez est sont mon ma mes ton ta tes leur leurs qui que sous ce cette
ces montre cherche moi
os uma uns umas e do dos das no na nos nas num numa com sem sob é são meu minha teu tua seu sua ao aos à às pelo pela
mostre mostra
"""
_ELSEWHERE = {
    "en": "more most very really die been have has",
    "de": "die war was man so an um per hat bin mal sehr wo wie",
    "es": "se lo muy ser ha he",
    "fr": "pour sur son se si pas très a",
    "pt": "se as um muito por para mais foi",
}
"""Function words of one language that are words for things in another: they go only where that language is spoken."""

ALWAYS = frozenset(token for word in _ALWAYS.split() for token in tokens(word))
ELSEWHERE = {
    language: frozenset(token for word in words.split() for token in tokens(word))
    for language, words in _ELSEWHERE.items()
}

_KINDS = (
    r"photo(?:graph)?s?|pictures?|pics?|images?|drawings?|wallpapers?|"
    r"fotos?|bild(?:er)?|fotografien?|aufnahmen?|fotograf[ií]as?|im[aá]gen(?:es)?|photographies?|imagem|imagens"
)
_OF = r"of|from|with|von|vom|mit|der|des|de la|del|de los|de las|de|du|des|d['\u2019]|do|da|dos|das|com|con|avec"
_LEADING = re.compile(
    rf"^\s*(?:(?:show me|find me|find|give me|i want|zeig(?:e)? mir|suche?|mu[eé]strame|busca(?:r)?|montre-moi|cherche|"
    rf"mostre|procur[ao])\s+)?(?:(?:a|an|the|some|ein|eine|einen|das|una?|unas|unos|la|las|les?|une|des|uma?|umas)\s+)?"
    rf"(?:{_KINDS})\s+(?:{_OF})(?:\s+|(?<=['\u2019]))",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"\s*の?(?:写真|画像|イメージ|イラスト|写メ)\s*$")


def without_phrase(text: str) -> str:
    """Return the query without phrases such as "photo of"; unchanged where nothing else would be left."""
    short = _TRAILING.sub("", _LEADING.sub("", text, count=1), count=1).strip()
    return short if tokens(short) else text
