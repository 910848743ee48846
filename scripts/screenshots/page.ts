/** docs/screens.md: each shot with its caption. */
import prettier from 'prettier';
import { modes, type Mode } from './modes.ts';
import type { Shot } from './shots.ts';

const modeText: Readonly<Record<Mode, string>> = { wide: 'wide', dark: 'dark', phone: 'on a phone' };

export async function screensPage(shots: readonly Shot[]): Promise<string> {
  const groups = [...new Set(shots.map(({ group }) => group))];
  const lines = groups.flatMap((group) => [
    `## ${group}`,
    ...shots.filter((shot) => shot.group === group).flatMap(shown),
  ]);
  const { wide, phone } = modes;
  const lessons = shots.filter(({ name }) => /^lesson-(?!presented)/.test(name)).length;
  const head = [
    '# Screens',
    `The views of the lab and the ${lessons} lessons, on the sample documents, with the real models. ` +
      `Taken by \`npm run screenshots\` in headless Chromium, ${wide.size.width} and ${phone.size.width} pixels wide; ` +
      'what is photographed stands in `scripts/screenshots/shots.ts`. Long views are cut at the bottom. ' +
      'What each view is, and what it does not show, is told in [the lab](lab.md); the lessons in [teaching](teaching.md).',
  ];
  return prettier.format([...head, ...lines].join('\n\n'), { parser: 'markdown', printWidth: 120 });
}

function shown({ name, title, caption, modes: seen }: Shot): string[] {
  return [
    `### ${title}`,
    caption,
    ...seen.map((mode) => `![${title}, ${modeText[mode]}](screenshots/${name}-${mode}.webp)`),
  ];
}
