/** The failure gallery: what goes wrong when one answers from documents, each case small enough to be read whole. */
import type { GalleryCase } from './case.ts';
import { agreeing } from './cases/agreeing.ts';
import { answering } from './cases/answering.ts';
import { cutting } from './cases/cutting.ts';
import { finding } from './cases/finding.ts';

export const cases: readonly GalleryCase[] = [...finding, ...cutting, ...agreeing, ...answering];
