"""Train the adapter on the grounded set's train rows, in one run or several.

usage: train.py BASE DATA CHECKPOINT.pt --minutes M [--finish] [--full SHARE] [--rate 4e-4] [--threads 2]

AdamW with a constant rate after a short warm-up, so that a run can be carried on from its checkpoint without knowing
when it ends; with --finish the rate falls to zero over these minutes, into CHECKPOINT.finished.pt (warm-up, stable,
decay: Hu et al. 2024), and the checkpoint itself stays as it was, to be carried on.
Each context is packed with one of two masks (pack.py), so that one adapter serves both ways of reading.
"""
import argparse
import os
import random
import signal
import sys
import time

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

import network
from contexts import contexts
from grounded import apart, load
from network import Network
from pack import pack
from prompt import Prompt

CONTEXTS_A_STEP = 4
WARM_UP = 30
"""Steps."""


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(f'{options.base}/tokenizer.json')
    prompt = Prompt(lambda text: tokenizer.encode(text, add_special_tokens=False).ids)
    train = contexts(apart(load(options.data, 'train'), load(options.data, 'dev')), options.seed)
    judged = dev_contexts(options.data, prompt)
    model = Network(options.base, rank=options.rank)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(.9, .98), weight_decay=0.0)
    step, seen = resume(options.checkpoint, model, optimizer)
    network.compile_layers()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(keep(options, model, optimizer, step, seen)))
    print(len(train), 'contexts,', seen, 'seen', flush=True)
    start = saved = time.time()
    while (passed := (time.time() - start) / 60) < options.minutes:
        rate = options.rate * min(1, (step + 1) / WARM_UP) * (1 - passed / options.minutes if options.finish else 1)
        for group in optimizer.param_groups:
            group['lr'] = rate
        loss, seen = learn(model, train, prompt, seen, options.full)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        if step % 10 == 0:
            print(f'step {step}, {seen} contexts, {passed:.1f} min, loss {loss:.3f}', flush=True)
        if time.time() - saved > 600:
            saved = time.time()
            keep(options, model, optimizer, step, seen)
    keep(options, model, optimizer, step, seen)
    print('dev', judge(model, judged), flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('base')
    parser.add_argument('data')
    parser.add_argument('checkpoint')
    parser.add_argument('--minutes', type=float, required=True)
    parser.add_argument('--finish', action='store_true')
    parser.add_argument('--full', type=float, default=0.5, help='share of contexts with the full mask')
    parser.add_argument('--rate', type=float, default=4e-4)
    parser.add_argument('--rank', type=int, default=16)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--threads', type=int, default=2)
    return parser.parse_args()


def learn(model, train, prompt, seen, full):
    """Gradients of the next contexts; -> mean loss of a token, contexts seen."""
    total = weight = 0.0
    for _ in range(CONTEXTS_A_STEP):
        rnd = random.Random(seen)
        for packed in pack(train[seen % len(train)], prompt, rnd.random() >= full, rnd):
            losses = cross_entropy(model(packed.ids, packed.positions, packed.mask, packed.at), packed.target, reduction='none')
            loss = (losses * packed.weight).sum()
            (loss / 30).backward()
            total += loss.item()
            weight += packed.weight.sum().item()
        seen += 1
    return total / max(weight, 1e-9), seen


def dev_contexts(data, prompt, most=36):
    """The same dev contexts with either mask: {'full': [...], 'blocks': [...]}."""
    made = contexts(load(data, 'dev'), 1, tables=0)[:most]
    return {name: [one for i, context in enumerate(made) for one in pack(context, prompt, blocks, random.Random(i))]
            for name, blocks in (('full', False), ('blocks', True))}


def judge(model, judged):
    """Loss and accuracy of a token by mask. With gradients on: without them every layer would be compiled a second time."""
    figures = {}
    for name, rows in judged.items():
        loss = right = count = 0
        for packed in rows:
            logits = model(packed.ids, packed.positions, packed.mask, packed.at).detach()
            loss += cross_entropy(logits, packed.target, reduction='sum').item()
            right += (logits.argmax(-1) == packed.target).sum().item()
            count += len(packed.target)
        figures[name] = round(loss / count, 4), round(right / count, 4)
    return figures


def resume(path, model, optimizer):
    if not os.path.exists(path):
        return 0, 0
    held = torch.load(path)
    model.load_state_dict(held['model'])
    optimizer.load_state_dict(held['optimizer'])
    return held['step'], held['seen']


def keep(options, model, optimizer, step, seen):
    """Whole or not at all: written beside, then renamed."""
    path = options.checkpoint.replace('.pt', '.finished.pt') if options.finish else options.checkpoint
    torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step, seen=seen, adapters=model.adapters()), path + '.part')
    os.replace(path + '.part', path)


if __name__ == '__main__':
    main()
