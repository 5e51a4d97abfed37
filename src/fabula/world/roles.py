"""What characters do, undergo, own and are, read off the parses of the sentences that mention them.

The four kinds are those of BookNLP's `.book` (Bamman, Underwood and Smith 2014, "A Bayesian mixed effects model of
literary character"); the relations are those of Universal Dependencies for English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fabula.spans import Span
from fabula.story import Mention, Role, RoleKind, Telling, Tokens

_NEGATIONS = frozenset({"not", "n't", "never", "no"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")
_OWNED_ELSEWHERE = ("det", "nmod:poss")


@dataclass(frozen=True, slots=True)
class _Trees:
    """The parses of a text, from heads to dependents too; tokens go by their index.

    Attributes:
        upos: part of speech of each token.
        lemma: dictionary form of each.
        feats: features of each.
        relation: of each to its head.
        head: of each.
        order: all tokens, sorted by head.
        edges: where in `order` the dependents of each token begin; one more at the end.
    """

    upos: list[str]
    lemma: list[str]
    feats: list[str]
    relation: list[str]
    head: list[int]
    order: list[int]
    edges: list[int]

    def below(self, token: int, *relations: str) -> Iterator[int]:
        """Yield the dependents of a token that have one of the relations, in order."""
        for other in self.order[self.edges[token] : self.edges[token + 1]]:
            if other != token and self.relation[other] in relations:
                yield other

    def has(self, token: int, *relations: str) -> bool:
        """Whether a token has a dependent with one of the relations."""
        return next(self.below(token, *relations), None) is not None

    def first_conjunct(self, token: int) -> int:
        """Return the token that stands for the whole of "Tom and Mary": conjuncts hang on the first of them."""
        while self.relation[token] == "conj" and 0 <= self.head[token] < token:
            token = self.head[token]
        return token

    def conjuncts(self, token: int, *without: str) -> Iterator[int]:
        """Yield a token and what is joined to it, but for conjuncts that have a dependent of their own so related.

        A conjunct stands after its head, so that no tree, however wrong, leads in a circle.
        """
        waiting = [token]
        while waiting:
            word = waiting.pop()
            yield word
            waiting += [each for each in self.below(word, "conj") if each > word and not self.has(each, *without)]

    def negated(self, token: int) -> bool:
        """Whether a word is said not to hold: she did *not* go, he is *no* fool."""
        return any(self.lemma[each] in _NEGATIONS for each in self.below(token, "advmod", "det"))


def find_roles(telling: Telling) -> tuple[Role, ...]:
    """Find what characters do, undergo, own and are.

    What is denied (she did *not* go) is left out; what is asked, wished or only said is in.

    Args:
        telling: with the layers `tokens` and `mentions`.

    Returns:
        Sorted by where the word stands. A word says a thing of a character once, however many mentions lead to it.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    (tokens,) = telling.layer("tokens", wanted_by="world")
    mentions: tuple[Mention, ...] = telling.layer("mentions", wanted_by="world")
    trees = _trees(tokens)
    found: dict[tuple[int, str, RoleKind], Span] = {}
    for mention, token in zip(mentions, _heads(tokens, trees, mentions), strict=True):
        if mention.character is None or token is None:
            continue
        for kind, word in _roles(trees, token):
            found.setdefault((word, mention.character, kind), mention.span)
    return tuple(
        Role(character, kind, tokens.extent(word), trees.lemma[word], mention)
        for (word, character, kind), mention in sorted(found.items())
    )


def _trees(tokens: Tokens) -> _Trees:
    order = np.argsort(tokens.head, kind="stable")
    edges = np.searchsorted(tokens.head[order], np.arange(len(tokens) + 1))
    return _Trees(
        tokens.upos.tolist(),
        tokens.lemma.tolist(),
        tokens.feats.tolist(),
        tokens.relation.tolist(),
        tokens.head.tolist(),
        order.tolist(),
        edges.tolist(),
    )


def _heads(tokens: Tokens, trees: _Trees, mentions: Sequence[Mention]) -> Iterator[int | None]:
    """Yield the head of each mention: the first token whose own head stands outside; None where none is known."""
    lows = np.searchsorted(tokens.starts, [mention.span.start for mention in mentions]).tolist()
    highs = np.searchsorted(tokens.starts, [mention.span.end for mention in mentions]).tolist()
    for low, high in zip(lows, highs, strict=True):
        above = ((token, trees.head[token]) for token in range(low, high))
        yield next((token for token, at in above if at >= 0 and (at == token or not low <= at < high)), None)


def _roles(trees: _Trees, token: int) -> Iterator[tuple[RoleKind, int]]:
    """Yield kind and word for what the sentence says of the mention with this head."""
    yield from _described(trees, token)
    first = trees.first_conjunct(token)
    if trees.head[first] not in (first, -1):
        yield from _placed(trees, trees.relation[first], trees.head[first])
    for clause in trees.below(token, "acl:relcl"):
        for pronoun in trees.below(clause, "nsubj", "nsubj:pass", "obj"):
            if "PronType=Rel" in trees.feats[pronoun]:
                yield from _placed(trees, trees.relation[pronoun], clause)


def _placed(trees: _Trees, relation: str, above: int) -> Iterator[tuple[RoleKind, int]]:
    """Yield what it means for somebody to stand in a relation to the word above."""
    if relation in ("nsubj", "nsubj:pass"):
        yield from _predicates(trees, above, passive=relation == "nsubj:pass")
    elif relation == "nmod:poss":
        yield from (("possessive", each) for each in _nouns(trees, above, *_OWNED_ELSEWHERE))
    elif relation in ("obj", "obl:agent") and trees.upos[above] == "VERB" and not trees.negated(above):
        yield ("patient" if relation == "obj" else "agent"), above


def _described(trees: _Trees, token: int) -> Iterator[tuple[RoleKind, int]]:
    """Yield what stands beside the mention: *poor* Wren; Wren, the *keeper*; my *brother* Tom."""
    for word in trees.below(token, "amod"):
        yield from (("modifier", each) for each in trees.conjuncts(word) if trees.upos[each] == "ADJ")
    for word in trees.below(token, "appos"):
        yield from (("modifier", each) for each in _nouns(trees, word))
    if trees.relation[token] == "appos" and trees.upos[trees.head[token]] == "NOUN" and trees.head[token] != token:
        yield "modifier", trees.head[token]


def _nouns(trees: _Trees, token: int, *without: str) -> Iterator[int]:
    return (each for each in trees.conjuncts(token, *without) if trees.upos[each] == "NOUN")


def _predicates(trees: _Trees, first: int, *, passive: bool) -> Iterator[tuple[RoleKind, int]]:
    """Yield what a subject does, undergoes and is: in its own predicate and in those that share it.

    Args:
        trees: the parses.
        first: the predicate on which the subject hangs.
        passive: whether the subject undergoes it.
    """
    copular = trees.has(first, "cop")
    for word in trees.conjuncts(first, *_SUBJECTS):
        if trees.negated(word):
            continue
        if trees.upos[word] == "VERB" and not trees.has(word, "cop"):
            undergone = passive if word == first else _is_passive(trees, word, after_passive=passive)
            yield ("patient" if undergone else "agent"), word
        elif (
            trees.upos[word] in ("ADJ", "NOUN")
            and (copular or trees.has(word, "cop"))
            and not trees.has(word, "case")
        ):
            yield "modifier", word  # with a preposition it says where somebody is, or whose, not what


def _is_passive(trees: _Trees, verb: int, *, after_passive: bool) -> bool:
    """Whether a joined verb is passive: by auxiliary or features, or bare after a passive one (caught and hanged)."""
    if trees.has(verb, "aux:pass") or "Voice=Pass" in trees.feats[verb]:
        return True
    return after_passive and "VerbForm=Part" in trees.feats[verb] and not trees.has(verb, "aux")
