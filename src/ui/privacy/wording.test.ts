import { describe, expect, it } from 'vitest';
import type { Summary } from '../../library/network/log.ts';
import { POLICY } from '../../policy.ts';
import { MODELS_PAGE_POLICY } from '../../models-page/policy.ts';
import { addressText, directiveText, placesText, policyGroups, proofText, storeText, summaryText } from './wording.ts';

const summary: Summary = {
  ...{ all: 212, overNetwork: 14, bytes: 1_200_000, fromHere: 198, refused: 0, failed: 0 },
  ...{ elsewhere: [], elsewhereRefused: 0 },
};

describe('summaryText', () => {
  it('says how many there were and that none reached another host', () => {
    expect(summaryText(summary)).toBe(
      '212 requests since the page opened; none of them reached another host. 14 went over the network (1.2 MB) and 198 were answered on this machine.',
    );
  });

  it('names every host that was reached, and counts attempts that were refused', () => {
    expect(summaryText({ ...summary, elsewhere: ['a.example', 'b.example'] })).toContain(
      'some went to a.example, b.example',
    );
    const refused = summaryText({ ...summary, refused: 3, elsewhereRefused: 1 });
    expect(refused).toContain('1 attempt to reach one was refused.');
    expect(refused).toContain('and 3 were refused');
  });
});

describe('policyGroups', () => {
  const found = { policies: [POLICY], elsewhere: 'refused' } as const;

  it('puts those under the same policy together, directive by directive', () => {
    const [group, ...others] = policyGroups(['page', 'search', 'embedder', 'embedder'].map((by) => ({ by, found })));
    expect(others).toEqual([]);
    expect(group?.where).toBe('The page, the worker “search” and 2 workers “embedder”');
    expect(group?.policies[0]).toContain("connect-src 'self'");
    expect(group?.says).toMatch(/the browser refused\.$/);
  });

  it('says where there is none, and where nobody answered', () => {
    const none = { policies: [], elsewhere: 'not-tried' } as const;
    const groups = policyGroups([
      { by: 'page', found },
      { by: 'service worker', found: none },
      { by: 'reader', found: null },
    ]);
    expect(groups.map(({ says }) => says.slice(0, 16))).toEqual([
      'Each tried to fe',
      'Under no policy,',
      'Busy, and did no',
    ]);
    expect(policyGroups([{ by: 'page', found: none }])[0]?.says).toMatch(/Do not trust/);
  });

  it('explains every directive of the page’s policy', () => {
    expect(POLICY.split('; ').filter((directive) => directiveText(directive) === '')).toEqual([]);
    // What the page for models allows beyond that must not be explained as less than it is.
    expect(
      MODELS_PAGE_POLICY.split('; ')
        .filter((one) => /^connect-src/.test(one))
        .map(directiveText),
    ).toEqual(['']);
  });
});

describe('proofText', () => {
  const proof = {
    ...{ question: 'How tall?', answer: 'Forty metres.', milliseconds: 4200, refused: [], fromHere: 0 },
    attempts: ['page', 'embedder', 'embedder'].map((by) => ({ by, came: 'refused' as const })),
    byServiceWorker: true,
  };

  it('tells who tried, and that nothing else did', () => {
    expect(proofText(proof)).toBe(
      'The network was cut for 4.2 s. The page and 2 workers “embedder” tried to reach it, and were each refused. Nothing else tried to reach it.',
    );
  });

  it('tells what else was refused, what was read here, and that no service worker stood guard', () => {
    const text = proofText({ ...proof, refused: ['https://a.example/'], fromHere: 2, byServiceWorker: false });
    expect(text).toContain('1 other request was refused.');
    expect(text).toContain('2 files of the page were needed, and read from this machine.');
    expect(text).toContain('No service worker is in control here');
  });
});

describe('smaller texts', () => {
  it('shows addresses of the page without what is the same for all, others whole', () => {
    const base = 'https://carrel.example/page/';
    expect(addressText(`${base}models/a%20b.json`, base)).toBe('models/a b.json');
    expect(addressText(base, base)).toBe('the page itself');
    expect(addressText('https://carrel.example/pager', base)).toBe('https://carrel.example/pager');
  });

  it('counts places of one name', () => {
    expect(placesText(['page'])).toBe('The page');
    expect(placesText(['service worker', 'reader'])).toBe('The service worker and the worker “reader”');
  });

  it('says of each store what is in it, and names collections and what others have stored', () => {
    const where = 'IndexedDB';
    const collections = storeText({
      what: 'collections',
      bytes: 3_100_000,
      number: 2,
      where,
      names: ['Lease', 'Thesis'],
    });
    expect(collections.amount).toBe('2 collections, 3.1 MB');
    expect(collections.says).toMatch(/Lease, Thesis\.$/);
    expect(storeText({ what: 'settings', bytes: 40, number: 1, where, names: ['carrel.theme'] }).amount).toBe(
      '1 entry, 40 B',
    );
    expect(storeText({ what: 'others', bytes: 0, number: 0, where: '', names: [] }).amount).toBe('nothing');
  });
});
