import { domainToASCII } from 'node:url'

/** Before the domain: where the proof lies in DNS. */
export const challengeLabel = '_art32-challenge'

/** How long a proven domain is served while DNS cannot be asked. */
export const patienceMs = 3 * 24 * 3_600_000

/** What became of a domain. `waiting`: not proven yet; `proven`: served; `lost`: not served any more. */
export const siteStates = ['waiting', 'proven', 'lost'] as const

/** What became of a domain. */
export type SiteState = (typeof siteStates)[number]

/** Why the last look proved nothing: no record, another one, DNS could not be asked, somebody else proved the domain. */
export const siteProblems = ['missing', 'other', 'unreachable', 'taken'] as const

/** Why the last look proved nothing. */
export type SiteProblem = (typeof siteProblems)[number]

// RFC 6761, RFC 6762, RFC 8375, RFC 9476 and ICANN's "internal": nobody can own a name there in the public DNS.
const ownedByNobody = /(?:^|\.)(?:localhost|local|internal|invalid|onion|arpa|alt)$/
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * A domain as DNS knows it, from what a person types: `Trust.München.example.` becomes `trust.xn--mnchen-3ya.example`.
 *
 * @returns null for what is no domain that somebody can own: an address, a single label, a port, a name that is local
 * @source RFC 5891 (IDNA), RFC 1035 §2.3.4 (lengths, with room for the label of the challenge)
 */
export function domainOf(typed: string): string | null {
  const plain = typed.trim().replace(/\.$/, '')
  if (/[\s/:@?#%\\*_[\]]/u.test(plain)) return null
  const domain = domainToASCII(plain).toLowerCase()
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every((one) => label.test(one))) return null
  // A number at the end makes an address of it (WHATWG URL §3.5).
  if (/^\d+$/.test(labels.at(-1) ?? '') || ownedByNobody.test(domain)) return null
  return domain.length + challengeLabel.length + 1 <= 253 ? domain : null
}

/** The host that a request names, comparable with a domain; null for what names none. @param header as `Host` says it */
export function hostOf(header: string | null): string | null {
  const match = /^([^\s/:@?#%\\,[\]]+?)\.?(?::\d{1,5})?$/u.exec(header ?? '')
  return match?.[1] === undefined ? null : match[1].toLowerCase()
}

/** What a look at DNS means. */
export interface Judged {
  readonly state: SiteState
  readonly problem: SiteProblem | null
}

/**
 * What a look means for a domain. A record that is gone ends it at once; that nobody could be asked does so after some days.
 *
 * @param found the TXT records; null: nobody could be asked
 */
export function judge(
  site: { readonly state: SiteState; readonly challenge: string; readonly provenAt: Date | null },
  found: readonly string[] | null,
  now: Date,
): Judged {
  const { state, challenge, provenAt } = site
  if (found === null) {
    const isOver = provenAt === null || now.getTime() - provenAt.getTime() > patienceMs
    return { state: state === 'proven' && isOver ? 'lost' : state, problem: 'unreachable' }
  }
  if (found.includes(challenge)) return { state: 'proven', problem: null }
  return { state: state === 'proven' ? 'lost' : state, problem: found.length === 0 ? 'missing' : 'other' }
}
