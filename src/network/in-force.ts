/** Asks the browser itself which policy it enforces on a page or worker, by doing what every policy of ours forbids. */

export interface InForce {
  /** Each policy that refused, word for word as the browser has it; empty if none did. */
  readonly policies: readonly string[];
  /** What came of fetching another host: not tried where no policy had refused before. */
  readonly elsewhere: 'refused' | 'not-refused' | 'not-tried';
}

/** A host that cannot exist (RFC 6761): without a policy the request would go nowhere either. */
const ELSEWHERE = 'https://elsewhere.invalid/';
/** Violations are told in a task of their own. */
const PATIENCE = 300;

/**
 * @param scope the page or worker that this runs in
 * @param elsewhere whether fetching another host is to be tried as well
 */
export async function policyInForce(scope: EventTarget, elsewhere: boolean): Promise<InForce> {
  const policies = new Set<string>();
  let refused = false;
  const listen = (event: Event): void => {
    const { originalPolicy, effectiveDirective } = event as SecurityPolicyViolationEvent;
    if (effectiveDirective === 'connect-src') refused = true;
    policies.add(originalPolicy);
  };
  scope.addEventListener('securitypolicyviolation', listen);
  try {
    const ran = runsText();
    await pause();
    // Whatever was told: where code made of text runs, no policy of ours holds.
    if (ran) policies.clear();
    if (!elsewhere || policies.size === 0) return { policies: [...policies], elsewhere: 'not-tried' };
    await fetch(ELSEWHERE).catch(() => undefined);
    await pause();
    return { policies: [...policies], elsewhere: refused ? 'refused' : 'not-refused' };
  } finally {
    scope.removeEventListener('securitypolicyviolation', listen);
  }
}

/** Whether code made of text runs. Every policy of ours refuses it, and the event tells which one did. */
function runsText(): boolean {
  try {
    return (new Function('return true') as () => boolean)();
  } catch {
    return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
