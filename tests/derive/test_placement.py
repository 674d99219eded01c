import warclaims
from warclaims.derive import Placement
from warclaims.records.vocabulary import ANNOTATABLE


def test_no_sentence_runs_over_a_segments_edge(shipped):
    corpus = warclaims.open(shipped)
    for document in corpus.documents.values():
        text = corpus.text(document.id)
        sentences = Placement(document, text).sentences
        assert sentences
        for sentence in sentences:
            assert sentence.segment.start <= sentence.start < sentence.end <= sentence.segment.end
            assert sentence.segment.kind in ANNOTATABLE
            words = text[sentence.start : sentence.end]
            assert words == words.strip()
        starts = [sentence.start for sentence in sentences]
        assert starts == sorted(starts)


def test_sentences_hold_every_word_of_annotatable_segments(shipped):
    corpus = warclaims.open(shipped)
    for document in corpus.documents.values():
        text = corpus.text(document.id)
        placement = Placement(document, text)
        held = "".join(text[s.start : s.end] for s in placement.sentences)
        whole = "".join(
            text[segment.start : segment.end]
            for segment in document.segments
            if segment.kind in ANNOTATABLE
        )
        assert "".join(held.split()) == "".join(whole.split())


def test_tokens_are_the_words_and_marks_of_the_sentence(mini):
    corpus = warclaims.open(mini)
    bundle = corpus.bundle("two")
    placement = Placement(bundle.document, bundle.text)
    sentence = placement.sentences[0]
    tokens = [bundle.text[token.start : token.end] for token in placement.tokens(sentence)]
    assert tokens == ["Seven", "die", "in", "Dorn", "😀"]


def test_offsets_after_an_emoji_and_crlf_are_code_points(mini):
    bundle = warclaims.open(mini).bundle("two")
    placement = Placement(bundle.document, bundle.text)
    last = bundle.annotations.casualties[-1].span[0]
    assert placement.sentence(last.start, last.end) == "More than 3,000 fled to Avaria."
    assert placement.segment(last.start).kind == "paragraph"
    assert placement.sentence_number(last.start) == 2
