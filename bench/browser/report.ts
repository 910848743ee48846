/** What a measurement leaves behind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes the figures as JSON under the bench's name, the folder made if need be, and says where. */
export function writeReport(out: string, bench: string, figures: object): void {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify({ bench, ...figures }, null, 2)}\n`);
  console.log(`Written to ${out}`);
}
