/** Assembles the scan kernel: `npx tsx scripts/kernel.ts` writes src/pipeline/index/dot-kernel.ts from dot.wat. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const source = new URL('../src/pipeline/index/dot.wat', import.meta.url);
const target = new URL('../src/pipeline/index/dot-kernel.ts', import.meta.url);

/** The bytes of a WAT module that may use SIMD. */
export async function assemble(wat: string): Promise<Uint8Array> {
  const module = (await wabt()).parseWat('dot.wat', wat, { simd: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The text of dot-kernel.ts as it must stand beside dot.wat. */
export async function kernelSource(): Promise<string> {
  const base64 = Buffer.from(await assemble(readFileSync(source, 'utf8'))).toString('base64');
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    '/** Made from dot.wat by scripts/kernel.ts; a test makes it again and compares. */',
    'export const DOT_KERNEL_BASE64 =',
    ...lines.map((line, i) => `  '${line}'${i === lines.length - 1 ? ';' : ' +'}`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await kernelSource());
