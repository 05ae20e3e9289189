"""The structure of a tagged PDF: which of its parts is a heading, a list, a table, and what each page shows of it."""

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

PRODUCER = "vsdocs"


@dataclass(frozen=True)
class Spot:
    """A place on a page that may be clicked: the annotation of this name."""

    page: int
    name: str
    about: PDFDictionary


@dataclass(eq=False)
class Node:
    """One element. `kids` are elements, (page, number) of what is marked as its own on a page, or places to click."""

    tag: str
    kids: list["Node | tuple[int, int] | Spot"] = field(default_factory=list)
    alt: str = ""
    about: dict[str, dict[str, Any]] = field(default_factory=dict)  # owner ('Table') -> its attributes

    def add(self, tag: str, **more: Any) -> "Node":
        kid = Node(tag, **more)
        self.kids.append(kid)
        return kid

    def is_empty(self) -> bool:
        return all(isinstance(kid, Node) and kid.is_empty() for kid in self.kids)


class Tree:
    """Writes the elements under a root into a document of the PDF library."""

    def __init__(self, doc: Any, root: Node) -> None:
        self.doc = doc
        self.pages: dict[int, dict[int, Any]] = {}
        self.spots: list[Any] = []  # the elements of what may be clicked
        top = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self.reference = doc.Reference(top)
        top.dict["K"] = self._element(root, self.reference)
        numbers: list[Any] = []
        for page, marked in sorted(self.pages.items()):
            numbers += [page, doc.Reference(PDFArray([marked[number] for number in sorted(marked)]))]
            at = doc.Pages.pages[page]
            at.__NoDefault__ = [*at.__NoDefault__, "StructParents", "Tabs"]
            at.StructParents, at.Tabs = page, PDFName("S")
        for number, element in enumerate(self.spots, len(doc.Pages.pages)):
            numbers += [number, element]
        top.dict["ParentTree"] = doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        top.dict["ParentTreeNextKey"] = len(doc.Pages.pages) + len(self.spots)
        doc.Catalog.StructTreeRoot = top
        doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _element(self, node: Node, parent: Any) -> Any:
        said: dict[str, Any] = {"Type": PDFName("StructElem"), "S": PDFName(node.tag), "P": parent}
        if node.alt:
            said["Alt"] = PDFString(node.alt)
        if node.about:
            said["A"] = PDFArray([_owned(owner, what) for owner, what in node.about.items()])
        own = PDFDictionary(said)
        reference = self.doc.Reference(own)
        kids: list[Any] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                if not kid.is_empty() or kid.tag in ("TD", "TH"):
                    kids.append(self._element(kid, reference))
            elif isinstance(kid, Spot):
                kid.about.dict["StructParent"] = len(self.doc.Pages.pages) + len(self.spots)
                self.spots.append(reference)
                at, obj = self.doc.Pages.pages[kid.page], self.doc.refAnnotation(kid.name)
                kids.append(PDFDictionary({"Type": PDFName("OBJR"), "Pg": at, "Obj": obj}))
            else:
                page, number = kid
                at = self.doc.Pages.pages[page]
                kids.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": at, "MCID": number}))
                self.pages.setdefault(page, {})[number] = reference
        said["K"] = kids[0] if len(kids) == 1 else PDFArray(kids)
        own.dict = said
        return reference


def _owned(owner: str, what: dict[str, Any]) -> PDFDictionary:
    plain = {key: PDFName(said) if isinstance(said, str) else said for key, said in what.items()}
    plain = {key: PDFArray(said) if isinstance(said, list) else said for key, said in plain.items()}
    return PDFDictionary({"O": PDFName(owner)} | plain)


def describe(doc: Any, *, title: str, author: str, identifier: str, language: str, made: str) -> None:
    """Says of the document what it is, in the words of its Word file, and that it is made to be accessible."""
    info, catalog = doc.info, doc.Catalog
    info.title, info.author, info.subject, info.keywords = title, author, identifier, ""
    info.creator = info.producer = PRODUCER
    catalog.Lang = PDFString(language)
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    stream = PDFStream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), _XMP.format(
        title=escape(title), author=escape(author), identifier=escape(identifier), language=escape(language),
        date=f"<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>", producer=PRODUCER,
    ).encode(), filters=[])  # fmt: skip
    catalog.Metadata = stream


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:identifier>{identifier}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{producer}</xmp:CreatorTool>{date}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
