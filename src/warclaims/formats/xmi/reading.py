"""Read CAS files of UIMA."""

from __future__ import annotations

import io
import json
import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

from cassis import load_cas_from_xmi, load_typesystem
from cassis.typesystem import is_annotation

from warclaims.errors import WarclaimsError
from warclaims.files import read_file, reason
from warclaims.formats.annotated_text import AnnotatedText, LabelledLink, LabelledSpan, free_id
from warclaims.formats.files_of_format import document_names, files_of_format
from warclaims.formats.xmi.typesystem import DOCUMENT, FOREIGN, NAMES, NAMESPACE
from warclaims.formats.xmi.writing import TYPES
from warclaims.wording import counted, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.formats.problems import FormatProblems

_LABELS = {f"{NAMESPACE}{name}": label for label, name in NAMES.items()}
_LABELLING = {"NamedEntity": "value"}
"""Features that hold the label of well-known types."""

_CORE = "de.tudarmstadt.ukp.dkpro.core.api."
_LEFT_OUT = (
    *("uima.", f"{_CORE}segmentation.", f"{_CORE}lexmorph.", f"{_CORE}syntax."),
    *(f"{_CORE}metadata.", "de.tudarmstadt.ukp.clarin.webanno."),
    *("org.dkpro.core.api.pdf.", "org.dkpro.core.api.xml."),
)
"""Types that hold tokens, sentences, syntax, layout and facts about the document."""

_OF_DOCUMENT = ("uima.tcas.DocumentAnnotation", f"{NAMESPACE}{DOCUMENT}")

_OWN = ("identifier", "rest", "label", "scheme")
"""Features of our types that are no attributes."""

_ENDS = ("Governor", "Dependent")
"""The features of a relation: where it begins and ends."""


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The documents in the CAS files at ``path``, in the order of their names.

    Raises:
        WarclaimsError: there is no CAS file, or no file with its types.
    """
    sources: dict[Path, Path] = {}
    types: dict[Path, Any] = {}
    left_out: Counter[str] = Counter()
    stems = {
        file.with_suffix(""): file
        for file in files_of_format(path, problems, ".xmi", beside=(TYPES.lower(),))
    }
    for stem, name in document_names([*stems], path).items():
        file = stems[stem]
        if file.parent not in sources:
            sources[file.parent] = _types_of(file, path)
        source = sources[file.parent]
        try:
            if source not in types:
                types[source] = _loaded(source, load_typesystem)
            cas = _loaded(file, lambda data: load_cas_from_xmi(data, types[source]))  # noqa: B023
            reader = _CasReader(cas, str(file), problems)
            yield reader.result(name)
            left_out += reader.left_out
        except _UnreadableFile as error:
            problems.add(error.file, error.line, error.code, str(error))
    if left_out:
        message = f"annotations are left out, since they are no labels: {counted(left_out)}"
        problems.add(str(path), None, "X603", message)


def _types_of(file: Path, top: Path) -> Path:
    """The file with the types, beside ``file`` or above it, whatever the case of its name."""
    for folder in file.parents:
        for one in sorted(folder.iterdir() if folder.is_dir() else ()):
            if one.name.lower().endswith(TYPES.lower()):
                return one
        if folder == top:
            break
    raise WarclaimsError(f"{file} needs a file {TYPES} beside it, with its types")


class _UnreadableFile(Exception):
    """A file cannot be read; the message says why."""

    def __init__(self, file: Path | str, code: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.file, self.code, self.line = str(file), code, line


def _loaded(path: Path, load: Any) -> Any:
    """What ``load`` makes of a file; a warning of cassis is an error."""
    try:
        data = read_file(path)
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            return load(io.BytesIO(data))
    except OSError as error:
        raise _UnreadableFile(path, "X101", f"cannot be read: {reason(error)}") from None
    except SyntaxError as error:
        message = f"is not XML: {error.msg}"
        raise _UnreadableFile(path, "X101", message, error.lineno or None) from None
    except UserWarning as error:
        raise _UnreadableFile(path, "X301", str(error)) from None
    except Exception as error:  # cassis raises what its parts raise
        words = str(error).split("\n")[0] or type(error).__name__
        raise _UnreadableFile(path, "X101", f"is not a CAS that can be read: {words}") from None


class _CasReader:
    """Reads the annotations of one document."""

    def __init__(self, cas: Any, file: str, problems: FormatProblems) -> None:
        self._file, self._problems = file, problems
        self._cas = self._with_text(cas)
        self.left_out: Counter[str] = Counter()
        self._given_ids = {
            _words(one, "identifier") or "" for one in self._cas.select_all_fs() if _is_own(one)
        }
        self._spans: dict[str, dict[str, Any]] = {}
        self._ids: dict[int, str] = {}
        self._links: list[tuple[str, Any, Any, dict[str, Any]]] = []

    def result(self, name: str) -> AnnotatedText:
        """The text with everything that was read."""
        text = self._cas.sofa_string
        about: dict[str, Any] = {}
        for facts in self._facts():
            name = facts.identifier or name
            about = self._parsed(facts.facts, "document", "annotations")
        relations = []
        for one in sorted(self._cas.select_all_fs(), key=lambda one: int(one.xmiID)):
            name_of_type = one.type.name
            if name_of_type in _OF_DOCUMENT:
                continue
            if name_of_type.startswith(_LEFT_OUT) or not is_annotation(one):
                self.left_out[_short(one)] += 1
            elif all(one.type.get_feature(end) for end in _ENDS):
                relations.append(one)
            else:
                self._add(one, len(text))
        for one in relations:
            label = _words(one, "label") or _short(one)
            rest = self._features(one, "label", *_ENDS)
            self._links.append((label, one.Governor, one.Dependent, rest))
        return AnnotatedText(
            name,
            text,
            tuple(LabelledSpan(key, **span) for key, span in self._spans.items()),
            tuple(self._known_links()),
            about,
            self._file,
        )

    def _with_text(self, cas: Any) -> Any:
        """The first view that has a text; others with something in them are reported."""
        named = {view.sofa.sofaID: view for view in cas.views}
        first = next((name for name, view in named.items() if view.sofa.sofaString), None)
        if first is None:
            raise _UnreadableFile(self._file, "X101", "has no text")
        for name, view in named.items():
            number = sum(one.type.name not in _OF_DOCUMENT for one in view.get_all_fs())
            if name != first and (view.sofa.sofaString or number):
                message = f"the view {name} is left out, with {plural(number, 'annotation')}"
                self._problems.add(self._file, None, "X603", message)
        return cas.get_view(first)

    def _facts(self) -> list[Any]:
        name = f"{NAMESPACE}{DOCUMENT}"
        return self._cas.select(name) if self._cas.typesystem.contains_type(name) else []

    def _parsed(self, words: str | None, *tables: str) -> dict[str, Any]:
        """The JSON object in a feature, in which ``tables`` are objects, too."""
        try:
            found = json.loads(words or "{}")
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and all(isinstance(found.get(one, {}), dict) for one in tables):
            return found
        message = f"has JSON that no export writes: {words}"
        self._problems.add(self._file, None, "X201", message[:120])
        return {}

    def _add(self, one: Any, length: int) -> None:
        """Add an annotation as a span, or as another fragment of one."""
        kind = one.type.name
        place = (one.begin, one.end)
        if one.begin is None or not 0 <= one.begin < one.end <= length:
            message = f"{_short(one)} at {place[0]}–{place[1]} has no words of the text"
            self._problems.add(self._file, None, "X301", message)
            return
        is_own = _is_own(one)
        key = _words(one, "identifier") if is_own else None
        key = key or free_id("s", int(one.xmiID), self._spans, self._given_ids)
        self._ids[one.xmiID] = key
        if key in self._spans:
            span = self._spans[key]
            span["ranges"] = (*span["ranges"], place)
        else:
            span = self._spans[key] = {"label": self._label(one), "ranges": (place,)}
            span["attributes"] = {}
        span["attributes"] |= self._features(one, *(_OWN if is_own else ()))
        if is_own and (rest := self._parsed(_words(one, "rest"), "attributes", "extra")):
            span["attributes"] |= rest.get("attributes", {})
            span["extra"] = rest.get("extra", {})
            span |= {name: str(rest[name]) for name in ("label", "scheme") if name in rest}
        if kind == f"{NAMESPACE}{FOREIGN}" and (scheme := _words(one, "scheme")):
            span["scheme"] = scheme

    def _label(self, one: Any) -> str:
        kind, short = one.type.name, _short(one)
        if kind == f"{NAMESPACE}{FOREIGN}":
            return _words(one, "label") or short
        return _LABELS.get(kind) or _words(one, _LABELLING.get(short, "")) or short

    def _features(self, one: Any, *others: str) -> dict[str, Any]:
        """The values of features but ``others``; those that lead to annotations are links."""
        found: dict[str, Any] = {}
        for feature in one.type.all_features:
            name = feature.name
            value = getattr(one, name)
            if name in ("sofa", "begin", "end", *others) or value is None:
                continue
            elements = getattr(value, "elements", None)
            if isinstance(elements, list):
                links = [each for each in elements if hasattr(each, "type")]
                if links:
                    self._links += [_link(name, one, each) for each in links]
                elif elements:
                    found[name] = elements
            elif hasattr(value, "type"):
                self._links.append((name, one, value, {}))
            else:
                found[name] = value
        return found

    def _known_links(self) -> Iterator[LabelledLink]:
        for label, *found, attributes in self._links:
            ends = [self._ids.get(getattr(end, "xmiID", 0)) for end in found]
            if ends[0] and ends[1]:
                yield LabelledLink(label, ends[0], ends[1], attributes)
            elif out := [end for end in found if end and end.type.name.startswith(_LEFT_OUT)]:
                self.left_out[f"links at {_short(out[0])}"] += 1
            else:
                message = f"the link {label} does not begin and end at annotations of the text"
                self._problems.add(self._file, None, "X401", message)


def _is_own(one: Any) -> bool:
    """True if an annotation is of a type that an export writes for labels."""
    return one.type.name in _LABELS or one.type.name == f"{NAMESPACE}{FOREIGN}"


def _short(one: Any) -> str:
    """The name of the type of an annotation without its package."""
    name: str = one.type.name.rpartition(".")[2]
    return name


def _words(one: Any, name: str) -> str | None:
    """The value of a feature that an annotation may have."""
    value = getattr(one, name, None) if name else None
    return value if isinstance(value, str) and value else None


def _link(name: str, one: Any, each: Any) -> tuple[str, Any, Any, dict[str, Any]]:
    """The link in an element of a feature: one with a role, or the annotation itself."""
    if each.type.get_feature("target"):
        return _words(each, "role") or name, one, each.target, {}
    return name, one, each, {}
