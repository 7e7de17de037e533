import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collection.store.sql import fts5, tsquery, turned
from bot.collection.text.text_query import MAX_TERMS, Term, parse_query
from bot.collection.text.tokens import MAX_TOKENS, fold_text, normal, tokens


def test_words_are_folded_and_cut():
    assert tokens("Éclair à la CRÈME — naïve_café") == ["eclair", "a", "la", "creme", "naive", "cafe"]
    assert tokens("東京タワー") == ["東", "京", "た", "わ", "ー"]
    assert fold_text("STRASSE") == fold_text("Straße")
    assert normal("  Red   FOX! ") == "red fox"


@given(st.text(max_size=300))
def test_any_text_becomes_plain_tokens(text):
    found = tokens(text)
    assert len(found) <= MAX_TOKENS
    assert all(word and not set(word) & set(" '\"()*:|&!<>-_") for word in found)
    assert tokens(" ".join(found)) == found


def words(text):
    return [[term.words for term in group] for group in parse_query(text).all_of]


def test_operators():
    assert words("red fox") == [[("red",)], [("fox",)]]
    assert words('"red fox" snow') == [[("red", "fox")], [("snow",)]]
    assert words("cat OR dog bird") == [[("cat",), ("dog",)], [("bird",)]]
    assert words("cat | dog") == [[("cat",), ("dog",)]]
    assert parse_query("fox -red NOT snow").none_of == (Term(("red",)), Term(("snow",)))
    assert parse_query("site:www.Example.org/path fox").sites == ("example.org",)
    assert parse_query("-site:example.org fox").not_sites == ("example.org",)
    assert parse_query("+colour").spelling_fixed
    assert not parse_query("colour").spelling_fixed


@pytest.mark.parametrize("text", ['"', "OR", "NOT", "- -", '"" OR |', "site:", "()", "*", "' OR 1=1 --"])
def test_nonsense_is_no_error(text):
    query = parse_query(text)
    assert isinstance(fts5(query), str)
    assert isinstance(tsquery(query), str)


@settings(deadline=None)  # the first word reads a dictionary
@given(st.text(alphabet=st.sampled_from(list("abé漢\"-+|() ORNT:site.*'")), max_size=120))
def test_rendered_queries_hold_only_words_and_our_own_signs(text):
    query = parse_query(text)
    assert len(query.all_of) <= MAX_TERMS
    for rendered, signs in ((fts5(query), '"(){}:'), (tsquery(query), "'()&|!<->:")):
        rest = rendered
        for sign in signs:
            rest = rest.replace(sign, " ")
        assert all(part.isalnum() for part in rest.split())


def test_hosts_are_turned_so_that_domains_are_prefixes():
    assert turned("commons.wikimedia.org") == "org.wikimedia.commons."
    assert turned("commons.wikimedia.org").startswith(turned("wikimedia.org"))
    assert not turned("notwikimedia.org").startswith(turned("wikimedia.org"))
