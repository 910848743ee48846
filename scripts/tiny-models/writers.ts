/** The files of two tiny generators that copy (copier.ts), each with a tokenizer of single signs. */
import { copyingCausal, copyingDecoder, copyingEncoder, type Copied } from './copier.ts';

const signs = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
const json = (content: object): string => JSON.stringify(content, null, 1) + '\n';

const special = (id: number, content: string) => ({
  ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false },
  special: true,
});

/** `tiny-t5`: SentencePiece, so that a word begins with `▁`. */
export function tinyT5(): Record<string, string | Uint8Array> {
  const control = ['<pad>', '</s>', '<unk>'];
  const pieces = [...control, '▁', ...signs];
  const id = (piece: string): number => pieces.indexOf(piece);
  const vocabulary = pieces.length;
  // `Passage 1: The` is `▁`, `1`, `:`, `▁`, `T`.
  const copied: Copied = { marker: id('1'), behind: 2, last: id('.'), end: id('</s>'), vocabulary };
  const metaspace = { type: 'Metaspace', replacement: '▁', add_prefix_space: true };
  return {
    'config.json': json({
      ...{ architectures: ['T5ForConditionalGeneration'], model_type: 't5', is_encoder_decoder: true },
      ...{ num_layers: 1, num_decoder_layers: 1, num_heads: 1, d_kv: vocabulary + 1, vocab_size: vocabulary },
      ...{ decoder_start_token_id: id('<pad>'), eos_token_id: id('</s>'), pad_token_id: id('<pad>') },
    }),
    'tokenizer.json': json({
      ...{ version: '1.0', truncation: null, padding: null },
      added_tokens: control.map((content) => special(id(content), content)),
      normalizer: { type: 'Precompiled', precompiled_charsmap: '' },
      pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, metaspace] },
      post_processor: null,
      decoder: metaspace,
      model: { type: 'Unigram', unk_id: id('<unk>'), vocab: pieces.map((piece) => [piece, -1]) },
    }),
    'tokenizer_config.json': json({
      ...{ tokenizer_class: 'T5Tokenizer', model_max_length: 512 },
      ...{ eos_token: '</s>', unk_token: '<unk>', pad_token: '<pad>' },
    }),
    'onnx/encoder_model_quantized.onnx': copyingEncoder(copied),
    'onnx/decoder_model_merged_quantized.onnx': copyingDecoder(copied),
  };
}

/** `tiny-chat`: byte-level, one token a byte; only ASCII. */
export function tinyChat(): Record<string, string | Uint8Array> {
  const control = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
  const pieces = [...control, 'Ġ', 'Ċ', ...signs];
  const id = (piece: string): number => pieces.indexOf(piece);
  const vocabulary = pieces.length;
  // `Passage 1: The` is `1`, `:`, `Ġ`, `T`.
  const copied: Copied = { marker: id('1'), behind: 3, last: id('.'), end: id('<|im_end|>'), vocabulary };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
  return {
    'config.json': json({
      ...{ architectures: ['Qwen2ForCausalLM'], model_type: 'qwen2', hidden_size: vocabulary + 1 },
      ...{ num_hidden_layers: 1, num_attention_heads: 1, num_key_value_heads: 1, vocab_size: vocabulary },
      ...{ bos_token_id: id('<|endoftext|>'), eos_token_id: id('<|im_end|>') },
    }),
    'tokenizer.json': json({
      ...{ version: '1.0', truncation: null, padding: null },
      added_tokens: control.map((content) => special(id(content), content)),
      normalizer: { type: 'NFC' },
      pre_tokenizer: byteLevel,
      post_processor: null,
      decoder: byteLevel,
      model: {
        ...{ type: 'BPE', unk_token: null, fuse_unk: false, byte_fallback: false, merges: [] },
        vocab: Object.fromEntries(pieces.map((piece, at) => [piece, at])),
      },
    }),
    'tokenizer_config.json': json({
      ...{ tokenizer_class: 'Qwen2Tokenizer', model_max_length: 32768, add_prefix_space: false },
      ...{ eos_token: '<|endoftext|>', pad_token: '<|endoftext|>', unk_token: null },
    }),
    // `<|im_start|>assistant` and a line end.
    'onnx/decoder_model_merged_quantized.onnx': copyingCausal(copied, { start: id('<|im_start|>'), before: 10 }),
  };
}
