"""SmolLM2 as one ONNX graph for transformers.js 2 and ONNX Runtime Web 1.14: IR 8, opset 17.

Inputs: input_ids, position_ids [B, T], attention_mask [B, S] (int64), past_key_values.{layer}.{key,value} [B, kv, P, 64]
and the scalar adapter_scale. Outputs: logits [B, 1, vocabulary] of the last position, present.{layer}.{key,value}.
Linear layers are int8 by output column, with activations quantised as they come (DynamicQuantizeMatMul); query, key and
value are one product, as are gate and up. The embedding table is int8 by row and is the output head too. Adapters
(x A B, float16 in the file) are scaled by adapter_scale: 0 is the base model.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from divisors import divisors

NEVER = -1e9


class Graph:
    """Nodes and constants in the making; names are unique."""

    def __init__(self):
        self.nodes, self.constants = [], []
        self.adapters = []  # last in the file: another adapter changes its last part alone

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, name, values):
        return self.constant(name, np.array(values, np.int64))

    def op(self, kind, inputs, outputs=1, name=None, domain='', **attributes):
        names = [name] if name else [f'{kind}_{len(self.nodes)}_{i}' for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def concat(self, *inputs, axis=0, name=None):
        return self.op('Concat', list(inputs), axis=axis, name=name)

    def linear(self, x, name, weight, adapter):
        """x [B, T, in] times weight [in, out], int8 by column, plus the adapter's share."""
        scale = np.abs(weight).max(0) / 127.0
        scale[scale == 0] = 1
        self.constant(f'{name}.q', np.clip(np.round(weight / scale), -127, 127).astype(np.int8))
        self.constant(f'{name}.s', scale.astype(np.float32))
        self.constant(f'{name}.z', np.zeros(scale.shape, np.int8))
        y = self.op('DynamicQuantizeMatMul', [x, f'{name}.q', f'{name}.s', f'{name}.z'], domain='com.microsoft')
        if adapter is None:
            return y
        for side, value in zip('AB', adapter):
            self.adapters.append(numpy_helper.from_array(np.ascontiguousarray(value.astype(np.float16)), f'{name}.{side}'))
        a, b = (self.op('Cast', [f'{name}.{side}'], to=TensorProto.FLOAT) for side in 'AB')
        low = self.op('Mul', [self.op('MatMul', [x, a]), 'adapter_scale'])
        return self.op('Add', [y, self.op('MatMul', [low, b])])


def build(config, weights, adapters=None, peaks=None, alpha=0.7, longest=4096):
    """weights: {name: float32 array}, as in model.safetensors; adapters: {`layer.name.A`, `.B`} or None;
    peaks: {`layer.name`: [channels]} for smoothing, or None; longest: positions; -> ModelProto."""
    layers, width, heads, kv, ff, vocabulary = (config[k] for k in (
        'num_hidden_layers', 'hidden_size', 'num_attention_heads', 'num_key_value_heads', 'intermediate_size', 'vocab_size'))
    head, group = config.get('head_dim', width // heads), heads // kv
    g = Graph()
    for name, value in dict(i0=0, i1=1).items():
        g.integers(name, value)
    for name, value in dict(last=[-1], ax0=[0], ax1=[1], ax2=[2], ax12=[1, 2], kv=[kv], group=[group], D=[head], heads=[heads], wide=[heads * head]).items():
        g.integers(name, value)
    angle = np.outer(np.arange(longest), 1.0 / config['rope_theta'] ** (np.arange(0, head, 2) / head))
    g.constant('cos', np.cos(angle).astype(np.float32))
    g.constant('sin', np.sin(angle).astype(np.float32))
    x = embedding(g, weights['model.embed_tokens.weight'])
    shapes, mask = shapes_and_mask(g)
    cos, sin = (g.op('Unsqueeze', [g.op('Gather', [name, 'position_ids'], axis=0), 'ax1']) for name in ('cos', 'sin'))

    def normed(x, name, weight):
        return g.op('SimplifiedLayerNormalization', [x, g.constant(name, weight)], axis=-1, epsilon=float(config['rms_norm_eps']), stash_type=1)

    def rope(q):
        a, b = g.op('Split', [q, g.integers(f'half_{q}', [head // 2, head // 2])], 2, axis=-1)
        return g.concat(g.op('Sub', [g.op('Mul', [a, cos]), g.op('Mul', [b, sin])]),
                        g.op('Add', [g.op('Mul', [b, cos]), g.op('Mul', [a, sin])]), axis=-1)

    def to_heads(y, shape):
        return g.op('Transpose', [g.op('Reshape', [y, shapes[shape]])], perm=[0, 2, 1, 3])

    for layer in range(layers):
        w = smoothed(layer, config, weights, adapters, peaks, alpha)
        y = g.linear(normed(x, f'{layer}.n1', w['n1']), f'{layer}.qkv', *w['qkv'])
        q, k, v = g.op('Split', [y, g.integers(f'{layer}.qkv.split', [heads * head, kv * head, kv * head])], 3, axis=-1)
        q, k, v = rope(to_heads(q, 'query')), rope(to_heads(k, 'key')), to_heads(v, 'key')
        k = g.concat(f'past_key_values.{layer}.key', k, axis=2, name=f'present.{layer}.key')
        v = g.concat(f'past_key_values.{layer}.value', v, axis=2, name=f'present.{layer}.value')
        scores = g.op('MatMul', [g.op('Reshape', [q, shapes['grouped']]), g.op('Transpose', [k], perm=[0, 1, 3, 2])])
        share = g.op('Softmax', [g.op('Add', [g.op('Reshape', [scores, shapes['scores']]), mask])], axis=-1)
        seen = g.op('MatMul', [g.op('Reshape', [share, shapes['shares']]), v])
        seen = g.op('Transpose', [g.op('Reshape', [seen, shapes['seen']])], perm=[0, 2, 1, 3])
        x = g.op('Add', [x, g.linear(g.op('Reshape', [seen, shapes['joined']]), f'{layer}.o', *w['o'])])
        y = g.linear(normed(x, f'{layer}.n2', w['n2']), f'{layer}.gu', *w['gu'])
        gate, up = g.op('Split', [y, g.integers(f'{layer}.gu.split', [ff, ff])], 2, axis=-1)
        y = g.op('Mul', [g.op('Mul', [gate, g.op('Sigmoid', [gate])]), up])
        x = g.op('Add', [x, g.linear(y, f'{layer}.dn', *w['dn'])])
    last = normed(g.op('Gather', [x, 'last'], axis=1), 'nf', weights['model.norm.weight'])
    table = g.op('Transpose', ['table.q'], perm=[1, 0])
    g.op('DynamicQuantizeMatMul', [last, table, 'table.s', g.constant('head.z', np.zeros(vocabulary, np.int8))], name='logits', domain='com.microsoft')
    return model_of(g, layers, kv, head, vocabulary, adapters is not None)


def embedding(g, table):
    scale = (np.abs(table).max(1) / 127).astype(np.float32)
    scale[scale == 0] = 1
    g.constant('table.q', np.clip(np.round(table / scale[:, None]), -127, 127).astype(np.int8))
    g.constant('table.s', scale)
    rows = g.op('Cast', [g.op('Gather', ['table.q', 'input_ids'], axis=0)], to=TensorProto.FLOAT)
    return g.op('Mul', [rows, g.op('Unsqueeze', [g.op('Gather', ['table.s', 'input_ids'], axis=0), 'ax2'])])


def shapes_and_mask(g):
    """Shapes of the reshapes by name, and what is added to the scores: 0 where seen, NEVER where not."""
    shape = g.op('Shape', ['input_ids'])
    batch, count = g.op('Gather', [shape, 'ax0']), g.op('Gather', [shape, 'ax1'])
    whole = g.op('Gather', [g.op('Shape', ['attention_mask']), 'ax1'])
    t, s = g.op('Squeeze', [count]), g.op('Squeeze', [whole])
    query = g.op('Add', [g.op('Range', ['i0', t, 'i1']), g.op('Sub', [s, t])])
    causal = g.op('LessOrEqual', [g.op('Unsqueeze', [g.op('Range', ['i0', s, 'i1']), 'ax0']), g.op('Unsqueeze', [query, 'ax1'])])
    given = g.op('Unsqueeze', [g.op('Cast', ['attention_mask'], to=TensorProto.BOOL), 'ax1'])
    seen = g.op('And', [g.op('Unsqueeze', [causal, 'ax0']), given])
    zero, never = g.constant('zero', np.array(0, np.float32)), g.constant('never', np.array(NEVER, np.float32))
    mask = g.op('Unsqueeze', [g.op('Where', [seen, zero, never]), 'ax12'])
    grouped = g.op('Mul', ['group', count])
    shapes = dict(query=g.concat(batch, count, 'heads', 'D'), key=g.concat(batch, count, 'kv', 'D'), grouped=g.concat(batch, 'kv', grouped, 'D'),
                  scores=g.concat(batch, 'kv', 'group', count, whole), shares=g.concat(batch, 'kv', grouped, whole),
                  seen=g.concat(batch, 'heads', count, 'D'), joined=g.concat(batch, count, 'wide'))
    return shapes, mask


def smoothed(layer, config, weights, adapters, peaks, alpha):
    """The layer's weights [in, out], each with its adapter or None, after scales moved from the inputs to them."""
    heads, kv, ff = (config[k] for k in ('num_attention_heads', 'num_key_value_heads', 'intermediate_size'))
    head = config.get('head_dim', config['hidden_size'] // heads)
    group, own = heads // kv, kv * head
    w = lambda name: weights[f'model.layers.{layer}.{name}.weight']
    q, k, v, o = (w(f'self_attn.{name}_proj').T.copy() for name in 'qkvo')
    gate, up, down = (w(f'mlp.{name}_proj').T.copy() for name in ('gate', 'up', 'down'))
    n1, n2 = w('input_layernorm').copy(), w('post_attention_layernorm').copy()
    pair = {name: None if adapters is None else [adapters[f'{layer}.{name}.{side}'].copy() for side in 'AB'] for name in ('qkv', 'o', 'gu', 'dn')}

    def smoothing(name, weight):
        return np.ones(len(weight), np.float32) if peaks is None else divisors(peaks[f'{layer}.{name}'], np.abs(weight).max(1), alpha)

    def by_value(x):
        """[heads * head] -> [kv * head]: the largest of the heads that share a value channel."""
        return x.reshape(kv, group, head).max(1).reshape(-1)

    def shared(x):
        return np.repeat(by_value(x).reshape(kv, 1, head), group, 1).reshape(-1)

    q /= np.sqrt(head)  # the attention's scale
    s_qkv, s_gu, s_dn = smoothing('qkv', np.concatenate([q, k, v], 1)), smoothing('gu', np.concatenate([gate, up], 1)), smoothing('dn', down)
    s_o = np.ones(heads * head, np.float32) if peaks is None else divisors(shared(peaks[f'{layer}.o']), shared(np.abs(o).max(1)), alpha)
    v /= by_value(s_o)
    up /= s_dn
    if adapters is not None:
        pair['qkv'][1][:, :heads * head] /= np.sqrt(head)
        pair['qkv'][1][:, -own:] /= by_value(s_o)
        pair['gu'][1][:, ff:] /= s_dn
        for name, scale in dict(qkv=s_qkv, o=s_o, gu=s_gu, dn=s_dn).items():
            pair[name][0] *= scale[:, None]
    return dict(n1=n1 / s_qkv, n2=n2 / s_gu,
                qkv=(np.concatenate([q, k, v], 1) * s_qkv[:, None], pair['qkv']), o=(o * s_o[:, None], pair['o']),
                gu=(np.concatenate([gate, up], 1) * s_gu[:, None], pair['gu']), dn=(down * s_dn[:, None], pair['dn']))


def model_of(g, layers, kv, head, vocabulary, switched):
    info = helper.make_tensor_value_info
    inputs = [info('input_ids', TensorProto.INT64, ['B', 'T']), info('attention_mask', TensorProto.INT64, ['B', 'S']), info('position_ids', TensorProto.INT64, ['B', 'T'])]
    if switched:
        inputs.append(info('adapter_scale', TensorProto.FLOAT, []))
    outputs = [info('logits', TensorProto.FLOAT, ['B', 1, vocabulary])]
    for layer in range(layers):
        for name in ('key', 'value'):
            inputs.append(info(f'past_key_values.{layer}.{name}', TensorProto.FLOAT, ['B', kv, 'P', head]))
            outputs.append(info(f'present.{layer}.{name}', TensorProto.FLOAT, ['B', kv, 'S', head]))
    model = helper.make_model(helper.make_graph(g.nodes, 'smollm2', inputs, outputs, g.constants + g.adapters),
                              opset_imports=[helper.make_opsetid('', 17), helper.make_opsetid('com.microsoft', 1)])
    model.ir_version = 8
    return model
