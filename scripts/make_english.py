"""Write src/vsdocs/language/english.json: where English words begin and end, by the rules of spaCy's English tokenizer.

vsdocs takes texts apart by these rules without loading that library, which takes longer than reading a PEP. The test
`test_tokens` proves that both give the same words. Run it after raising spaCy's version: `python scripts/make_english.py`.
"""

import json
from pathlib import Path

import spacy

OUT = Path(__file__).parent.parent / "src" / "vsdocs" / "language" / "english.json"


def main() -> None:
    tokenizer = spacy.blank("en").tokenizer
    rules = {
        "source": "The English tokenizer of spaCy (explosion.ai), MIT licence, "
        "© 2016-2024 ExplosionAI GmbH, 2016 spaCy GmbH, 2015 Matthew Honnibal",
        "version": spacy.__version__,
        "prefix": tokenizer.prefix_search.__self__.pattern,
        "suffix": tokenizer.suffix_search.__self__.pattern,
        "infix": tokenizer.infix_finditer.__self__.pattern,
        "url": tokenizer.url_match.__self__.pattern,
        "cases": {case: [part[65] for part in parts] for case, parts in sorted(tokenizer.rules.items())},
    }
    OUT.write_text(json.dumps(rules, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
