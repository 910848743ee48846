/** What is known of the network and the stores, in words. */
import type { How, Request, Summary } from '../../library/network/log.ts';
import type { Stored } from '../../library/network/stored.ts';
import type { PolicyFound, Proof } from '../../library/privacy-state.ts';
import { bytes, count, duration } from '../wording.ts';

export const howText: Readonly<Record<How, string>> = {
  kept: 'This machine',
  browser: 'The browser’s store',
  network: 'The network',
  failed: 'No answer',
  'refused-by-policy': 'Refused by the policy',
  'refused-by-cut': 'Refused: the network was cut',
};

/** `212 requests since the page opened, none of them to another host. 14 went over the network …` */
export function summaryText({
  all,
  overNetwork,
  bytes: came,
  fromHere,
  refused,
  failed,
  elsewhere,
  elsewhereRefused,
}: Summary): string {
  const where = elsewhere.length === 0 ? 'none of them reached another host' : `some went to ${elsewhere.join(', ')}`;
  const tried =
    elsewhereRefused > 0 ? ` ${count(elsewhereRefused, 'attempt')} to reach one ${was(elsewhereRefused)} refused.` : '';
  const parts = [
    `${overNetwork} went over the network${came > 0 ? ` (${bytes(came)})` : ''}`,
    `${fromHere} ${was(fromHere)} answered on this machine`,
    ...(refused > 0 ? [`${refused} ${was(refused)} refused`] : []),
    ...(failed > 0 ? [`${failed} found no answer`] : []),
  ];
  return `${count(all, 'request')} since the page opened; ${where}.${tried} ${listed(parts)}.`;
}

/** The address of a request as it is shown: inside the page's folder without what is the same for all. */
export function addressText(url: string, base: string): string {
  return url.startsWith(base) ? decodeURIComponent(url.slice(base.length)) || 'the page itself' : url;
}

export function requestText({ bytes: came }: Pick<Request, 'bytes'>): string {
  return came === null ? 'not counted' : came === 0 ? '' : bytes(came);
}

/** Places that are under the same policy, together. */
export interface PolicyGroup {
  readonly where: string;
  /** One a policy; each a list of its directives. */
  readonly policies: readonly (readonly string[])[];
  readonly says: string;
}

export function policyGroups(found: readonly PolicyFound[]): readonly PolicyGroup[] {
  const groups = new Map<string, PolicyFound[]>();
  for (const one of found) {
    const key = one.found ? JSON.stringify([one.found.policies, one.found.elsewhere]) : 'silent';
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({
    where: placesText(group.map(({ by }) => by)),
    policies: (group[0]?.found?.policies ?? []).map((policy) => policy.split(/\s*;\s*/).filter(Boolean)),
    says: sayOf(group),
  }));
}

function sayOf(group: readonly PolicyFound[]): string {
  const found = group[0]?.found;
  if (!found) return 'Busy, and did not answer. Ask again.';
  if (found.elsewhere === 'refused') return 'Each tried to fetch from another host just now, and the browser refused.';
  if (found.elsewhere === 'not-refused') return 'A fetch from another host was not refused by the policy.';
  if (found.policies.length > 0) return 'Under this policy the browser refused what it was asked to try.';
  return group.some(({ by }) => by === 'service worker')
    ? 'Under no policy, because the host of this page sends none with its file. Its code asks for files of this address only.'
    : 'Under no policy. Do not trust this copy of Carrel with what is private.';
}

/** `The page, 2 embedders and the search` */
export function placesText(names: readonly string[]): string {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const each = [...times].map(([name, n]) => (n > 1 ? `${n} workers “${name}”` : placeText(name)));
  const text = listed(each);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function placeText(name: string): string {
  return name === 'page' || name === 'service worker' ? `the ${name}` : `the worker “${name}”`;
}

/** What a directive of our policies means; '' for one that is not explained. */
export function directiveText(directive: string): string {
  const [name = '', ...values] = directive.split(' ');
  return meanings[`${name} ${values.join(' ')}`] ?? meanings[name] ?? '';
}

const meanings: Readonly<Record<string, string>> = {
  "default-src 'none'": 'Whatever is not named here is forbidden.',
  'script-src': 'Code comes from this page’s own files; none stands in the page or in a document.',
  'worker-src': 'Workers are started from this page’s own files.',
  "connect-src 'self'": 'Requests go to this address and to no other.',
  'img-src': 'Pictures come from this address or were made here.',
  'style-src': 'Styles come from this page’s own files.',
  'font-src': 'Fonts come from this page’s own files.',
  'manifest-src': 'So does the description for installing it.',
  "object-src 'none'": 'No plug-ins.',
  "base-uri 'none'": 'No document can turn the page’s addresses elsewhere.',
  "form-action 'none'": 'No form is sent anywhere.',
};

const storeNames: Readonly<Record<Stored['what'], readonly [one: string, says: string]>> = {
  models: ['Models', 'The same for everyone; nothing of yours is in them.'],
  'own-files': ['The page’s own files', 'So that it opens without a connection.'],
  collections: ['Collections', 'Your documents, their text and vectors, questions and answers. By your choice only.'],
  settings: ['Settings', 'How documents are cut and answered, and the theme.'],
  others: ['Of other pages at this address', 'Not made by Carrel.'],
};

export function storeText({ what, bytes: size, number, where, names }: Stored): {
  readonly name: string;
  readonly says: string;
  readonly amount: string;
  readonly where: string;
} {
  const [name, says] = storeNames[what];
  const noun = { models: 'file', 'own-files': 'file', collections: 'collection', settings: 'entry', others: 'store' }[
    what
  ];
  const counted = noun === 'entry' ? `${number} ${number === 1 ? 'entry' : 'entries'}` : count(number, noun);
  const amount = number === 0 ? 'nothing' : what === 'others' ? counted : `${counted}, ${bytes(size)}`;
  const named = number > 0 && (what === 'collections' || what === 'others') ? ` ${names.join(', ')}.` : '';
  return { name, says: says + named, amount, where: number === 0 ? '' : where };
}

/** What was done and seen, in sentences. */
export function proofText({ milliseconds, attempts, refused, fromHere, byServiceWorker }: Proof): string {
  const by = placesText(attempts.map(({ by: name }) => name));
  const others =
    refused.length > 0
      ? ` ${count(refused.length, 'other request')} ${was(refused.length)} refused.`
      : ' Nothing else tried to reach it.';
  const here =
    fromHere > 0 ? ` ${count(fromHere, 'file')} of the page ${was(fromHere)} needed, and read from this machine.` : '';
  const how = byServiceWorker
    ? ''
    : ' No service worker is in control here: the page and its workers were cut each by themselves.';
  return `The network was cut for ${duration(milliseconds)}. ${by} tried to reach it, and ${attempts.length === 1 ? 'was' : 'were each'} refused.${others}${here}${how}`;
}

export const proves =
  'It proves that this page, as it is now, answers from what is on this machine. It does not prove what its host will serve tomorrow, nor what an extension or the browser itself does; for a proof that needs no trust in the page, pull the plug and ask again.';

function was(n: number): string {
  return n === 1 ? 'was' : 'were';
}

/** `a, b and c` */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
