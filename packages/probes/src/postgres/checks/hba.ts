import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgHba = {
  id: 'pg.hba',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'Connections need TLS, a strong proof of identity, and come from known networks',
    de: 'Verbindungen brauchen TLS, einen starken Identitätsnachweis und kommen aus bekannten Netzen',
  },
  why: { en: 'One line with trust opens the whole database.', de: 'Eine Zeile mit trust öffnet die ganze Datenbank.' },
  remedy: {
    en: 'In pg_hba.conf: hostssl instead of host, scram-sha-256 or cert, and the networks of the applications instead of all.',
    de: 'In pg_hba.conf: hostssl statt host, scram-sha-256 oder cert und die Netze der Anwendungen statt aller.',
  },
  severity: 'critical',
  serves: [
    { measure: 'login-authentication', as: 'supports' },
    { measure: 'database-rights', as: 'supports' },
    { measure: 'transport-encryption', as: 'supports' },
    { measure: 'system-hardening', as: 'supports' },
  ],
  params: noParams,
  reads: ['hba'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.5', 'ISO/IEC 27001:2022 A.8.20'],
  sources: ['https://www.postgresql.org/docs/current/auth-pg-hba-conf.html'],
  pitfalls: [
    'Rules with method reject only close something and pass.',
    'A rule that the server cannot read fails: the server then runs with the rules from before.',
    'Loopback needs no TLS.',
  ],
  messages: {
    strict: { en: '{rule}', de: '{rule}' },
    broken: { en: 'A rule cannot be read by the server.', de: 'Eine Regel kann vom Server nicht gelesen werden.' },
    weak: {
      en: '{rule}: the method proves nothing or little.',
      de: '{rule}: Das Verfahren beweist nichts oder wenig.',
    },
    plain: { en: '{rule}: connections without TLS are allowed.', de: '{rule}: Verbindungen ohne TLS sind erlaubt.' },
    anywhere: { en: '{rule}: from any network.', de: '{rule}: aus jedem Netz.' },
  },
  judge({ hba }) {
    const rules = hba.map((rule, index) => ({ name: nameOf(rule), fault: faultOf(rule), index }))
    // The same rule twice is one subject, and one that is faulty anywhere is faulty.
    return [...Map.groupBy(rules, ({ name }) => name)].map(([name, same]) => {
      const because = same.map(({ index }) => `hba.${index}`)
      const fault = same.find((rule) => rule.fault !== undefined)?.fault
      return fault === undefined
        ? pass(name, because, 'strict', { rule: name })
        : fail(name, because, fault, { rule: name })
    })
  },
} satisfies Check<PostgresFacts, 'hba', typeof noParams>

type Rule = PostgresFacts['hba'][number]

const nameOf = ({ type, databases, users, address, method }: Rule) =>
  [type, databases.join(','), users.join(','), address ?? '', method].filter((part) => part !== '').join(' ') ||
  'unreadable'

const strong = ['scram-sha-256', 'cert', 'gss', 'sspi', 'oauth']
const isLoopback = (address: string) => /^127\.|^::1(\/128)?$|^localhost$|^samehost$/.test(address)
const isAnywhere = (address: string) => address === 'all' || address.endsWith('/0')

function faultOf({ type, address, method, broken }: Rule): 'broken' | 'weak' | 'plain' | 'anywhere' | undefined {
  if (broken) return 'broken'
  if (method === 'reject') return undefined
  if (!strong.includes(method) && !(type === 'local' && method === 'peer')) return 'weak'
  if (type === 'local' || (address !== null && isLoopback(address))) return undefined
  if (type === 'host' || type === 'hostnossl') return 'plain'
  return address !== null && isAnywhere(address) ? 'anywhere' : undefined
}
