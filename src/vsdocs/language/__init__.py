"""Reading sentences: is a target SMART, is a voice the child's own, what does a spending line buy.

Words by the rules of spaCy's English tokenizer (as data, in `english.json`), lemmas by simplemma, and word lists in the YAML
files of this folder, which hold the general vocabulary of English schools. Nothing here needs a network, and the same text
always reads the same.
"""
