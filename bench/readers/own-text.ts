/** Formats that are text: the decoded file is its own yardstick. */
import { readFileSync } from 'node:fs';
import { decoded } from './packages.ts';

/** The ways in which such a file may rightly be told. */
export function byDecoding(file: string, format: string): readonly string[] {
  const text = decode(readFileSync(file));
  switch (format) {
    case 'json':
    case 'jsonl':
      return [
        text,
        text
          .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
          .replace(/\\[nrtbf]/g, ' '),
      ];
    case 'xml':
      return [text, decoded(text.replace(/<[^>]*>/g, ' '))];
    case 'srt':
    case 'vtt':
      return [text, text.replace(/^(?:\d+\s*\n)?.*-->.*$/gm, '')];
    default:
      return [text];
  }
}

/** By its byte order mark, else as UTF-8, else as Windows-1252: what else it may be no yardstick here knows. */
function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
