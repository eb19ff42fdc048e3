import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { dnsFacts } from './facts.ts'
import type { DnsFacts } from './facts.ts'
import { readDkim } from './dkim.ts'
import { parents, readDmarc, readSpf, settled } from './mail.ts'
import { readMtaSts, readReceiving } from './mta-sts.ts'
import { resolver } from './query.ts'
import type { Ask } from './query.ts'

const settings = z.object({
  domain: field(z.string().regex(/^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]{2,}$/), {
    label: { en: 'Domain', de: 'Domain' },
    help: { en: 'Without scheme or path, in lower case', de: 'Ohne Schema und Pfad, in Kleinbuchstaben' },
  }),
  dkimSelectors: field(z.array(z.string().regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i)).default([]), {
    label: { en: 'Names of the DKIM keys', de: 'Namen der DKIM-Schlüssel' },
    help: {
      en: 'As in the header DKIM-Signature behind s=; without them usual names are tried',
      de: 'Wie in der Kopfzeile DKIM-Signature hinter s=; ohne sie werden übliche Namen versucht',
    },
  }),
})

/** Looks at what the name system publishes about a domain, as any mail server or authority does. */
export const dns = {
  id: 'dns',
  title: { en: 'Domain', de: 'Domain' },
  about: {
    en: 'A domain in the public name system: who may issue certificates and send mail for it, how mail to it is protected, and whether it is signed.',
    de: 'Eine Domain im öffentlichen Namenssystem: wer für sie Zertifikate ausstellen und Mails senden darf wie Mails an sie geschützt sind und ob sie signiert ist.',
  },
  settings,
  facts: dnsFacts,
  history: {
    volatile: [],
    named: { dkim: ['selector', 'kind'] },
  },
  needs: [],
  address: ({ domain }) => domain,
  async collect({ domain, dkimSelectors }, context) {
    const ask = await resolver(context)
    if ((await ask(domain, 'SOA')).rcode === 'NXDOMAIN')
      throw new Unreadable('not-configured', 'the name server in use does not know this domain')
    const group = <T>(read: Promise<T>): Promise<Seen<T>> => read.then((facts) => seen(facts), reasonOf)
    const [caa, dnssec, spf, dmarc, dkim, mtaSts, receiving] = await Promise.all([
      group(readCaa(ask, domain)),
      group(readDnssec(ask, domain)),
      group(readSpf(ask, domain)),
      group(readDmarc(ask, domain)),
      group(readDkim(ask, domain, dkimSelectors)),
      group(readMtaSts(ask, domain, context)),
      group(readReceiving(ask, domain)),
    ])
    const groups = { caa, dnssec, spf, dmarc, dkim, mtaSts, receiving }
    const unseenGroups = Object.values(groups).filter((one) => one.read === 'no')
    const [first] = unseenGroups
    if (first !== undefined && unseenGroups.length === Object.keys(groups).length)
      throw new Unreadable(first.why, first.detail)
    return groups
  },
} satisfies Connector<typeof settings, DnsFacts>

async function readCaa(ask: Ask, domain: string): Promise<DnsFacts['caa']> {
  const labels = domain.split('.')
  for (const candidate of [...parents(domain), labels.at(-1) ?? domain]) {
    const found = settled(await ask(candidate, 'CAA')).answers.filter((record) => record.type === 'CAA')
    if (found.length === 0) continue
    return found.map(({ data }) => {
      const { tag, value } = caaData.parse(data)
      return { domain: candidate, tag: tag.toLowerCase(), value }
    })
  }
  return []
}

const caaData = z.object({ tag: z.string(), value: z.string() })

async function readDnssec(ask: Ask, domain: string): Promise<DnsFacts['dnssec']> {
  const soa = await ask(domain, 'SOA')
  if (soa.rcode === 'SERVFAIL') {
    const unchecked = await ask(domain, 'SOA', { unchecked: true })
    if (unchecked.rcode === 'NOERROR') return { state: 'bogus' }
  }
  if (settled(soa).authentic) return { state: 'secure' }
  const zone = [...soa.answers, ...soa.authorities].find((record) => record.type === 'SOA')?.name ?? domain
  const isDelegatedSigned = settled(await ask(zone, 'DS')).answers.some((record) => record.type === 'DS')
  if (!isDelegatedSigned) return { state: 'insecure' }
  // Signed, and yet the name server vouches for nothing: does it verify at all? The root has been signed since 2010.
  const root = await ask('.', 'SOA')
  if (!root.authentic)
    throw new Unreadable('not-configured', 'the name server in use does not verify DNSSEC', {
      needs: 'a validating name server',
    })
  return { state: 'insecure' }
}
