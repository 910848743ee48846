/** Every format: what a person calls it, the endings it goes by, and its reader, loaded when its first file comes. */
import type { DocumentKind } from '../document.ts';
import type { BinaryReader, TextReader } from './reading.ts';

export interface Format {
  /** As in “its content is …”. */
  readonly name: string;
  readonly extensions: readonly string[];
  readonly reader:
    | { readonly takes: 'bytes'; load(): Promise<BinaryReader> }
    /** The text is decoded first; `stated` finds the encoding that the bytes themselves name. */
    | { readonly takes: 'text'; load(): Promise<TextReader>; stated?(bytes: Uint8Array): string | undefined };
}

export const FORMATS: Readonly<Record<DocumentKind, Format>> = {
  text: {
    name: 'plain text',
    extensions: ['txt', 'text', 'log'],
    reader: { takes: 'text', load: async () => (await import('./text.ts')).readText },
  },

  markdown: {
    name: 'Markdown',
    extensions: ['md', 'markdown', 'mdown', 'mkd'],
    reader: { takes: 'text', load: async () => (await import('./markdown.ts')).readMarkdown },
  },

  html: {
    name: 'HTML',
    extensions: ['html', 'htm', 'xhtml'],
    reader: { takes: 'text', load: async () => (await import('./html.ts')).readHtml, stated: statedInMarkup },
  },

  mhtml: {
    name: 'a saved web page (.mhtml)',
    extensions: ['mhtml', 'mht'],
    reader: { takes: 'bytes', load: async () => (await import('./mhtml.ts')).readMhtml },
  },

  pdf: {
    name: 'PDF',
    extensions: ['pdf'],
    reader: { takes: 'bytes', load: async () => (await import('./pdf.ts')).readPdf },
  },

  docx: {
    name: 'Word (.docx)',
    extensions: ['docx', 'docm', 'dotx', 'dotm'],
    reader: { takes: 'bytes', load: async () => (await import('./docx.ts')).readDocx },
  },

  doc: {
    name: 'an old Word document (.doc)',
    extensions: ['doc', 'dot'],
    reader: { takes: 'bytes', load: async () => (await import('./doc.ts')).readDoc },
  },

  odt: {
    name: 'an OpenDocument text (.odt)',
    extensions: ['odt', 'ott', 'fodt'],
    reader: { takes: 'bytes', load: async () => (await import('./odt.ts')).readOdt },
  },

  rtf: {
    name: 'a Rich Text document (.rtf)',
    extensions: ['rtf'],
    reader: { takes: 'bytes', load: async () => (await import('./rtf.ts')).readRtf },
  },

  pptx: {
    name: 'a PowerPoint presentation (.pptx)',
    extensions: ['pptx', 'pptm', 'ppsx', 'potx'],
    reader: { takes: 'bytes', load: async () => (await import('./pptx.ts')).readPptx },
  },

  odp: {
    name: 'an OpenDocument presentation (.odp)',
    extensions: ['odp', 'otp', 'fodp'],
    reader: { takes: 'bytes', load: async () => (await import('./odp.ts')).readOdp },
  },

  xlsx: {
    name: 'an Excel workbook (.xlsx)',
    extensions: ['xlsx', 'xlsm', 'xltx', 'xlsb'],
    reader: { takes: 'bytes', load: async () => (await import('./spreadsheet.ts')).readSpreadsheet },
  },

  xls: {
    name: 'an old Excel workbook (.xls)',
    extensions: ['xls', 'xlt'],
    reader: { takes: 'bytes', load: async () => (await import('./spreadsheet.ts')).readSpreadsheet },
  },

  ods: {
    name: 'an OpenDocument spreadsheet (.ods)',
    extensions: ['ods', 'ots', 'fods'],
    reader: { takes: 'bytes', load: async () => (await import('./spreadsheet.ts')).readSpreadsheet },
  },

  csv: {
    name: 'a table (CSV)',
    extensions: ['csv', 'tsv', 'tab'],
    reader: { takes: 'text', load: async () => (await import('./csv.ts')).readCsv },
  },

  epub: {
    name: 'an e-book (.epub)',
    extensions: ['epub'],
    reader: { takes: 'bytes', load: async () => (await import('./epub.ts')).readEpub },
  },

  tex: {
    name: 'LaTeX',
    extensions: ['tex', 'ltx', 'latex'],
    reader: { takes: 'text', load: async () => (await import('./tex.ts')).readTex },
  },

  ipynb: {
    name: 'a notebook (.ipynb)',
    extensions: ['ipynb'],
    reader: { takes: 'text', load: async () => (await import('./ipynb.ts')).readIpynb },
  },

  json: {
    name: 'JSON',
    extensions: ['json', 'geojson', 'webmanifest'],
    reader: { takes: 'text', load: async () => (await import('./json.ts')).readJson },
  },

  jsonl: {
    name: 'JSON lines',
    extensions: ['jsonl', 'ndjson'],
    reader: { takes: 'text', load: async () => (await import('./jsonl.ts')).readJsonl },
  },

  xml: {
    name: 'XML',
    extensions: ['xml', 'rss', 'atom', 'svg', 'xsd', 'tei', 'nxml', 'gpx', 'kml', 'opml'],
    reader: { takes: 'text', load: async () => (await import('./xml.ts')).readXml, stated: statedInMarkup },
  },

  yaml: {
    name: 'YAML',
    extensions: ['yaml', 'yml'],
    reader: { takes: 'text', load: async () => (await import('./yaml.ts')).readYaml },
  },

  code: {
    name: 'source code',
    extensions: [],
    reader: { takes: 'text', load: async () => (await import('./code.ts')).readCode },
  },

  subtitles: {
    name: 'subtitles',
    extensions: ['srt', 'vtt'],
    reader: { takes: 'text', load: async () => (await import('./subtitles.ts')).readSubtitles },
  },

  eml: {
    name: 'a mail (.eml)',
    extensions: ['eml'],
    reader: { takes: 'bytes', load: async () => (await import('./eml.ts')).readEml },
  },

  msg: {
    name: 'an Outlook message (.msg)',
    extensions: ['msg'],
    reader: { takes: 'bytes', load: async () => (await import('./msg.ts')).readMsg },
  },

  mbox: {
    name: 'a mailbox (.mbox)',
    extensions: ['mbox'],
    reader: { takes: 'bytes', load: async () => (await import('./mbox.ts')).readMbox },
  },

  zip: {
    name: 'a ZIP archive',
    extensions: ['zip'],
    reader: { takes: 'bytes', load: async () => (await import('./archive.ts')).readArchive },
  },

  image: {
    name: 'a picture',
    extensions: ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'gif'],
    reader: { takes: 'bytes', load: async () => (await import('./image.ts')).readImage },
  },
};

const BY_EXTENSION: ReadonlyMap<string, DocumentKind> = new Map(
  (Object.entries(FORMATS) as [DocumentKind, Format][]).flatMap(([kind, { extensions }]) =>
    extensions.map((extension) => [extension, kind] as const),
  ),
);

/** The kind that an extension promises, or null when it promises none of ours. */
export function promisedKind(extension: string): DocumentKind | null {
  return BY_EXTENSION.get(extension) ?? null;
}

/** The encoding that HTML or XML states in its first 4 kB, if any. */
function statedInMarkup(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return (
    /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(head)?.[1] ?? /^<\?xml[^>]+encoding=["']([\w-]+)/i.exec(head)?.[1]
  );
}
