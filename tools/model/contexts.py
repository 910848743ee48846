"""Training contexts from the grounded set: up to four passages, and all questions that can be asked over them.

Several questions over the same passages cost little more than one (pack.py lays them side by side, none sees another),
so passages are put together that have questions of their own: each is then the gold one for some and a distractor for
the others.
"""
import collections
import random
import re
from dataclasses import dataclass

import synthetic
from prompt import REFUSAL
from wording import cited, reason, stands_in, tidy, yes_or_no

MOST = dict(fairytaleqa=6000, selqa=1500, dstc9_faq=1300, pubmedqa_l=250, qmsum=100, quoref_part=900, boolq_part=3600,
            derived_negatives=500)
"""Questions used of a source; of the others all. Styles that would take over are held down."""
TABLES = 220
WORDS = 410
"""The passages of a context have at most so many words, which is what the prompt's budget holds."""
REFUSALS = 0.10
"""Share of questions whose passage is held back."""


@dataclass
class Context:
    source: str
    passages: list
    branches: list
    """[(question, answer)]"""


def contexts(rows, seed=0, tables=TABLES):
    """All contexts of these rows and so many made-up tables, shuffled. Each row is asked at most once."""
    rnd = random.Random(seed)
    by_source = collections.defaultdict(list)
    for row in rows:
        if usable(row):
            by_source[row.source].append(row)
    made = []
    for source in sorted(by_source):
        chosen = by_source[source][:]
        rnd.shuffle(chosen)
        if source == 'boolq_part':
            chosen = balanced(chosen)
        chosen = chosen[:MOST.get(source)]
        several = [row for row in chosen if row.gold > 1 or row.cited]
        made += filter(None, (several_gold(row, rnd) for row in several))
        made += one_gold([row for row in chosen if not (row.gold > 1 or row.cited)], rnd)
    made += [Context('table', *synthetic.table(rnd)) for _ in range(tables)]
    rnd.shuffle(made)
    return made


def usable(row):
    """Not too long for the prompt, and not so short that the question needs its conversation."""
    if len(row.question.split()) < 3 or len(row.passages[0].split()) > 320:
        return False
    if row.answer is None:
        return True
    if row.source == 'fairytaleqa' and not row.verbatim and hash_share(row.id) > .35:
        return False
    return 0 < len(row.answer.split()) <= 60


def hash_share(text):
    return random.Random(text).random()


def balanced(rows):
    """As many with yes as with no."""
    yes, no = ([row for row in rows if row.answer.strip().lower() == word] for word in ('yes', 'no'))
    return [row for pair in zip(yes, no) for row in pair]


def several_gold(row, rnd):
    """A question whose answer needs several passages, with the citations its source gives, or all gold ones."""
    passages = list(row.passages[:max(4, row.gold)])
    if row.gold > 4 or row.answer is None:
        return None
    order = list(range(len(passages)))
    rnd.shuffle(order)
    place = {old + 1: order.index(old) + 1 for old in order}
    if row.cited:
        moved = re.sub(r'\[ ?(\d+)[^\]]*\]', lambda m: f'[{place[int(m[1])]}]' if int(m[1]) in place else '', row.cited)
        answer = re.sub(r'\.\s*(\[\d+\])\.$', r' \1.', tidy(moved) + '.')
    elif row.source == 'pubmedqa_l':
        answer = cited(row.answer, place[1])  # the results come first, and hold what the conclusion says
    else:
        answer = cited(row.answer, *(place[i + 1] for i in range(row.gold)))
    return Context(row.source, [passages[old] for old in order], [(row.question, answer)])


def one_gold(rows, rnd):
    """Contexts of passages that have questions of their own, filled up with the distractors of the rows."""
    questions = collections.defaultdict(list)
    for row in rows:
        if row.gold == 1 and row.answer is not None:
            questions[row.passages[0]].append(row)
    by_title = collections.defaultdict(list)
    for passage, asked in questions.items():
        by_title[asked[0].title].append(passage)
    unasked = {passage: list(asked) for passage, asked in questions.items()}
    seeds = list(questions)
    rnd.shuffle(seeds)
    made = []
    for seed in seeds:
        if not unasked[seed]:
            continue
        count = rnd.choices([1, 2, 3, 4], [.10, .20, .30, .40])[0]
        others = [p for p in (*questions[seed][0].passages[1:], *shuffled(by_title[questions[seed][0].title], rnd)) if p != seed]
        others = sorted(dict.fromkeys(others), key=lambda p: not unasked.get(p))  # those with questions left first
        if len(others) < count - 1:
            others += [p for p in rnd.sample(seeds, min(len(seeds), 6)) if p != seed and p not in others]
        passages = within([seed, *others[:count - 1]])
        rnd.shuffle(passages)
        branches = []
        for number, passage in enumerate(passages, 1):
            for row in unasked.get(passage, ()):
                branches.append((upper(row.question), worded(row, passage, number, rnd)))
            if passage in unasked:
                unasked[passage] = []
        branches += held_back(passages, by_title[questions[seed][0].title], questions, len(branches), rnd)
        made.append(finished(questions[seed][0], passages, branches, rnd))
    for row in rows:
        if row.answer is None:
            passages = within(row.passages[:rnd.choice([2, 3, 4])])
            rnd.shuffle(passages)
            made.append(finished(row, passages, [(upper(row.question), REFUSAL)] + [
                (upper(q.question), worded(q, p, n, rnd)) for n, p in enumerate(passages, 1) for q in rnd.sample(questions.get(p, []), min(2, len(questions.get(p, []))))], rnd))
    return made


def worded(row, passage, number, rnd):
    if yes_or_no(row.answer) and rnd.random() < .5 and (why := reason(row.question, passage)):
        return cited(f'{row.answer.strip().capitalize()}: {tidy(why)}', number)
    return cited(row.answer, number)


def held_back(passages, same_title, questions, asked, rnd):
    """Questions of other passages of the title, whose answers stand in none of these."""
    made = []
    elsewhere = [p for p in same_title if p not in passages]
    while elsewhere and rnd.random() < REFUSALS * asked - len(made):
        row = rnd.choice(questions[rnd.choice(elsewhere)])
        if not yes_or_no(row.answer) and len(row.answer) > 3 and not any(stands_in(row.answer, p) for p in passages):
            made.append((upper(row.question), REFUSAL))
        elif rnd.random() < .3:
            break
    return made


def finished(row, passages, branches, rnd):
    if row.title and rnd.random() < .5:
        passages = [p if p.startswith(row.title) else f'{row.title}: {p}' for p in passages]
    if rnd.random() < .05:
        i = rnd.randrange(len(passages))
        passages[i] = synthetic.with_instruction(passages[i], rnd)
    rnd.shuffle(branches)
    return Context(row.source, passages, branches)


def within(passages):
    """The first passages, as many as fit."""
    kept, words = [], 0
    for passage in passages:
        words += len(passage.split())
        if kept and words > WORDS:
            break
        kept.append(passage)
    return kept


def shuffled(items, rnd):
    return rnd.sample(items, len(items))


def upper(text):
    return text[:1].upper() + text[1:]
