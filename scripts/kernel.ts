/** Assembles the scan kernels: `npx tsx scripts/kernel.ts` writes src/pipeline/index/NAME-kernel.ts from NAME.wat. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const folder = new URL('../src/pipeline/index/', import.meta.url);

/** NAME.wat becomes NAME-kernel.ts. */
export const KERNELS = ['dot', 'codes'] as const;
export type Kernel = (typeof KERNELS)[number];

/** The bytes of a WAT module that may use SIMD. */
export async function assemble(wat: string): Promise<Uint8Array> {
  const module = (await wabt()).parseWat('kernel.wat', wat, { simd: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The text of NAME-kernel.ts as it must stand beside NAME.wat. */
export async function kernelSource(name: Kernel): Promise<string> {
  const base64 = Buffer.from(await assemble(readFileSync(new URL(`${name}.wat`, folder), 'utf8'))).toString('base64');
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    `/** Made from ${name}.wat by scripts/kernel.ts; a test makes it again and compares. */`,
    `export const ${name.toUpperCase()}_KERNEL_BASE64 =`,
    ...lines.map((line, i) => `  '${line}'${i === lines.length - 1 ? ';' : ' +'}`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of KERNELS) writeFileSync(new URL(`${name}-kernel.ts`, folder), await kernelSource(name));
}
