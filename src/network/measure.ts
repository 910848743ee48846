/** The requests of a page or worker as the browser measures them for it (Resource Timing), and what its policy refused. */
import type { Measured } from './seen.ts';

/** More than a long visit needs; the browser's own limit is 250, and the rest would be lost without a word. */
const MOST = 10_000;
/** Refusals of one address within so many milliseconds are of one attempt, by header and `<meta>`. */
const SAME = 50;

/**
 * Tells of every request of this scope from its first on, and of every one that the policy refuses from now on.
 * @param by `page`, or the worker's name
 */
export function measureRequests(scope: EventTarget, by: string, tell: (measured: readonly Measured[]) => void): void {
  performance.setResourceTimingBufferSize?.(MOST);
  const observer = new PerformanceObserver((list) => {
    const measured = list
      .getEntries()
      .filter(leaves)
      .map((entry) => measuredOf(entry as PerformanceResourceTiming, by));
    if (measured.length > 0) tell(measured);
  });
  observer.observe({ type: 'resource', buffered: true });
  let last = { url: '', at: 0 };
  scope.addEventListener('securitypolicyviolation', (event) => {
    const { blockedURI: url } = event as SecurityPolicyViolationEvent;
    const at = Date.now();
    // Others than addresses are code or styles that were not to run; and each policy that refuses tells of it.
    if (!/^[a-z]+:\/\//.test(url) || (url === last.url && at - last.at < SAME)) return;
    last = { url, at };
    tell([{ url, at, by, bytes: 0, outcome: 'refused-by-policy' }]);
  });
}

/** What the page has made itself (`blob:`, `data:`) is no request. */
function leaves({ name }: PerformanceEntry): boolean {
  return !/^(?:blob|data):/.test(name);
}

function measuredOf(entry: PerformanceResourceTiming, by: string): Measured {
  const { name, startTime, transferSize, responseStatus } = entry;
  // An answer has a status; where the browser does not tell it, one that ended counts as answered.
  const failed = responseStatus === 0 && transferSize === 0 && entry.encodedBodySize === 0;
  return {
    url: name,
    at: Math.round(performance.timeOrigin + startTime),
    by,
    bytes: transferSize,
    outcome: failed ? 'failed' : 'answered',
  };
}
