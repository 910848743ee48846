"""Rows of the grounded set: questions with the passages that answer them.

The folder holds passages.jsonl.gz {id, text}, train.jsonl.gz and dev.jsonl.gz (split by title)
{id, title, question, passages: ids, the first `gold` of them the evidence, answer or null, cited?, verbatim?}.
"""
import gzip
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    id: str
    source: str
    title: str
    question: str
    passages: tuple
    """Texts; the first `gold` of them hold the evidence."""
    gold: int
    answer: str | None
    cited: str | None
    """The answer with [n] marks over `passages`, where the source has them."""
    verbatim: bool


def lines(path):
    with gzip.open(path, 'rt', encoding='utf-8') as file:
        yield from map(json.loads, file)


def load(folder, split):
    """All rows of `split` ('train' or 'dev'), in the order of the file."""
    text = {row['id']: row['text'] for row in lines(f'{folder}/passages.jsonl.gz')}
    return [Row(id=row['id'], source=row['id'].split('/')[0], title=row['title'], question=row['question'],
                passages=tuple(text[one] for one in row['passages']), gold=row['gold'], answer=row['answer'],
                cited=row.get('cited'), verbatim=row.get('verbatim', True))
            for row in lines(f'{folder}/{split}.jsonl.gz')]


def apart(rows, held_out):
    """`rows` without those that share a title or a passage with `held_out`: the set's split leaves some of both behind."""
    titles = {row.title for row in held_out if row.title}
    passages = {passage for row in held_out for passage in row.passages}
    return [row for row in rows if row.title not in titles and not passages.intersection(row.passages)]
