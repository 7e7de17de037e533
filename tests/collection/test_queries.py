"""The judged queries: what people mean is found, nothing is corrected wrongly, what is not there has no answer."""

from tests.benchmarks.collection_queries import SHARED, cases, judged


def test_the_judged_queries_are_answered():
    found = judged()
    total = found.total
    assert len(cases(shared=True)) >= 150
    assert total["after"] / total["asked"] >= 0.95, found.missed
    assert found.false_corrections == []
    assert found.nonsense == []
    if not SHARED.is_file():
        assert "shared" not in found.scores
