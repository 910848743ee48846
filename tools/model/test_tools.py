"""python -m unittest, in this folder. Needs no model: a tokenizer of bytes stands in."""
import random
import unittest


import synthetic
from contexts import Context, within
from evaluate import contains, f1, judge
from pack import pack, renumbered
from prompt import Prompt
from wording import cited, reason, tidy


def by_bytes(text):
    return [byte + 3 for byte in text.encode()]


class Packing(unittest.TestCase):
    prompt = Prompt(by_bytes)
    context = Context('test', ['Alpha is one.', 'Beta is two, and more.'], [('What is alpha?', 'One [1].'), ('What is beta?', 'Two [2].')])

    def packed(self, blocks):
        self.prompt.system = by_bytes('System\n')
        (one,) = pack(self.context, self.prompt, blocks, random.Random(3))
        return one

    def test_full_is_the_prompt_of_the_page(self):
        one = self.packed(False)
        whole = by_bytes('System\n[1] Alpha is one.\n\n[2] Beta is two, and more.\n\nQuestion: What is alpha?<|im_end|>\n<|im_start|>assistant\n')
        self.assertEqual(one.ids[:len(whole)].tolist(), whole)
        self.assertEqual(one.positions[:len(whole)].tolist(), list(range(len(whole))))
        self.assertTrue(one.mask[len(whole) - 1, :len(whole)].all())

    def test_branches_do_not_see_each_other(self):
        one = self.packed(False)
        first, second = one.at[0].item(), one.at[-1].item()
        self.assertFalse(one.mask[second, first])
        self.assertEqual(one.target[-1].item(), 2)

    def test_blocks_see_the_system_prompt_and_themselves(self):
        one = self.packed(True)
        system, alpha = len('System\n'), len('[1] Alpha is one.\n\n')
        copy, beta = system + alpha, 2 * system + alpha
        self.assertEqual(one.ids[:system].tolist(), one.ids[copy:beta].tolist())
        self.assertEqual(one.positions[copy:beta + 1].tolist(), list(range(alpha, alpha + system + 1)))
        self.assertTrue(one.mask[beta + 3, copy:beta].all())
        self.assertFalse(one.mask[beta + 3, :copy].any())
        self.assertFalse(one.mask[copy:beta, :copy].any())
        self.assertTrue(one.mask[one.at[0], :copy].all())
        self.assertFalse(one.mask[one.at[0], copy:beta].any())
        self.assertTrue(one.mask[one.at[0], beta:beta + 5].all())

    def test_both_masks_ask_at_the_same_positions(self):
        full, blocks = self.packed(False), self.packed(True)
        self.assertEqual(full.positions[full.at].tolist(), blocks.positions[blocks.at].tolist())

    def test_padding_is_seen_by_nothing(self):
        one = self.packed(False)
        self.assertFalse(one.mask[:one.at[-1], -1].any())

    def test_a_passage_keeps_its_number(self):
        self.assertEqual(renumbered('A [1] [2].', [2, 7]), 'A [2] [7].')

    def test_passages_stay_within_the_budget(self):
        self.assertEqual(len(within(['w ' * 300, 'w ' * 200, 'w'])), 1)


class Wording(unittest.TestCase):
    def test_answers(self):
        self.assertEqual(tidy(' "the red  house". '), 'The red house')
        self.assertEqual(cited('1349', 2), '1349 [2].')
        self.assertEqual(cited('both', 3, 1), 'Both [1] [3].')

    def test_reason_is_a_sentence_that_says_what_is_asked(self):
        passage = 'The colour has many uses. The colour orange was named after the ripe fruit long ago. Paint is sold in tins.'
        self.assertIn('ripe fruit', reason('Was the colour orange named after the fruit?', passage))
        self.assertIsNone(reason('Does the ferry carry bicycles?', passage))


class Synthetic(unittest.TestCase):
    def test_every_answer_of_a_table_stands_in_its_passages(self):
        for seed in range(200):
            passages, branches = synthetic.table(random.Random(seed))
            for question, answer in branches:
                if answer.startswith(('Not', 'Yes', 'No:')):
                    continue
                said = answer.split(' [')[0]
                for part in said.replace('; ', ', ').split(', '):
                    value = part.split(': ')[-1]
                    self.assertIn(value, ' '.join(passages), (question, answer))

    def test_an_instruction_leaves_the_passage_whole(self):
        changed = synthetic.with_instruction('One is here. Two is there.', random.Random(0))
        for sentence in ('One is here.', 'Two is there.'):
            self.assertIn(sentence, changed)


class Measures(unittest.TestCase):
    row = dict(kind='span', golds=['the Red House', 'it'])

    def test_contains(self):
        self.assertTrue(contains('It was the red house [2].', 'Red House'))
        self.assertFalse(contains('It was a red old house.', 'red house'))

    def test_f1(self):
        self.assertAlmostEqual(f1('red house', 'the red old house'), 0.8)

    def test_judge(self):
        self.assertEqual(judge(self.row, 'Red house [1] [2].', {2}), {'refused wrong': 0.0, 'citation recall': 1.0, 'citation precision': 0.5, 'contains': 1.0})
        self.assertEqual(judge(self.row, 'Not in the documents.', {2})['contains'], 0.0)
        self.assertEqual(judge(dict(kind='none'), 'Not in the documents.', set()), {'refused right': 1.0})


if __name__ == '__main__':
    unittest.main()
