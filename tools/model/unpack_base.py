"""Unpack the base model into OUT: model.safetensors (float32), config.json, tokenizer.json, tokenizer_config.json.

From the ONNX file also its adapter, OUT/adapter.pt, as train.py keeps them: to compare with, or to carry on from.

usage: unpack_base.py onnx MODEL_DIR OUT     from the shipped ONNX file: int8 weights times their scales
       unpack_base.py gguf MODEL.gguf OUT    from SmolLM2-135M-Instruct as GGUF (needs the packages gguf and accelerate)

MODEL_DIR holds the shipped folder joined from its parts (join_parts.py). Smoothing (smoothing.py) moved scales between
layers; they cancel out, so the unpacked network computes what the base computed, up to the rounding to int8.
"""
import json
import os
import shutil
import sys

import numpy as np
import torch
from safetensors.torch import save_file

HEAD = 64


def main(kind, source, out):
    os.makedirs(out, exist_ok=True)
    state, config = from_gguf(source, out) if kind == 'gguf' else from_onnx(source, out)
    state.pop('lm_head.weight', None)  # the embedding table is the output head too
    save_file({name: value.contiguous() for name, value in state.items()}, f'{out}/model.safetensors')
    with open(f'{out}/config.json', 'w') as file:
        json.dump(config, file, indent=1, default=str)
    print(sum(value.numel() for value in state.values()), 'weights')


def from_gguf(source, out):
    from transformers import AutoModelForCausalLM, AutoTokenizer
    folder, name = os.path.split(os.path.abspath(source))
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
    config = model.config.to_dict()
    config.pop('quantization_config', None)
    AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(out)
    with open(f'{out}/tokenizer.json') as file:
        tokenizer = json.load(file)
    # GGUF does not keep that digits are split one by one
    tokenizer['pre_tokenizer'] = {'type': 'Sequence', 'pretokenizers': [
        {'type': 'Digits', 'individual_digits': True},
        {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': True}]}
    with open(f'{out}/tokenizer.json', 'w') as file:
        json.dump(tokenizer, file, ensure_ascii=False)
    return model.state_dict(), config


def from_onnx(source, out):
    import onnx
    from onnx import numpy_helper
    with open(f'{source}/config.json') as file:
        config = json.load(file)
    graph = onnx.load(f'{source}/onnx/decoder_model_merged_quantized.onnx').graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    heads, kv, ff = (config[k] for k in ('num_attention_heads', 'num_key_value_heads', 'intermediate_size'))

    def weight(name):
        return torch.tensor((held[f'{name}.q'].astype(np.float32) * held[f'{name}.s']).T.copy())

    state = {'model.embed_tokens.weight': torch.tensor(held['table.q'].astype(np.float32) * held['table.s'][:, None]),
             'model.norm.weight': torch.tensor(held['nf'].copy())}
    for layer in range(config['num_hidden_layers']):
        p = f'model.layers.{layer}.'
        q, k, v = weight(f'{layer}.qkv').split([heads * HEAD, kv * HEAD, kv * HEAD])
        gate, up = weight(f'{layer}.gu').split(ff)
        q = q * HEAD ** 0.5  # the graph's query holds the attention's scale
        for name, value in dict(q=q, k=k, v=v, o=weight(f'{layer}.o')).items():
            state[f'{p}self_attn.{name}_proj.weight'] = value
        for name, value in dict(gate=gate, up=up, down=weight(f'{layer}.dn')).items():
            state[f'{p}mlp.{name}_proj.weight'] = value
        state[f'{p}input_layernorm.weight'] = torch.tensor(held[f'{layer}.n1'].copy())
        state[f'{p}post_attention_layernorm.weight'] = torch.tensor(held[f'{layer}.n2'].copy())
    adapters = {name: torch.tensor(value.astype(np.float32)) for name, value in held.items() if name.endswith(('.A', '.B'))}
    for layer in range(config['num_hidden_layers']):
        adapters[f'{layer}.qkv.B'][:, :heads * HEAD] *= HEAD ** 0.5
    torch.save(dict(adapters=adapters), f'{out}/adapter.pt')
    for name in ('tokenizer.json', 'tokenizer_config.json', 'generation_config.json'):
        shutil.copy(f'{source}/{name}', out)
    return state, config


if __name__ == '__main__':
    main(*sys.argv[1:4])
