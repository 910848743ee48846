"""Smoothing before int8 (SmoothQuant, Xiao et al. 2023): scales move from outlying activations to the weights.

usage: smoothing.py BASE DATA CHECKPOINT.pt OUT.npz     writes the peak of each input channel over some training contexts
"""
import random
import sys

import numpy as np
import torch
from tokenizers import Tokenizer

import network
from contexts import contexts
from grounded import apart, load
from pack import pack
from prompt import Prompt

CONTEXTS = 24


def main(base, data, checkpoint, out):
    tokenizer = Tokenizer.from_file(f'{base}/tokenizer.json')
    prompt = Prompt(lambda text: tokenizer.encode(text, add_special_tokens=False).ids)
    adapters = torch.load(checkpoint)['adapters']
    model = network.Network(base, rank=len(adapters['0.qkv.B']))
    model.load_adapters(adapters)
    peaks = watch(model)
    made = contexts(apart(load(data, 'train'), load(data, 'dev')), 9)[:4 * CONTEXTS]
    packed = [one for i, context in enumerate(made) for one in pack(context, prompt, i % 2 == 0, random.Random(i))[:1]][:CONTEXTS]
    with torch.no_grad():
        for one in packed:
            model(one.ids, one.positions, one.mask, one.at)
    np.savez(out, **{name: value.numpy() for name, value in peaks.items()})
    for name in network.LINEAR:
        print(name, [f"{peaks[f'{layer}.{name}'].max():.0f}/{peaks[f'{layer}.{name}'].median():.2f}" for layer in range(0, model.layers, 3)])


def watch(model):
    """Fills the returned {`layer.name`: [channels]} with the largest input of each linear layer, as the model runs."""
    names = {weights[name].data_ptr(): f'{layer}.{name}' for layer, weights in enumerate(model.frozen) for name in network.LINEAR}
    peaks, plain = {}, network.linear

    def watched(x, weight, adapter, scale):
        name, largest = names[weight.data_ptr()], x.detach().float().abs().max(0).values
        peaks[name] = torch.maximum(peaks[name], largest) if name in peaks else largest
        return plain(x, weight, adapter, scale)

    network.linear = watched
    return peaks


if __name__ == '__main__':
    main(*sys.argv[1:5])
