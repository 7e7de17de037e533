"""Says what pictures show, with models that come inside packages; asks no network.

``weights`` and ``network`` make an ONNX file of packaged weights, ``classifier`` runs it, ``taxonomy`` and
``statements`` turn 1,000 probabilities into what may be said, or into silence, and ``provider`` answers with it.
"""
