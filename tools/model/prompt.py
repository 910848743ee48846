"""The prompt of the page, token by token: src/pipeline/prompt/prompt.ts writes the same.

A prompt is made of pieces that are encoded apart and laid side by side: the system prompt, one block a passage, and
the question. Encoding the whole text gives the same ids, because the tokenizer never joins across these borders.
"""
import re

SYSTEM = ('Answer the question from the passages only. Cite the passage you used like [1]. '
          'If the passages do not answer it, say: Not in the documents.')
REFUSAL = 'Not in the documents.'
PASSAGE_BUDGET = 620
"""System prompt and passages together, in tokens."""
END = 2
"""<|im_end|>"""


def clean(text):
    """White space as one space; `<|...|>` broken up, so that no control token comes from a document."""
    return re.sub(r'\s+', ' ', text.replace('<|', '< |')).strip()


class Prompt:
    """Encodes the pieces. `encode`: text -> list of ids, control tokens recognised."""

    def __init__(self, encode):
        self.encode = encode
        self.newline = encode('\n')
        self.system = encode(f'<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n')

    def block(self, number, passage):
        """One passage under its number, with the blank line that follows it."""
        return self.encode(f'[{number}] {clean(passage)}') + self.newline * 2

    def question(self, question):
        return self.encode(f'Question: {clean(question)}<|im_end|>\n<|im_start|>assistant\n')

    def answer(self, answer):
        return self.encode(answer) + [END]
