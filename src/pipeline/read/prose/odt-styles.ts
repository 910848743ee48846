/** Styles of an OpenDocument text: what a paragraph is, whether a span is bold or italic, how a list counts. */
import { descendants, elementsOf, find, prefixed } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import type { Mark } from '../writer.ts';
import type { ProseStyle } from './manuscript.ts';
import { headingOf, styleNamed } from './style-names.ts';

/** Parents beyond this are a circle. */
const MAX_PARENTS = 20;

export class OdtStyles {
  /** By family and name: names of different families may be equal. */
  readonly #styles = new Map<string, XmlElement>();
  readonly #lists = new Map<string, XmlElement>();
  readonly #paragraphs = new Map<string, ProseStyle | null>();
  readonly #marks = new Map<string, readonly Mark[]>();

  constructor(roots: readonly XmlElement[]) {
    for (const root of roots) {
      for (const style of descendants(root, 'style'))
        this.#styles.set(`${prefixed(style, 'family') ?? ''}/${prefixed(style, 'name') ?? ''}`, style);
      for (const list of descendants(root, 'list-style')) this.#lists.set(prefixed(list, 'name') ?? '', list);
    }
  }

  /** What a paragraph of this style is; null for running text. */
  paragraph(name: string): ProseStyle | null {
    const known = this.#paragraphs.get(name);
    if (known !== undefined) return known;
    let found = styleNamed(readable(name));
    for (const style of this.#chain('paragraph', name)) {
      if (found !== null) break;
      const level = Number(prefixed(style, 'default-outline-level') ?? 0);
      found =
        level > 0
          ? headingOf(level)
          : (styleNamed(prefixed(style, 'display-name') ?? '') ??
            styleNamed(readable(prefixed(style, 'name') ?? '')) ??
            styleNamed(readable(prefixed(style, 'parent-style-name') ?? '')));
    }
    this.#paragraphs.set(name, found);
    return found;
  }

  /** Marks of a span or a paragraph of this style. */
  marks(family: 'text' | 'paragraph', name: string): readonly Mark[] {
    const key = `${family}/${name}`;
    const known = this.#marks.get(key);
    if (known !== undefined) return known;
    let [weight, slant] = ['', ''];
    for (const style of this.#chain(family, name)) {
      const properties = find(style, 'text-properties');
      weight ||= prefixed(properties, 'font-weight') ?? '';
      slant ||= prefixed(properties, 'font-style') ?? '';
    }
    const marks: Mark[] = [];
    if (weight === 'bold' || Number(weight) >= 600) marks.push('<strong>');
    if (slant === 'italic' || slant === 'oblique') marks.push('<em>');
    this.#marks.set(key, marks);
    return marks;
  }

  /** Whether a list of this style counts its items at a level, 0 the outermost. */
  listKind(name: string, level: number): 'ul' | 'ol' {
    const list = this.#lists.get(name);
    const at = (list === undefined ? [] : elementsOf(list)).find(
      (style) => Number(prefixed(style, 'level')) === level + 1,
    );
    return at?.name === 'list-level-style-number' && (prefixed(at, 'num-format') ?? '') !== '' ? 'ol' : 'ul';
  }

  #chain(family: string, name: string): XmlElement[] {
    const chain: XmlElement[] = [];
    for (let at = name; at !== '' && chain.length < MAX_PARENTS;) {
      const style = this.#styles.get(`${family}/${at}`);
      if (style === undefined) break;
      chain.push(style);
      at = prefixed(style, 'parent-style-name') ?? '';
    }
    return chain;
  }
}

/** `Heading_20_1` is how a file writes `Heading 1`. */
function readable(name: string): string {
  return name.replace(/_([0-9a-f]{2})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
