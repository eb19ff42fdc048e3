import { Unreadable } from '../engine/reading.ts'
import type { DnsFacts } from './facts.ts'
import type { Ask, DnsAnswer } from './query.ts'
import { textsOf } from './query.ts'

type Spf = DnsFacts['spf']

/** Enough to see that a record is beyond the ten that are allowed, and to stop at circles. */
const lookupLimit = 20

/** Refuses an answer that is neither data nor a clear "there is nothing". */
export function settled(answer: DnsAnswer): DnsAnswer {
  if (answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN') return answer
  throw new Unreadable('unreachable', `the name server answered ${answer.rcode}`)
}

async function spfRecords(ask: Ask, domain: string): Promise<string[]> {
  return textsOf(settled(await ask(domain, 'TXT'))).filter((text) => /^v=spf1(\s|$)/i.test(text))
}

/** Reads the SPF record of a domain and counts what it costs to evaluate. */
export async function readSpf(ask: Ask, domain: string): Promise<Spf> {
  const records = await spfRecords(ask, domain)
  const [record] = records
  if (record === undefined) return { records: 0, all: null, lookups: 0 }
  const { all, lookups } = await evaluate(ask, record, 0)
  return { records: records.length, all, lookups }
}

type Evaluated = { readonly all: Spf['all']; readonly lookups: number }

async function evaluate(ask: Ask, record: string, before: number): Promise<Evaluated> {
  const terms = record.split(/\s+/).slice(1)
  let lookups = before
  for (const term of terms) {
    const [, qualifier = '', mechanism = '', value = ''] = /^([-+~?]?)([a-z]+)(?:[:/](.*))?$/i.exec(term) ?? []
    const kind = mechanism.toLowerCase()
    if (kind === 'all') return { all: asQualifier(qualifier), lookups }
    if (!['include', 'a', 'mx', 'ptr', 'exists'].includes(kind)) continue
    lookups += 1
    if (kind === 'include' && lookups < lookupLimit) lookups = (await evaluateOther(ask, value, lookups)).lookups
  }
  const redirect = terms.find((term) => /^redirect=/i.test(term))?.slice('redirect='.length)
  if (redirect === undefined || lookups >= lookupLimit) return { all: null, lookups }
  return evaluateOther(ask, redirect, lookups + 1)
}

async function evaluateOther(ask: Ask, domain: string, lookups: number): Promise<Evaluated> {
  // A domain with macros depends on the message and cannot be resolved here; it costs its one look-up.
  if (domain === '' || domain.includes('%')) return { all: null, lookups }
  const [record] = await spfRecords(ask, domain)
  return record === undefined ? { all: null, lookups } : evaluate(ask, record, lookups)
}

function asQualifier(sign: string): Spf['all'] {
  return sign === '-' || sign === '~' || sign === '?' ? sign : '+'
}

/** Reads the DMARC policy that applies to a domain, from itself or the nearest parent that has one (RFC 7489 §6.6.3). */
export async function readDmarc(ask: Ask, domain: string): Promise<DnsFacts['dmarc']> {
  for (const candidate of parents(domain)) {
    const records = textsOf(settled(await ask(`_dmarc.${candidate}`, 'TXT'))).filter((text) =>
      /^v=DMARC1\s*(;|$)/i.test(text),
    )
    const [record] = records
    if (record === undefined) continue
    const tags = new Map(
      record.split(';').map((tag) => tag.split('=').map((part) => part.trim().toLowerCase()) as [string, string]),
    )
    const policy = (candidate === domain ? undefined : tags.get('sp')) ?? tags.get('p')
    const percent = Number(tags.get('pct') ?? 100)
    return {
      records: records.length,
      policy: policy === 'none' || policy === 'quarantine' || policy === 'reject' ? policy : null,
      percent: Number.isInteger(percent) ? percent : 100,
      domain: candidate,
    }
  }
  return { records: 0, policy: null, percent: 100, domain: null }
}

/** The domain and its parents with at least two labels, nearest first. */
export function parents(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'))
}
