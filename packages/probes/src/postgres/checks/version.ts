import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { lagOf, supportOf } from '../../versions/support.ts'
import type { Lag, Support } from '../../versions/support.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  graceDays: field(z.int().min(0).default(30), {
    label: { en: 'Time for an update', de: 'Zeit für eine Aktualisierung' },
    unit: 'days',
  }),
})

export const pgVersion = {
  id: 'pg.version',
  version: 1,
  connector: 'postgres',
  title: { en: 'The database is supported and patched', de: 'Die Datenbank wird gepflegt und ist gepatcht' },
  why: {
    en: 'Minor versions of PostgreSQL hold nothing but fixes.',
    de: 'Nebenversionen von PostgreSQL enthalten nur Korrekturen.',
  },
  remedy: {
    en: 'Install the newest minor version; plan the next major version before the end of support.',
    de: 'Die neueste Nebenversion einspielen; die nächste Hauptversion vor dem Ende der Pflege planen.',
  },
  severity: 'high',
  serves: [
    { measure: 'patch-management', as: 'proves' },
    { measure: 'asset-version-inventory', as: 'supports' },
  ],
  params,
  reads: ['server'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.8'],
  sources: ['https://www.postgresql.org/support/versioning/', 'https://endoflife.date/postgresql'],
  pitfalls: [
    'A version that the support data does not know is told, not passed.',
    'Packages of a distribution carry the number of the makers for PostgreSQL, so it is judged by the makers.',
  ],
  messages: {
    supported: { en: '{version} is supported until {until}.', de: '{version} wird bis {until} gepflegt.' },
    ended: { en: '{version}: support ended on {until}.', de: '{version}: Pflege endete am {until}.' },
    newest: { en: '{version} is the newest of its line.', de: '{version} ist das neueste der Linie.' },
    recent: { en: '{latest} came out {days} days ago.', de: '{latest} erschien vor {days} Tagen.' },
    behind: {
      en: '{version}: {latest} has been out for {days} days.',
      de: '{version}: {latest} gibt es seit {days} Tagen.',
    },
    unknown: { en: '{version}: support period not known.', de: '{version}: Supportzeitraum nicht bekannt.' },
  },
  judge({ server: { version, lifecycle } }, { graceDays }, now) {
    if (lifecycle === null) return [info('support', 'server.version', 'unknown', { version })]
    return [
      judgeSupport(version, supportOf(lifecycle, now)),
      judgeLag(version, lagOf(version, lifecycle, now), graceDays),
    ]
  },
} satisfies Check<PostgresFacts, 'server', typeof params>

function judgeSupport(version: string, support: Support): Verdict {
  return support.state === 'ended'
    ? fail('support', 'server.lifecycle.endOfLife', 'ended', { version, until: support.since ?? '–' })
    : pass('support', 'server.lifecycle.endOfLife', 'supported', { version, until: support.until ?? '–' })
}

function judgeLag(version: string, lag: Lag, graceDays: number): Verdict {
  if (!lag.behind) return pass('patch', 'server.lifecycle.latest', 'newest', { version })
  const isLate = lag.days === null || lag.days > graceDays
  const says = { version, latest: lag.latest, days: lag.days ?? '?' }
  return (isLate ? fail : info)('patch', 'server.lifecycle.latest', isLate ? 'behind' : 'recent', says)
}
