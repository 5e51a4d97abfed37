"""What hangs on the encoder: tags, sentence ends, arcs, spans, events, coreference, speakers."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.network.coreference import MENTION, Linker
from training.network.encoder import WIDTH, Encoder
from training.network.voices import Voices

WIDEST = 40
"""Most words a mention may have."""


class Pairs(nn.Module):
    """Scores of word pairs, as the first and last word of a span or as dependent and head.

    Shapes: words (batch, words, width) -> (batch, classes, words, words)
    Source: Dozat and Manning 2017; Yu, Bohnet and Poesio 2020, "Named Entity Recognition as Dependency Parsing".
    """

    def __init__(self, size: int, classes: int, *, dropout: float = 0.2, banded: bool = False) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(WIDTH, size), nn.Linear(WIDTH, size)
        self.weight = nn.Parameter(torch.zeros(classes, size + 1, size + 1))
        nn.init.normal_(self.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        if banded:
            # Hardly any pair is a span: to begin with "none" spares the first epoch.
            self.weight.data[0, -1, -1] = 6.0
        self.widths = nn.Parameter(torch.zeros(classes, WIDEST)) if banded else None

    def forward(self, words: Tensor, *, near: bool = False) -> Tensor:
        """Return a score for every class and pair of words.

        Args:
            words: their vectors.
            near: score only pairs that can be a span, each word with itself and those after it; those beyond the end
                mean nothing. Shapes: -> (batch, words, classes, WIDEST)
        """
        left = functional.pad(self.dropout(functional.gelu(self.left(words))), (0, 1), value=1.0)
        right = functional.pad(self.dropout(functional.gelu(self.right(words))), (0, 1), value=1.0)
        classes, size, _ = self.weight.shape
        turned = left @ self.weight.to(left.dtype).permute(1, 0, 2).reshape(size, classes * size)
        turned = turned.view(*left.shape[:2], classes, size)
        if near:
            last = torch.arange(words.shape[1])[:, None] + torch.arange(WIDEST)
            return turned @ right[:, last.clamp(max=words.shape[1] - 1)].transpose(2, 3) + self.widths
        turned = turned.transpose(1, 2)
        scores = turned @ right.transpose(1, 2)[:, None]
        if self.widths is not None:
            places = torch.arange(words.shape[1], device=words.device)
            apart = (places[None, :] - places[:, None]).clamp(0, WIDEST - 1)
            scores = scores + self.widths[:, apart]
        return scores


class Reader(nn.Module):
    """Encoder and heads.

    Args:
        sizes: number of classes of each tag set (`upos`, `xpos`, `feats`, `lemma`, `relation`).
    """

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.inside = nn.Embedding(2, WIDTH)
        nn.init.zeros_(self.inside.weight)
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.ModuleDict(
            {name: nn.Linear(WIDTH, size) for name, size in sizes.items() if name != "relation"}
        )
        self.arcs = Pairs(256, 1, dropout=0.3)
        self.relation_in, self.relation_head = nn.Linear(WIDTH, 128), nn.Linear(WIDTH, 128)
        self.relation = nn.Parameter(torch.empty(sizes["relation"], 129, 129))
        nn.init.normal_(self.relation, std=0.02)
        self.spans = nn.ModuleDict({"mentions": Pairs(160, 19, banded=True), "entities": Pairs(128, 7, banded=True)})
        self.events = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, 2))
        self.ends = nn.Sequential(nn.Linear(2 * WIDTH, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, 1))
        self.linker = Linker()
        self.voices = Voices(MENTION)

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """Return a vector for each word: that of its first piece, with whether it stands in a quotation.

        Shapes: pieces, shapes, mask (batch, pieces); first, inside (batch, words) -> (batch, words, width)
        """
        vectors = self.encoder(batch["pieces"], batch["shapes"], batch["mask"])
        first = batch["first"]
        return torch.gather(vectors, 1, first[..., None].expand(-1, -1, WIDTH)) + self.inside(batch["inside"])

    def sentence_ends(self, words: Tensor) -> Tensor:
        """Return the log odds that a sentence ends after each word; of a window's last word they mean nothing.

        Shapes: words (batch, words, width) -> (batch, words)
        """
        after = functional.pad(words[:, 1:], (0, 0, 0, 1))
        return self.ends(torch.cat([words, after], 2))[..., 0]

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return the scores of every relation between each word and its given head.

        Shapes: words (batch, words, width), heads (batch, words) -> (batch, words, relations)
        """
        own = functional.pad(self.dropout(functional.gelu(self.relation_in(words))), (0, 1), value=1.0)
        theirs = functional.pad(self.dropout(functional.gelu(self.relation_head(words))), (0, 1), value=1.0)
        theirs = torch.gather(theirs, 1, heads[..., None].expand(-1, -1, theirs.shape[-1]))
        classes, size, _ = self.relation.shape
        turned = own @ self.relation.to(own.dtype).permute(1, 0, 2).reshape(size, classes * size)
        return (turned.view(*own.shape[:2], classes, size) @ theirs[..., None])[..., 0]
