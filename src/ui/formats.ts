/**
 * What the page calls each format, and the file names it offers to choose from. Kept apart from the readers' own table
 * (src/pipeline/read/formats.ts), which would bring every reader into the page; a test holds the two together.
 */
import type { DocumentKind } from '../pipeline/document.ts';

/** As in a file's report. */
export const kindNames: Readonly<Record<DocumentKind, string>> = {
  text: 'Plain text',
  markdown: 'Markdown',
  html: 'Web page',
  mhtml: 'Saved web page',
  pdf: 'PDF',
  docx: 'Word document',
  doc: 'Old Word document',
  odt: 'OpenDocument text',
  rtf: 'Rich Text document',
  pptx: 'PowerPoint presentation',
  odp: 'OpenDocument presentation',
  xlsx: 'Excel workbook',
  xls: 'Old Excel workbook',
  ods: 'OpenDocument spreadsheet',
  csv: 'Table',
  epub: 'E-book',
  tex: 'LaTeX',
  ipynb: 'Notebook',
  json: 'JSON',
  jsonl: 'JSON lines',
  xml: 'XML',
  yaml: 'YAML',
  code: 'Source code',
  subtitles: 'Subtitles',
  eml: 'Mail',
  msg: 'Outlook message',
  mbox: 'Mailbox',
  zip: 'ZIP archive',
  image: 'Picture',
};

/** For the file dialogue, which still lets every file be chosen: a file is known by its content in the end. */
export const accept = (
  'txt text log md markdown html htm xhtml mhtml mht pdf docx docm dotx doc dot odt ott fodt rtf pptx pptm ppsx odp ' +
  'otp fodp xlsx xlsm xlsb xls ods ots fods csv tsv tab epub tex ltx ipynb json geojson jsonl ndjson xml rss atom svg ' +
  'yaml yml srt vtt eml msg mbox zip png jpg jpeg webp bmp gif c h cpp hpp cs java kt go rs swift py rb pl php js mjs ' +
  'jsx ts tsx vue svelte css scss sql r lua hs sh ps1 bat toml ini cfg conf'
)
  .split(' ')
  .map((extension) => `.${extension}`)
  .join(',');
