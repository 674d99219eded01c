"""CAS files of UIMA: what cassis opens, what is read of others, and what is refused."""

import io
import re
from xml.etree import ElementTree

import pytest
from made_features import document

import warclaims
from strategies import write_corpus
from warclaims.formats import FORMATS
from warclaims.formats.importing import read_texts
from warclaims.formats.problems import FormatProblems
from warclaims.records import LAYERS

cassis = pytest.importorskip("cassis")

TEXT = "😀 قال رئيس البلدية 👩‍👧 إن رجلين ماتا.\n𝔘 Dorn mourns.\n"
CORE = "de.tudarmstadt.ukp.dkpro.core.api"
ENTITY = f"{CORE}.ner.type.NamedEntity"


def exported(cli, root, out):
    run = cli("--corpus", root, "export", "xmi", "--out", out)
    assert run.returncode == 0, run.stderr
    assert run.stderr.replace("not in xmi: several annotators (30)\n", "") == ""
    with (out / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    cases = {}
    for path in out.glob("*.xmi"):
        with path.open("rb") as file:
            cases[path.stem] = cassis.load_cas_from_xmi(file, types)
    return cases


def test_cassis_has_the_words_and_links_of_every_record(cli, shipped, tmp_path):
    cases = exported(cli, shipped, tmp_path / "out")
    for bundle in warclaims.open(shipped).bundles():
        cas = cases[bundle.document.id]
        assert cas.sofa_string == bundle.text
        for layer, model in LAYERS.items():
            found = [
                (one.identifier, one.get_covered_text())
                for one in cas.select(f"webanno.custom.{model.noun.title()}")
            ]
            expected = [
                (record.id, piece.text)
                for record in getattr(bundle.annotations, layer)
                for piece in getattr(record, model.main_span)
            ]
            assert sorted(found) == sorted(expected)
        linked = {
            (one.identifier, link.target.identifier)
            for one in cas.select("webanno.custom.Attribution")
            for link in (one.source.elements if one.source else [])
        }
        assert linked == {
            (one.id, name) for one in bundle.annotations.attributions for name in one.source
        }


def test_offsets_count_units_of_utf_16(cli, tmp_path):
    made = document(
        TEXT,
        mayor={"span": "رئيس البلدية 👩‍👧"},
        dorn={"span": "Dorn"},
        men={"span": "رجلين", "value": 2},
        said={"content": "إن رجلين ماتا", "cue": "قال"},
    )
    root = write_corpus(tmp_path / "with", [made]).root
    (cas,) = exported(cli, root, tmp_path / "out").values()
    tree = ElementTree.parse(tmp_path / "out" / "one.xmi")
    units = TEXT.encode("utf-16-le")
    found = {}
    for element in tree.iter():
        name = element.tag.partition("}")[2]
        if name in ("Actor", "Location", "Casualty", "Cue", "Attribution"):
            start, end = int(element.get("begin")), int(element.get("end"))
            found[name] = units[2 * start : 2 * end].decode("utf-16-le")
    assert found == {
        "Actor": "رئيس البلدية 👩‍👧",
        "Location": "Dorn",
        "Casualty": "رجلين",
        "Cue": "قال",
        "Attribution": "إن رجلين ماتا",
    }
    assert cas.select("webanno.custom.Location")[0].get_covered_text() == "Dorn"


def made_by_cassis(folder, text=TEXT):
    """A CAS as INCEpTION exports it: tokens, named entities, a custom layer, a relation, slots."""
    types = cassis.load_dkpro_core_typesystem()
    person = types.create_type("webanno.custom.Speaker")
    types.create_feature(person, "sure", "uima.cas.Boolean")
    types.create_feature(person, "kinds", "uima.cas.StringArray")
    relation = types.create_type("webanno.custom.Says")
    for name in ("Governor", "Dependent"):
        types.create_feature(relation, name, person)
    link = types.create_type("webanno.custom.SpeakerPlaceLink", "uima.cas.TOP")
    types.create_feature(link, "role", "uima.cas.String")
    types.create_feature(link, "target", "uima.tcas.Annotation")
    types.create_feature(person, "place", "uima.cas.FSArray", link)
    cas = cassis.Cas(types)
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"

    def add(name, words, **features):
        start = text.index(words) if isinstance(words, str) else words
        made = types.get_type(name)(begin=start, end=start + len(words), **features)
        cas.add(made)
        return made

    add(f"{CORE}.segmentation.type.Token", "Dorn")
    place = add(ENTITY, "Dorn", value="LOC")
    array = types.get_type("uima.cas.StringArray")(elements=["a", "b"])
    slots = types.get_type("uima.cas.FSArray")(elements=[link(role="home", target=place)])
    mayor = add("webanno.custom.Speaker", "رئيس البلدية 👩‍👧", sure=True, kinds=array, place=slots)
    men = add("webanno.custom.Speaker", "رجلين")
    add("webanno.custom.Says", "رجلين", Governor=men, Dependent=mayor)
    folder.mkdir()
    types.to_xml(folder / "TypeSystem.xml")
    cas.to_xmi(folder / "made.xmi")


def read(path):
    problems = FormatProblems()
    texts = list(read_texts(FORMATS["xmi"], path, problems))
    return texts, [(one.file, one.line, one.code, one.message) for one in problems.findings]


def test_files_made_by_cassis_are_read(tmp_path):
    made_by_cassis(tmp_path / "made")
    path = tmp_path / "made" / "made.xmi"
    (text,), problems = read(path)
    message = "annotations are left out, since they are no labels: Token (1)"
    assert problems == [(str(path), None, "X603", message)]
    assert text.text == TEXT
    assert text.name == "made"
    found = {
        one.id: (one.label, text.text[slice(*one.ranges[0])], one.attributes) for one in text.spans
    }
    assert list(found.values()) == [
        ("LOC", "Dorn", {"value": "LOC"}),
        ("Speaker", "رئيس البلدية 👩‍👧", {"sure": True, "kinds": ["a", "b"]}),
        ("Speaker", "رجلين", {}),
    ]
    links = {(one.label, found[one.source][1], found[one.target][1]) for one in text.links}
    assert links == {
        ("Says", "رجلين", "رئيس البلدية 👩‍👧"),
        ("home", "رئيس البلدية 👩‍👧", "Dorn"),
    }


def test_what_cassis_made_is_imported(cli, tmp_path):
    made_by_cassis(tmp_path / "made")
    mapping = tmp_path / "m.toml"
    mapping.write_text('[labels.LOC]\nlayer = "locations"\n[labels.Speaker]\nlayer = "actors"\n')
    root = write_corpus(tmp_path / "corpus", []).root
    arguments = ("--annotator", "a", "--mapping", mapping)
    run = cli("--corpus", root, "import", "xmi", tmp_path / "made", *arguments)
    assert run.returncode == 0, run.stderr
    assert "1 document, 1 of them new: 1 location, 2 actors, 0 foreign labels" in run.stdout
    assert "links kept as they came: Says (1), home (1)" in run.stdout.replace(
        "home (1), Says (1)", "Says (1), home (1)"
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"</xmi:XMI>", b"", "is not XML"),
        (b"custom:Says", b"custom:Unknown", "is not a CAS that can be read"),
        (b'sofaString="[^"]*"', b'sofaString=""', "has no text"),
        (b'end="5"', b'end="1"', "Not mapping external offset [1]"),
    ],
)
def test_malformed_files_are_named_and_nothing_is_written(cli, tmp_path, old, new, reason):
    made_by_cassis(tmp_path / "made", TEXT.replace("😀 قال", "😀 Dorn"))
    path = tmp_path / "made" / "made.xmi"
    data = path.read_bytes().replace(b'begin="3"', b'begin="0"').replace(b'end="7"', b'end="5"')
    assert re.search(old, data)
    path.write_bytes(re.sub(old, new, data))
    root = write_corpus(tmp_path / "corpus", []).root
    before = sorted(root.rglob("*"))
    run = cli("--corpus", root, "import", "xmi", path, "--annotator", "a")
    assert run.returncode == 1
    assert "made.xmi" in run.stderr
    assert reason in run.stderr
    assert sorted(root.rglob("*")) == before


def test_a_place_without_words_and_a_link_to_nothing_are_reported(tmp_path):
    made_by_cassis(tmp_path / "made")
    path = tmp_path / "made" / "made.xmi"
    tree = ElementTree.parse(path)
    (entity,) = [one for one in tree.iter() if one.tag.endswith("NamedEntity")]
    entity.set("end", entity.get("begin"))
    data = io.BytesIO()
    tree.write(data, "utf-8")
    path.write_bytes(data.getvalue())
    (text,), problems = read(path)
    assert [code for _, _, code, _ in problems] == ["X301", "X401", "X603"]
    assert "NamedEntity at " in problems[0][3]
    assert len(text.spans) == 2


def test_the_types_are_needed(cli, tmp_path):
    made_by_cassis(tmp_path / "made")
    (tmp_path / "made" / "TypeSystem.xml").unlink()
    run = cli("import", "xmi", tmp_path / "made", "--propose-mapping", tmp_path / "m.toml")
    assert run.returncode == 2
    assert "needs a file TypeSystem.xml beside it" in run.stderr
    run = cli("import", "xmi", tmp_path, "--propose-mapping", tmp_path / "m.toml")
    (tmp_path / "made" / "made.xmi").unlink()
    run = cli("import", "xmi", tmp_path / "made", "--propose-mapping", tmp_path / "m.toml")
    assert "has no file ending in .xmi" in run.stderr


def test_a_text_that_xml_does_not_allow_is_refused(cli, tmp_path):
    made = document(
        "The mayor of Dorn said that two men and a child died,\x0c and five fled. Dorn mourns.\n"
    )
    root = write_corpus(tmp_path / "with", [made]).root
    run = cli("--corpus", root, "export", "xmi", "--out", tmp_path / "out")
    assert run.returncode == 2
    assert r"document one has the character '\x0c' at 53" in run.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("rest", "{"),
        ("rest", '{"attributes": "x"}'),
        ("rest", '{"extra": [1]}'),
        ("facts", "[]"),
        ("facts", '{"annotations": [1]}'),
    ],
)
def test_json_that_no_export_writes_is_reported(cli, tmp_path, feature, words):
    root = write_corpus(tmp_path / "with", [document(men={"score": 0.5})]).root
    exported(cli, root, tmp_path / "out")
    path = tmp_path / "out" / "one.xmi"
    tree = ElementTree.parse(path)
    name = "DocumentFacts" if feature == "facts" else "Actor"
    for element in tree.iter():
        if element.tag.endswith(f"}}{name}"):
            element.set(feature, words)
    tree.write(path, "utf-8")
    _, problems = read(path)
    assert [code for _, _, code, _ in problems] == ["X201"]
    assert "JSON that no export writes" in problems[0][3]


def test_the_types_name_only_types_that_are_defined(cli, shipped, tmp_path):
    exported(cli, shipped, tmp_path / "out")
    tree = ElementTree.parse(tmp_path / "out" / "TypeSystem.xml")
    space = "{http://uima.apache.org/resourceSpecifier}"
    defined = {one.findtext(f"{space}name") for one in tree.iter(f"{space}typeDescription")}
    places = ("supertypeName", "rangeTypeName", "elementType")
    named = {one.text for place in places for one in tree.iter(f"{space}{place}")}
    assert {one for one in named - defined if not one.startswith("uima.")} == set()
    assert "webanno.custom.Casualty" in defined


RESERVED = {
    *("address", "begin", "booleanvalue", "bytevalue", "cas", "casimpl", "class", "coveredtext"),
    *("doublevalue", "end", "featurevalue", "floatvalue", "longvalue", "lowlevelcas"),
    *("printrefs", "sofa", "stringvalue", "type", "typeindexid", "view"),
}
"""Names in lower case that INCEpTION keeps for itself."""


def test_inception_recognises_each_type_as_a_layer_with_slots():
    from warclaims.formats.xmi.typesystem import typesystem

    types = {one.name: one for one in typesystem().get_types()}
    layers = {
        name.rpartition(".")[2]
        for name, one in types.items()
        if one.supertype.name == "uima.tcas.Annotation" and name.startswith("webanno.custom.")
    }
    nouns = {model.noun.title() for model in LAYERS.values()}
    assert layers == {*nouns, "Cue", "Trigger", "ForeignLabel"}
    for layer in layers:
        for feature in types[f"webanno.custom.{layer}"].features:
            assert feature.name.lower() not in RESERVED
            assert re.fullmatch("[A-Za-z][A-Za-z0-9_]*", feature.name)
            assert "__" not in feature.name
            if feature.rangeType.name == "uima.cas.FSArray":
                link = feature.elementType
                assert link.supertype.name == "uima.cas.TOP"
                name = f"{feature.name[0].upper()}{feature.name[1:]}"
                assert link.name == f"webanno.custom.{layer}{name}Link"
                role, target = sorted(link.features, key=lambda one: one.name)
                assert (role.name, role.rangeType.name) == ("role", "uima.cas.String")
                assert target.name == "target"
                short = target.rangeType.name.rpartition(".")[2]
                assert short in (*layers, "Annotation")
            else:
                assert feature.rangeType.name in ("uima.cas.String", "uima.cas.StringArray")


def made_with(folder, change, name="made"):
    """The CAS of cassis after a change, written with its types."""
    types = cassis.load_dkpro_core_typesystem()
    label = types.create_type("my.Label")
    cas = cassis.Cas(types)
    cas.sofa_string = "Dorn mourns."
    cas.add(label(begin=0, end=4))
    change(cas, types)
    folder.mkdir(parents=True, exist_ok=True)
    types.to_xml(folder / "TypeSystem.xml")
    cas.to_xmi(folder / f"{name}.xmi")
    return folder


def test_a_second_view_is_reported(tmp_path):
    def add_view(cas, types):
        view = cas.create_view("translation")
        view.sofa_string = "Dorn trauert."
        view.add_all([types.get_type("my.Label")(begin=0, end=4) for _ in range(2)])

    path = made_with(tmp_path / "made", add_view)
    (text,), problems = read(path)
    assert (text.text, len(text.spans)) == ("Dorn mourns.", 1)
    message = "the view translation is left out, with 2 annotations"
    assert problems == [(str(path / "made.xmi"), None, "X603", message)]


def test_a_text_in_another_view_than_the_first_is_read(tmp_path):
    def to_view(cas, types):
        cas.sofa_string = None
        cas.remove(cas.select("my.Label")[0])
        view = cas.create_view("plain")
        view.sofa_string = "Dorn trauert."
        view.add(types.get_type("my.Label")(begin=5, end=12))

    (text,), problems = read(made_with(tmp_path / "made", to_view))
    assert problems == []
    assert [text.text[slice(*one.ranges[0])] for one in text.spans] == ["trauert"]


def test_annotations_that_are_no_labels_are_counted_over_all_files(tmp_path):
    def add_tokens(cas, types):
        fact = types.create_type("my.Fact", "uima.cas.AnnotationBase")
        token = types.get_type(f"{CORE}.segmentation.type.Token")
        sentence = types.get_type(f"{CORE}.segmentation.type.Sentence")
        cas.add_all([token(begin=0, end=4), token(begin=5, end=12), sentence(begin=0, end=12)])
        cas.add_all([fact()])

    for name in ("a", "b"):
        path = made_with(tmp_path / "made", add_tokens, name)
    texts, problems = read(path)
    assert [one.name for one in texts] == ["a", "b"]
    message = "annotations are left out, since they are no labels: "
    assert problems == [
        (str(path), None, "X603", f"{message}Token (4), Sentence (2), Fact (2)"),
    ]


@pytest.mark.parametrize("name", ["typesystem.xml", "full-typesystem.xml"])
def test_files_of_several_annotators_are_named_by_their_folders(tmp_path, name):
    for one in ("one", "two"):
        folder = made_with(tmp_path / "made" / one, lambda cas, types: None, "admin")
        (folder / "TypeSystem.xml").rename(folder / name)
    texts, problems = read(tmp_path / "made")
    assert [one.name for one in texts] == ["one-admin", "two-admin"]
    assert problems == []


def test_features_of_relations_are_kept_and_links_at_tokens_counted(tmp_path):
    def add_relations(cas, types):
        relation = types.create_type("my.Relation")
        for name in ("Governor", "Dependent"):
            types.create_feature(relation, name, "uima.tcas.Annotation")
        types.create_feature(relation, "kind", "uima.cas.String")
        token = types.get_type(f"{CORE}.segmentation.type.Token")(begin=5, end=11)
        (first,) = cas.select("my.Label")
        second = types.get_type("my.Label")(begin=5, end=11)
        cas.add_all([second, token])
        for target in (second, token):
            cas.add(relation(begin=5, end=11, Governor=first, Dependent=target, kind="odd"))

    path = made_with(tmp_path / "made", add_relations)
    (text,), problems = read(path)
    assert [(one.label, one.attributes) for one in text.links] == [("Relation", {"kind": "odd"})]
    message = "annotations are left out, since they are no labels: Token (1), links at Token (1)"
    assert problems == [(str(path), None, "X603", message)]


def test_a_new_annotation_does_not_get_the_id_of_another_one(tmp_path):
    made_by_cassis(tmp_path / "made")
    texts, _ = read(tmp_path / "made")
    taken = texts[0].spans[0].id
    path = tmp_path / "made" / "made.xmi"
    types = cassis.load_typesystem((tmp_path / "made" / "TypeSystem.xml").read_bytes().decode())
    own = types.create_type("webanno.custom.ForeignLabel", "uima.tcas.Annotation")
    for name in ("identifier", "label", "scheme", "rest"):
        types.create_feature(own, name, "uima.cas.String")
    cas = cassis.load_cas_from_xmi(path.read_bytes().decode(), types)
    cas.add(own(begin=0, end=1, identifier=taken, label="X", scheme="other"))
    types.to_xml(tmp_path / "made" / "TypeSystem.xml")
    cas.to_xmi(path)
    (text,), _ = read(tmp_path / "made")
    assert len(text.spans) == len(texts[0].spans) + 1
    assert [one.ranges for one in text.spans if one.id == taken] == [((0, 1),)]
