"""Write the network and its adapter as ONNX, in the layout of transformers.js 2.

usage: export.py BASE OUT_DIR [CHECKPOINT.pt [PEAKS.npz [ALPHA]]]
"""
import json
import os
import shutil
import sys

import numpy as np
import onnx
import torch
from safetensors.torch import load_file

from graph import build


def main(base, out, checkpoint=None, peaks=None, alpha='0.7'):
    with open(f'{base}/config.json') as file:
        config = json.load(file)
    weights = {name: value.float().numpy() for name, value in load_file(f'{base}/model.safetensors').items()}
    adapters = {name: value.numpy() for name, value in torch.load(checkpoint)['adapters'].items()} if checkpoint else None
    model = build(config, weights, adapters, np.load(peaks) if peaks else None, float(alpha))
    path = f'{out}/onnx/decoder_model_merged_quantized.onnx'
    os.makedirs(os.path.dirname(path), exist_ok=True)
    onnx.save(model, path)
    for name in ('config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'):
        shutil.copy(f'{base}/{name}', out)
    print(os.path.getsize(path), 'bytes', len(model.graph.node), 'nodes')


if __name__ == '__main__':
    main(*sys.argv[1:])
