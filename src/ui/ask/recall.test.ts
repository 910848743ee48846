import { describe, expect, it } from 'vitest';
import { Recall } from './recall.ts';

const asked = ['Who pays?', 'When?', 'Who pays?', 'How much is the deposit?'];

describe('Recall', () => {
  it('goes back from the newest question, each once, stays at the oldest, and comes forward to an empty box', () => {
    const recall = new Recall();
    expect(recall.older('', asked)).toBe('How much is the deposit?');
    expect(recall.older('How much is the deposit?', asked)).toBe('Who pays?');
    expect(recall.older('Who pays?', asked)).toBe('When?');
    expect(recall.older('When?', asked)).toBeNull();
    expect(recall.newer('When?', asked)).toBe('Who pays?');
    expect(recall.newer('Who pays?', asked)).toBe('How much is the deposit?');
    expect(recall.newer('How much is the deposit?', asked)).toBe('');
    expect(recall.newer('', asked)).toBeNull();
  });

  it('never takes the place of what was written', () => {
    const recall = new Recall();
    expect(recall.older('What is', asked)).toBeNull();
    expect(recall.older('', asked)).toBe('How much is the deposit?');
    expect(recall.recalls('How much is the deposit?')).toBe(true);
    expect(recall.older('How much is the deposit now?', asked)).toBeNull();
    expect(recall.newer('How much is the deposit now?', asked)).toBeNull();
    expect(recall.recalls('How much is the deposit now?')).toBe(false);
    expect(recall.older('', asked)).toBe('How much is the deposit?');
  });

  it('has nothing to bring back before the first question', () => {
    expect(new Recall().older('', [])).toBeNull();
  });
});
