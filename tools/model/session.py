"""The exported ONNX file, run as the page runs it, with either way of reading (pack.py): all in one go, or block by block."""
import json

import numpy as np
import onnxruntime

from prompt import END


class Session:
    def __init__(self, folder, threads=2):
        with open(f'{folder}/config.json') as file:
            config = json.load(file)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = threads, 3
        self.session = onnxruntime.InferenceSession(f'{folder}/onnx/decoder_model_merged_quantized.onnx', options)
        self.theta = config['rope_theta']
        self.present = [output.name for output in self.session.get_outputs()][1:]
        self.empty = [np.zeros((1, config['num_key_value_heads'], 0, 64), np.float32)] * len(self.present)

    def step(self, ids, start, past, scale):
        """ids at positions from `start`, after `past` (all of it seen) -> logits [vocabulary], the caches with these ids."""
        known = past[0].shape[2]
        feed = {'input_ids': np.array([ids], np.int64), 'attention_mask': np.ones((1, known + len(ids)), np.int64),
                'position_ids': np.arange(start, start + len(ids))[None].astype(np.int64), 'adapter_scale': np.array(scale, np.float32)}
        feed |= {name.replace('present', 'past_key_values'): value for name, value in zip(self.present, past)}
        logits, *caches = self.session.run(None, feed)
        return logits[0, 0], caches

    def read(self, system, pieces, blocks, scale):
        """-> (caches of system prompt and passages, the position that comes after them)."""
        if not blocks:
            ids = system + [one for piece in pieces for one in piece]
            return self.step(ids, 0, self.empty, scale)[1], len(ids)
        start = len(system)
        before = self.step(system, 0, self.empty, scale)[1]
        joined = [[first] for first in before]
        after = start
        for piece in pieces:
            for i, cache in enumerate(self.step(piece, start, before, scale)[1]):
                joined[i].append(self.moved(cache[:, :, start:], after - start) if i % 2 == 0 else cache[:, :, start:])
            after += len(piece)
        return [np.concatenate(parts, 2) for parts in joined], after

    def moved(self, keys, by):
        """Keys as if their tokens stood `by` positions further on: each pair of numbers turned by its angle (RoPE, Su et al. 2021)."""
        angle = by / self.theta ** (np.arange(0, 64, 2) / 64)
        a, b = np.split(keys, 2, -1)
        return np.concatenate([a * np.cos(angle) - b * np.sin(angle), b * np.cos(angle) + a * np.sin(angle)], -1).astype(np.float32)

    def write(self, question, caches, start, scale, longest=80):
        """Greedy -> ids without the end token."""
        written, ids = [], question
        while len(written) < longest:
            logits, caches = self.step(ids, start, caches, scale)
            start += len(ids)
            token = int(logits.argmax())
            if token == END:
                break
            written.append(token)
            ids = [token]
        return written
