"""Adds to prompts what the exported ONNX file writes for them natively: the browser must write the same.

usage: written.py MODEL_DIR ../../tests/fixtures/prompts.json

The rows are {passages, question, ids}; they get `written`, the first 24 ids with the adapter. The base model is not asked: it
hesitates between words so often that rounding decides.
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
        row['written'] = session.write(row['ids'], session.empty, 0, 1.0, MOST)
    with open(path, 'w') as file:
        file.write(json.dumps(rows, ensure_ascii=False, indent=1) + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
