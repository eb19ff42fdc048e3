import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { DnsFacts } from '../facts.ts'

const params = z.object({
  issuers: field(z.array(z.string()).default([]), {
    label: { en: 'Authorities that may issue', de: 'Stellen, die ausstellen dürfen' },
    help: {
      en: 'Empty: any, as long as the domain limits them',
      de: 'Leer: beliebige, solange die Domain sie begrenzt',
    },
  }),
})

export const dnsCaa = {
  id: 'dns.caa',
  version: 1,
  connector: 'dns',
  title: {
    en: 'Only named authorities may issue certificates for the domain',
    de: 'Nur benannte Stellen dürfen Zertifikate für die Domain ausstellen',
  },
  why: {
    en: 'Without CAA any of some hundred authorities may be talked into a certificate for your name.',
    de: 'Ohne CAA lässt sich jede von einigen hundert Stellen ein Zertifikat auf Ihren Namen abschwatzen.',
  },
  remedy: {
    en: 'Publish CAA records with "issue" for the authorities that you use, and "iodef" for reports.',
    de: 'CAA-Einträge mit „issue“ für die genutzten Stellen und „iodef“ für Meldungen veröffentlichen.',
  },
  severity: 'low',
  serves: [{ measure: 'transport-encryption', as: 'supports' }],
  params,
  reads: ['caa'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://www.rfc-editor.org/rfc/rfc8659'],
  pitfalls: [
    'The records of the nearest parent apply: a subdomain without records of its own inherits them.',
    'Records with only iodef do not limit anybody.',
  ],
  messages: {
    limited: { en: 'Issue is limited to: {issuers}', de: 'Ausstellen dürfen nur: {issuers}' },
    open: {
      en: 'There are CAA records, but none limits issue.',
      de: 'Es gibt CAA-Einträge, aber keinen, der das Ausstellen begrenzt.',
    },
    undeclared: { en: 'Allowed, but not declared: {issuers}', de: 'Zugelassen, aber nicht vorgesehen: {issuers}' },
    report: { en: 'Violations are reported.', de: 'Verstöße werden gemeldet.' },
  },
  judge({ caa }, { issuers }) {
    if (caa.length === 0) return []
    const issue = caa.filter(({ tag }) => tag === 'issue' || tag === 'issuewild')
    const named = [...new Set(issue.map(({ value }) => value.split(';', 1)[0]?.trim() ?? ''))]
      .filter((name) => name !== '')
      .sort()
    const undeclared = issuers.length === 0 ? [] : named.filter((name) => !issuers.includes(name))
    const report = caa.some(({ tag }) => tag === 'iodef') ? [info('iodef', 'caa', 'report')] : []
    if (!caa.some(({ tag }) => tag === 'issue')) return [fail('issue', 'caa', 'open'), ...report]
    if (undeclared.length > 0)
      return [
        unlessDeclared(fail('issue', 'caa', 'undeclared', { issuers: undeclared.join(', ') }), {
          list: 'issuers',
          values: undeclared,
        }),
        ...report,
      ]
    return [pass('issue', 'caa', 'limited', { issuers: named.join(', ') || '–' }), ...report]
  },
} satisfies Check<DnsFacts, 'caa', typeof params>
