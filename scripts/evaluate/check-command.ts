/** `npm run evaluate -- --check DIR [--fit] [--json OUT]`: fits the check to the training rows, judges it on the others. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.ts';
import { checkReport, tellCheck } from './check.ts';
import { fitCheck } from './fit-check.ts';
import { labelledRows } from './labelled/rows.ts';

const FITTED = join(ROOT, 'src/pipeline/cite/fitted.json');

/** @param folder of grounded rows @param options `fit`: writes the weights anew instead of judging them */
export async function evaluateCheck(
  folder: string,
  options: { fit: boolean; json?: string | undefined },
): Promise<void> {
  if (options.fit) {
    await writeFile(FITTED, `${JSON.stringify(fitCheck(await labelledRows(folder, 'train')), null, 2)}\n`);
    console.log('Fitted to the training rows; run it again without --fit to judge the new weights.');
    return;
  }
  const report = checkReport(await labelledRows(folder, 'dev'));
  for (const line of tellCheck(report)) console.log(line);
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 1)}\n`);
}
