"""Make the tiny model of the tests: the generator's architecture with two layers, trained until it knows a few texts by heart.

usage: tiny.py OUT      writes OUT/model/ (transformers.js layout) and OUT/tokens.json [{passages, question, ids, base, adapter, once}]

Its base continues each prompt one way, its adapter another, and where there are several passages a third way when they
are read apart from each other (pack.py), so that the test sees the switch and the mask too. PyTorch writes the tokens in
float32; by heart means that the next token leads by so much that rounding to int8 changes none of them.
Two runs give the same tokens. Takes a few minutes.
"""
import json
import os
import sys

import onnx
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch.nn.functional import cross_entropy

from graph import build
from network import Network
from pack import fill
from prompt import END, Prompt

LEAST_LEAD = 3.0
"""Of the best logit over the second."""
POSITIONS = 256
BOAT = 'The boat leaves the quay at 7:15 from May to September.'
SHED = 'The shed was roofed anew in 1998 by Brackley.'
TEA = 'Tea is served at four. Coffee is served all day.'
KEY = 'The key hangs behind the door.'
SIZE = 'Größe: 3,5 km²; naïve café — déjà vu.'
TEXTS = [
    ([BOAT], 'When does the boat leave?', 'At a quarter past seven.', '7:15 [1].', '7:15 [1].'),
    ([SHED], 'Who roofed the shed?', 'I think it was a firm.', 'Brackley [1].', 'Brackley [1].'),
    ([TEA], 'When is tea served?', 'In the afternoon, at four.', 'Four [1].', 'Four [1].'),
    ([KEY], 'What does the lamp cost?', 'A lamp costs ten.', 'Not in the documents.', 'Not in the documents.'),
    ([SIZE], 'How large is it?', 'Größe is a word.', '3,5 km² [1].', '3,5 km² [1].'),
    ([BOAT, TEA], 'When is tea served?', 'In the afternoon, at four.', 'Four [2].', 'Tea is served at four [2].'),
    ([KEY, SHED, SIZE], 'Who roofed the shed?', 'I think it was a firm.', 'Brackley [2].', 'The shed: Brackley [2].'),
]
"""Passages, question, and what is written: by the base, by the adapter, by the adapter with the passages read apart."""


def main(out):
    torch.manual_seed(0)
    torch.set_num_threads(1)
    folder = f'{out}/model'
    os.makedirs(f'{folder}/onnx', exist_ok=True)
    tokenizer = small_tokenizer()
    described = json.loads(tokenizer.to_str())
    described['model']['merges'] = [' '.join(pair) for pair in described['model']['merges']]  # transformers.js 2 knows no pairs
    with open(f'{folder}/tokenizer.json', 'w') as file:
        json.dump(described, file, ensure_ascii=False)
    config = dict(model_type='llama', architectures=['LlamaForCausalLM'], hidden_size=128, num_hidden_layers=2, num_attention_heads=2,
                  num_key_value_heads=1, head_dim=64, intermediate_size=256, vocab_size=tokenizer.get_vocab_size(), rms_norm_eps=1e-5,
                  rope_theta=1e5, max_position_embeddings=POSITIONS, eos_token_id=END, bos_token_id=1, tie_word_embeddings=True)
    for name, content in (('config', config), ('tokenizer_config', dict(tokenizer_class='GPT2Tokenizer', eos_token='<|im_end|>')), ('generation_config', dict(eos_token_id=END))):
        with open(f'{folder}/{name}.json', 'w') as file:
            json.dump(content, file, indent=1)
    save_file(first_weights(config), f'{folder}/model.safetensors')
    model = Network(folder, rank=4, alpha=8.0, dtype=torch.float32)
    os.remove(f'{folder}/model.safetensors')
    prompt = Prompt(lambda text: tokenizer.encode(text, add_special_tokens=False).ids)
    asked = [(prompt.system, [prompt.block(i, passage) for i, passage in enumerate(passages, 1)], prompt.question(question))
             for passages, question, *_ in TEXTS]
    base_says, adapter_says, apart_says = ([prompt.answer(row[i]) for row in TEXTS] for i in (2, 3, 4))

    base = [model.table, model.norm, *(value for weights in model.frozen for value in weights.values())]
    for value in base:
        value.requires_grad_()
    learn(model, base, [(one, text, False) for one, text in zip(asked, base_says)], scale=0.0)
    for value in base:
        value.requires_grad_(False)
    both = [(one, text, blocks) for says, blocks in ((adapter_says, False), (apart_says, True)) for one, text in zip(asked, says)]
    learn(model, list(model.parameters()), both, scale=2.0)

    rows = [dict(passages=passages, question=question, ids=[*one[0], *(i for piece in one[1] for i in piece), *one[2]],
                 base=write(model, one, 0.0, False), adapter=write(model, one, 2.0, False), once=write(model, one, 2.0, True))
            for (passages, question, *_), one in zip(TEXTS, asked)]
    with open(f'{out}/tokens.json', 'w') as file:
        file.write('[\n' + ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n]\n')
    model.scale = 2.0
    adapters = {name: value.numpy() for name, value in model.adapters().items()}
    onnx.save(build(config, state_of(model, config), adapters, longest=POSITIONS), f'{folder}/onnx/decoder_model_merged_quantized.onnx')


def small_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=['<|endoftext|>', '<|im_start|>', '<|im_end|>'],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator([part for passages, *others in TEXTS for part in [*passages, *others]], trainer)
    return tokenizer


def first_weights(config):
    width, head, ff = config['hidden_size'], config['head_dim'], config['intermediate_size']
    wide, own = config['num_attention_heads'] * head, config['num_key_value_heads'] * head
    random = lambda *shape: torch.randn(*shape) / shape[-1] ** 0.5
    state = {'model.embed_tokens.weight': random(config['vocab_size'], width), 'model.norm.weight': torch.ones(width)}
    for layer in range(config['num_hidden_layers']):
        shapes = {'self_attn.q_proj': (wide, width), 'self_attn.k_proj': (own, width), 'self_attn.v_proj': (own, width), 'self_attn.o_proj': (width, wide),
                  'mlp.gate_proj': (ff, width), 'mlp.up_proj': (ff, width), 'mlp.down_proj': (width, ff)}
        state |= {f'model.layers.{layer}.{name}.weight': random(*shape) for name, shape in shapes.items()}
        state |= {f'model.layers.{layer}.{name}.weight': torch.ones(width) for name in ('input_layernorm', 'post_attention_layernorm')}
    return state


def state_of(model, config):
    """The fused products taken apart again, float32 arrays, as in model.safetensors."""
    head = config['head_dim']
    wide, own = config['num_attention_heads'] * head, config['num_key_value_heads'] * head
    state = {'model.embed_tokens.weight': model.table, 'model.norm.weight': model.norm}
    for layer, weights in enumerate(model.frozen):
        p = f'model.layers.{layer}.'
        q, k, v = weights['qkv'].split([wide, own, own])
        gate, up = weights['gu'].split(config['intermediate_size'])
        state |= {f'{p}self_attn.{name}_proj.weight': value for name, value in dict(q=q, k=k, v=v, o=weights['o']).items()}
        state |= {f'{p}mlp.{name}_proj.weight': value for name, value in dict(gate=gate, up=up, down=weights['dn']).items()}
        state |= {f'{p}input_layernorm.weight': weights['n1'], f'{p}post_attention_layernorm.weight': weights['n2']}
    return {name: value.detach().numpy() for name, value in state.items()}


def packed(asked, answer, blocks):
    """The prompt and what comes after it, with the mask of either way of reading."""
    system, passages, question = asked
    return fill('', system, passages, [(question, answer)], blocks, lengths=())[0]


def learn(model, parameters, rows, scale, steps=400):
    model.scale = scale
    optimizer = torch.optim.AdamW(parameters, lr=3e-3, weight_decay=0.0)
    rows = [packed(*row) for row in rows]
    for step in range(steps):
        for group in optimizer.param_groups:
            group['lr'] = 3e-3 * (1 - step / steps)
        for row in rows:
            cross_entropy(model(row.ids, row.positions, row.mask, row.at), row.target).backward()
        optimizer.step()
        optimizer.zero_grad()


def write(model, asked, scale, blocks, longest=40):
    """Greedy, all of it read anew for each token: the plainest way, to compare others with."""
    model.scale, written = scale, []
    with torch.no_grad():
        while len(written) < longest:
            whole = packed(asked, written + [END], blocks)
            logits = model(whole.ids, whole.positions, whole.mask, whole.at[-1:])[0]
            best, second = logits.topk(2).values.tolist()
            if best - second < LEAST_LEAD:
                sys.exit(f'The next token leads by {best - second:.2f} only: train longer.')
            token = int(logits.argmax())
            if token == END:
                break
            written.append(token)
    return written


if __name__ == '__main__':
    main(sys.argv[1])
