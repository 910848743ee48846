"""Adds to prompts what the exported ONNX file writes for them natively: the browser must write the same.

usage: written.py MODEL_DIR ../../tests/fixtures/prompts.json

The rows are {passages, question, ids}; they get `adapter_0` and `adapter_1`, the first 24 ids with the adapter off and on.
"""
import json
import sys

from session import Session

MOST = 24


def main(model, path):
    session = Session(model)
    with open(path) as file:
        rows = json.load(file)
    for row in rows:
        for scale in (0, 1):
            row[f'adapter_{scale}'] = session.write(row['ids'], session.empty, 0, float(scale), MOST)
    with open(path, 'w') as file:
        file.write(json.dumps(rows, ensure_ascii=False, indent=1) + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
