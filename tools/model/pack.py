"""Contexts as token ids, positions and attention masks.

A packed context is: system prompt, passage blocks, then branches (question and answer) side by side. Two masks:
  full    each token sees all before it, a branch its passages and itself: exactly the page's prompt;
  blocks  passages do not see each other; the question sees all (Block-Attention, Ma et al. 2024). Exactly what the page
          does when it reads each passage once, right after the system prompt, and moves its keys to its place: here
          every passage has the system prompt right before it, and the positions are those of `full`.
"""
import random
from dataclasses import dataclass

import torch

from prompt import PASSAGE_BUDGET

LENGTHS = (512, 704, 960)
"""Sequences are filled up to one of these, so that few shapes have to be compiled. The longest holds four passages and a question."""
COPY, BRANCH = 100, 200
"""Segments: 0 the system prompt, then passages by their place, copies of the system prompt, branches."""
LONGEST_QUESTION = 90
LONGEST_ANSWER = 90
HIGHEST_NUMBER = 9


@dataclass
class Packed:
    source: str
    ids: torch.Tensor
    """[T] int64"""
    positions: torch.Tensor
    """[T]"""
    mask: torch.Tensor
    """[T, T] bool: row may look at column"""
    at: torch.Tensor
    """[n] rows whose next token is learnt"""
    target: torch.Tensor
    """[n]"""
    weight: torch.Tensor
    """[n]: 1 / sqrt(answer's tokens), so that long answers do not outweigh the short"""


def pack(context, prompt, blocks, rnd=random):
    """One Packed or more: branches that do not fit go into a next one over the same passages. [] if the passages are too long."""
    numbers = list(range(1, len(context.passages) + 1))
    if blocks and rnd.random() < .5:  # in a conversation a passage keeps the number that it got first
        numbers = rnd.sample(range(1, HIGHEST_NUMBER + 1), len(numbers))
    pieces = [prompt.block(number, passage) for number, passage in zip(numbers, context.passages)]
    if len(prompt.system) + sum(map(len, pieces)) > PASSAGE_BUDGET:
        return []
    branches = []
    for question, answer in context.branches:
        q, a = prompt.question(question), prompt.answer(renumbered(answer, numbers))
        if len(q) <= LONGEST_QUESTION and len(a) <= LONGEST_ANSWER:
            branches.append((q, a))
    made = []
    while branches:
        packed, branches = fill(context.source, prompt.system, pieces, branches, blocks)
        made.append(packed)
    return made


def renumbered(answer, numbers):
    for n in sorted(range(1, len(numbers) + 1), reverse=True):
        answer = answer.replace(f'[{n}]', f'[\0{numbers[n - 1]}]')
    return answer.replace('\0', '')


def fill(source, system, pieces, branches, blocks, lengths=LENGTHS):
    """-> the context with as many branches as fit the longest of `lengths`, and those left; () takes all, unfilled."""
    ids, positions, segment = list(system), list(range(len(system))), [0] * len(system)
    after = len(system)
    for number, piece in enumerate(pieces, 1):
        if blocks and number > 1:  # a passage is read right after the system prompt: each has it before itself
            ids += system
            positions += range(after - len(system), after)
            segment += [COPY + number] * len(system)
        ids += piece
        positions += range(after, after + len(piece))
        segment += [number if blocks else 0] * len(piece)
        after += len(piece)
    at, target, weight, left = [], [], [], []
    longest = lengths[-1] if lengths else float('inf')
    for i, (question, answer) in enumerate(branches):
        n = len(question) + len(answer)
        if len(ids) + n > longest and at:
            left.append((question, answer))
            continue
        start = len(ids)
        ids += question + answer
        positions += range(after, after + n)
        segment += [BRANCH + i] * n
        at += range(start + len(question) - 1, start + n - 1)
        target += answer
        weight += [len(answer) ** -.5] * len(answer)
    length = next((one for one in lengths if one >= len(ids)), len(ids))
    padding = length - len(ids)
    segment = torch.tensor(segment + [-1] * padding)
    row, column = segment[:, None], segment[None]
    sees = row == column
    sees |= (row == 1) & (column == 0)
    sees |= (row > 1) & (column == COPY + row)
    sees |= (row >= BRANCH) & (column >= 0) & (column < COPY)
    mask = sees & torch.tril(torch.ones(length, length, dtype=torch.bool))
    packed = Packed(source, torch.tensor(ids + [0] * padding), torch.tensor(positions + [0] * padding), mask,
                    torch.tensor(at), torch.tensor(target), torch.tensor(weight))
    return packed, left
