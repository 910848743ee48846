"""Answers of the exported ONNX file to prompts, by the measures of `npm run evaluate -- --answers`.

usage: evaluate.py MODEL_DIR PROMPTS.jsonl [--scales 0,1] [--read full|blocks] [--numbers order|any] [--most N] [--rows OUT.jsonl]

PROMPTS.jsonl is written by `npm run evaluate -- --grounded DIR --answers --prompts PROMPTS.jsonl`: {id, source, kind, question,
passages, golds, goldNumbers} by row. `--numbers any` gives the passages numbers from 1 to 9 in any order, as they come to
have in a conversation, the same in each run. Native and on all cores, it takes a fifth of the page's time: for choosing between
checkpoints. The figures that are published are the page's.
"""
import argparse
import collections
import json
import random
import re
import string
import time

from tokenizers import Tokenizer

from pack import HIGHEST_NUMBER
from prompt import Prompt
from session import Session

ARTICLES = ('a', 'an', 'the')


def words(text):
    text = ''.join(c for c in re.sub(r'\[\d+\]', '', text).lower() if c not in string.punctuation)
    return [word for word in text.split() if word not in ARTICLES]


def contains(answer, gold):
    part, whole = words(gold), words(answer)
    return bool(part) and any(whole[i:i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def f1(answer, gold):
    a, b = words(answer), words(gold)
    same = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * same / (len(a) + len(b)) if same else 0.0


def numbered(row, numbers):
    """The numbers of the row's passages, in their order."""
    count = len(row['passages'])
    return list(range(1, count + 1)) if numbers == 'order' else random.Random(row['id']).sample(range(1, HIGHEST_NUMBER + 1), count)


def judge(row, answer, gold):
    """{measure: value} of one answer, `gold` the numbers of the right passages; a measure that the row has nothing to say on is left out."""
    refused = answer.lower().startswith('not in the documents')
    if row['kind'] == 'none':
        return {'refused right': float(refused)}
    cited = {int(n) for n in re.findall(r'\[(\d+)\]', answer)}
    figures = {'refused wrong': float(refused), 'citation recall': len(cited & gold) / len(gold) if gold else 0.0}
    if cited:
        figures['citation precision'] = len(cited & gold) / len(cited)
    if row['kind'] == 'span':
        figures['contains'] = float(not refused and any(contains(answer, one) for one in row['golds']))
    elif row['kind'] == 'yes/no':
        figures['first word'] = float(any(words(answer)[:1] == words(one)[:1] for one in row['golds']))
    else:
        figures['sentence f1'] = 0.0 if refused else max(f1(answer, one) for one in row['golds'])
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('model')
    parser.add_argument('prompts')
    parser.add_argument('--scales', default='0,1')
    parser.add_argument('--read', choices=('full', 'blocks'), default='full')
    parser.add_argument('--numbers', choices=('order', 'any'), default='order')
    parser.add_argument('--most', type=int)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--rows')
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(f'{options.model}/tokenizer.json')
    prompt = Prompt(lambda text: tokenizer.encode(text, add_special_tokens=False).ids)
    session = Session(options.model, options.threads)
    with open(options.prompts) as file:
        rows = [json.loads(line) for line in file][:options.most]
    kept = open(options.rows, 'w') if options.rows else None
    for scale in map(float, options.scales.split(',')):
        figures, start = collections.defaultdict(list), time.time()
        for row in rows:
            numbers = numbered(row, options.numbers)
            pieces = [prompt.block(number, passage) for number, passage in zip(numbers, row['passages'])]
            caches, after = session.read(prompt.system, pieces, options.read == 'blocks', scale)
            answer = tokenizer.decode(session.write(prompt.question(row['question']), caches, after, scale))
            judged = judge(row, answer, {numbers[n - 1] for n in row['goldNumbers']})
            for name, value in judged.items():
                figures[name].append(value)
            if kept:
                kept.write(json.dumps(dict(id=row['id'], scale=scale, kind=row['kind'], question=row['question'], golds=row['golds'], answer=answer, **judged), ensure_ascii=False) + '\n')
        print(f'adapter {scale:g}, {options.read}, numbers: {options.numbers}: {len(rows)} rows, {(time.time() - start) / len(rows):.2f} s each')
        for name, values in sorted(figures.items()):
            print(f'  {name:20} {sum(values) / len(values):.3f} of {len(values)}', flush=True)


if __name__ == '__main__':
    main()
