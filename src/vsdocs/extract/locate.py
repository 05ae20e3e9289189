"""Where on a form the answers are: from the blocks of any layout to headings, label-value pairs, grids and lines."""

from itertools import zip_longest

from vsdocs.document import Document, Table
from vsdocs.errors import FileProblem
from vsdocs.extract.flow import Flow
from vsdocs.extract.labels import Labels
from vsdocs.extract.look import learn
from vsdocs.extract.spots import Spot
from vsdocs.extract.tabbed import tables_of_tabs
from vsdocs.extract.tables import TableReader
from vsdocs.extract.vocabulary import FormVocabulary

MAX_PARTS = 10_000  # paragraphs and table cells; a long PEP has under 1,500


def locate(document: Document, vocabulary: FormVocabulary) -> list[Spot]:
    """Everything on the form that may be an answer, in reading order. Raises FileProblem('too_big')."""
    cells = sum(len(block.cells) for block in document.blocks if isinstance(block, Table))
    if cells + len(document.blocks) > MAX_PARTS:
        raise FileProblem("too_big")
    labels = Labels(vocabulary)
    flow = Flow(labels, learn(document, labels))
    tables = TableReader(flow)
    blocks = tables_of_tabs(document.blocks, labels)
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Table):
            tables.read(block)
        else:
            flow.block(block, following)
    flow.finish()
    return flow.spots
