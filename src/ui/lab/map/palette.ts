/**
 * Colours of a drawing on the page's sheet, in light and dark. Those of documents stand out from the sheet by 3 to 1 and
 * stay apart for people with each kind of colour blindness (palette.test.ts measures both); shapes tell the same.
 */

export type Theme = 'light' | 'dark';

export interface Colours {
  readonly sheet: string;
  readonly ink: string;
  readonly soft: string;
  /** The question, and the lines to its neighbours. */
  readonly accent: string;
  readonly documents: readonly string[];
}

export const colours: Readonly<Record<Theme, Colours>> = {
  light: {
    ...{ sheet: '#ffffff', ink: '#1d2126', soft: '#59626c', accent: '#1f5f56' },
    documents: ['#3445d7', '#f53f2d', '#0f9293', '#670463', '#ac77fa', '#244806'],
  },
  dark: {
    ...{ sheet: '#1c2024', ink: '#e8e6e1', soft: '#a3aab2', accent: '#7cc7b8' },
    documents: ['#b0aff5', '#f2a618', '#188d7c', '#a941d1', '#df2414', '#4bf1b7'],
  },
};

/** Where the system chooses the colours, shapes alone tell. */
export function forced(ink: string, sheet: string): Colours {
  return { sheet, ink, soft: ink, accent: ink, documents: colours.light.documents.map(() => ink) };
}
