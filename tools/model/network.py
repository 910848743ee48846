"""SmolLM2 (a Llama) with low-rank adapters (LoRA, Hu et al. 2021) on all linear layers; one sequence at a time.

Query, key and value are one product, as are gate and up: names and layout match export.py's graph.
"""
import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

LINEAR = ('qkv', 'o', 'gu', 'dn')
HEAD = 64
"""Width of an attention head."""


class Network(nn.Module):
    def __init__(self, folder, rank=16, alpha=32.0, dtype=torch.bfloat16):
        super().__init__()
        with open(f'{folder}/config.json') as file:
            config = json.load(file)
        state = load_file(f'{folder}/model.safetensors')
        self.layers, self.heads, self.kv = (config[k] for k in ('num_hidden_layers', 'num_attention_heads', 'num_key_value_heads'))
        self.ff, self.eps = config['intermediate_size'], config['rms_norm_eps']
        self.dtype, self.scale = dtype, alpha / rank
        self.table = state['model.embed_tokens.weight'].to(dtype)
        self.norm = state['model.norm.weight'].to(dtype)
        self.frozen = [self.fused(state, layer) for layer in range(self.layers)]
        torch.manual_seed(0)
        self.A, self.B = nn.ParameterDict(), nn.ParameterDict()
        for layer, weights in enumerate(self.frozen):
            for name in LINEAR:
                out, wide = weights[name].shape
                self.A[f'{layer}_{name}'] = nn.Parameter(torch.randn(wide, rank) / math.sqrt(wide))
                self.B[f'{layer}_{name}'] = nn.Parameter(torch.zeros(rank, out))
        angle = torch.outer(torch.arange(4096).float(), 1 / config.get('rope_theta', 1e5) ** (torch.arange(0, HEAD, 2) / HEAD))
        self.cos, self.sin = angle.cos().to(dtype), angle.sin().to(dtype)

    def fused(self, state, layer):
        w = lambda name: state[f'model.layers.{layer}.{name}.weight']
        made = dict(qkv=torch.cat([w('self_attn.q_proj'), w('self_attn.k_proj'), w('self_attn.v_proj')]), o=w('self_attn.o_proj'),
                    gu=torch.cat([w('mlp.gate_proj'), w('mlp.up_proj')]), dn=w('mlp.down_proj'),
                    n1=w('input_layernorm'), n2=w('post_attention_layernorm'))
        return {name: value.to(self.dtype) for name, value in made.items()}

    def adapter_of(self, layer):
        return {name: (self.A[f'{layer}_{name}'].to(self.dtype), self.B[f'{layer}_{name}'].to(self.dtype)) for name in LINEAR}

    def forward(self, ids, positions, mask, at):
        """ids, positions [T]; mask [T, T] bool; at [n] rows -> logits [n, vocabulary], float32."""
        x = self.table[ids]
        cos, sin = self.cos[positions], self.sin[positions]
        bias = torch.zeros(mask.shape, dtype=self.dtype).masked_fill(~mask, -1e9)
        for layer, weights in enumerate(self.frozen):
            x = block(x, cos, sin, bias, weights, self.adapter_of(layer), self.heads, self.kv, self.ff, self.eps, self.scale)
        return F.linear(rms_norm(x[at], self.norm, self.eps), self.table).float()

    def adapters(self):
        """{`layer.name.A` [in, rank], `layer.name.B` [rank, out]}, the scale folded into B, as export.py takes them."""
        return {**{f"{key.replace('_', '.')}.A": value.detach().clone() for key, value in self.A.items()},
                **{f"{key.replace('_', '.')}.B": value.detach() * self.scale for key, value in self.B.items()}}

    def load_adapters(self, adapters):
        for name, value in adapters.items():
            layer, side = name.rsplit('.', 1)
            getattr(self, side)[layer.replace('.', '_')].data = value / (self.scale if side == 'B' else 1)


def rms_norm(x, weight, eps):
    h = x.float()
    return (h * torch.rsqrt(h.pow(2).mean(-1, keepdim=True) + eps)).to(x.dtype) * weight


def rope(x, cos, sin):
    a, b = x.split(HEAD // 2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def block(x, cos, sin, bias, weights, adapter, heads, kv, ff, eps, scale):
    """One transformer layer over x [T, width]; heads that share keys and values are one product."""
    def product(h, name):
        return linear(h, weights[name], adapter[name], scale)

    length, group = x.shape[0], heads // kv
    q, k, v = product(rms_norm(x, weights['n1'], eps), 'qkv').split([heads * HEAD, kv * HEAD, kv * HEAD], -1)
    q = rope(q.view(length, heads, HEAD).transpose(0, 1), cos, sin).reshape(kv, group * length, HEAD)
    k = rope(k.view(length, kv, HEAD).transpose(0, 1), cos, sin)
    v = v.view(length, kv, HEAD).transpose(0, 1)
    scores = (q @ k.transpose(1, 2)).view(kv, group, length, length) * HEAD ** -0.5 + bias
    seen = (torch.softmax(scores, -1).view(kv, group * length, length) @ v).view(heads, length, HEAD)
    x = x + product(seen.transpose(0, 1).reshape(length, heads * HEAD), 'o')
    gate, up = product(rms_norm(x, weights['n2'], eps), 'gu').split(ff, -1)
    return x + product(F.silu(gate) * up, 'dn')


def linear(x, weight, adapter, scale):
    a, b = adapter
    return F.linear(x, weight) + ((x @ a) @ b) * scale


def compile_layers():
    """Fuses the layer's small operations: 1.6 times as many tokens a second. Each sequence length compiles once, for about a minute."""
    global block
    block = torch.compile(block, dynamic=False)
