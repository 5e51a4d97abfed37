"""Texts out of CoNLL-U, and sentences into it."""

from benchmarks.conllu import Document, Word, documents, sentence_lines


def test_a_document_has_its_paragraphs_and_a_paragraph_its_sentences():
    lines = [
        "# newdoc id = a",
        "# newpar id = a-1",
        "# text = Ann came.",
        "1\tWrong\t_\t_\t_\t_\t0\troot\t_\t_",
        "",
        "# sent_id = 2",
        "# text = She sat. ",
        "# newpar",
        "# newpar_block = p (2 s)",
        "# text = Tom went.",
        "# newdoc id = b",
        "# text_en = no",
        "# text = Alone.",
    ]
    assert list(documents(lines)) == [Document("a", "Ann came. She sat.\n\nTom went."), Document("b", "Alone.")]


def test_without_a_beginning_all_is_one_document():
    assert list(documents(["# text = A.", "", "# text = B."])) == [Document("", "A. B.")]
    assert list(documents([])) == []


def test_words_are_written_with_ten_columns():
    words = [
        Word("Geese", "goose", "NOUN", "NNS", "Number=Plur", 1, "nsubj"),
        Word("came", "come", "VERB", "VBD", "", 1, "root"),
        Word("No", "no", "INTJ", "UH", "", 1, "parataxis"),
        Word("far", "", "", "", "", 1, "advmod"),
    ]
    assert [line.split("\t") for line in sentence_lines(words)] == [
        ["1", "Geese", "goose", "NOUN", "NNS", "Number=Plur", "2", "nsubj", "_", "_"],
        ["2", "came", "come", "VERB", "VBD", "_", "0", "root", "_", "_"],
        ["3", "No", "no", "INTJ", "UH", "_", "2", "parataxis", "_", "_"],
        ["4", "far", "_", "_", "_", "_", "2", "advmod", "_", "_"],
    ]


def test_what_is_not_read_has_no_head():
    assert list(sentence_lines([Word("Geese", "", "", "", "", None, "")])) == ["1\tGeese" + "\t_" * 8]
