/** Whether an e-book's text is locked: disguised fonts are no lock. */
import { descendants } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';

/** Ways to disguise fonts, which every reading program may undo. */
const FONT_DISGUISES: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
]);

/** True when `META-INF/encryption.xml` names a file that is really encrypted. */
export function isLocked(encryption: XmlElement): boolean {
  return descendants(encryption, 'EncryptedData').some((data) => {
    const method = descendants(data, 'EncryptionMethod')[0]?.attributes['Algorithm'] ?? '';
    return !FONT_DISGUISES.has(method);
  });
}
