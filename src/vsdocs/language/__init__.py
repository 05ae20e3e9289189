"""Reading sentences: is a target SMART, is a voice the child's own, what does a spending line buy.

One spaCy pipeline without a statistical model, lemmas by simplemma, and word lists in the YAML files of this folder. The
lists hold the general vocabulary of English schools; nothing here needs a network, and the same text always reads the same.
"""
