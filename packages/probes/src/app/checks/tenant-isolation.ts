import { judgeWays, wayMessages } from '../../crossing/judge.ts'
import { info, noParams } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AppFacts } from '../facts.ts'

export const appTenantIsolation = {
  id: 'app.tenant-isolation',
  version: 1,
  connector: 'app',
  title: {
    en: 'No tenant of the application can reach another by its database',
    de: 'Kein Mandant der Anwendung erreicht durch die Datenbank einen anderen',
  },
  why: {
    en: 'Rules that keep tenants apart are easily forgotten for one table; only trying shows that they hold.',
    de: 'Regeln, die Mandanten trennen, sind bei einer einzelnen Tabelle leicht vergessen; erst der Versuch zeigt, dass sie gelten.',
  },
  remedy: {
    en: 'Close the way that is named: take back the right, or enforce row security on the table, also for its owner.',
    de: 'Den genannten Weg schließen: das Recht entziehen oder die Zeilenregeln der Tabelle erzwingen, auch für ihren Eigentümer.',
  },
  severity: 'critical',
  serves: [{ measure: 'tenant-isolation', as: 'proves' }],
  params: noParams,
  reads: ['isolation'],
  maxAge: 'P1D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.22', 'GDPR Art. 32(1)(b)'],
  sources: [
    'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
    'https://www.postgresql.org/docs/current/ddl-priv.html',
  ],
  pitfalls: [
    'Where no two tenants are named the application is taken for one without tenants: the check does not apply, and proves nothing.',
    'Tried is the way from the one named tenant to the other; that all others are set up alike is not shown.',
    'In a shared database rows are found by the column of the tenant; tables without it are not looked at, nor is a table in which the other has no row.',
    'Refused is only what the server refuses for want of a right, or rows that are not shown. An attempt that failed otherwise counts as not seen, and a way of which nothing was seen leaves the check not evaluated.',
    'Two who share a database can hear each other by LISTEN and hold each other up by advisory locks; two who share a login see what the other asks. This is told, not judged.',
    'What the application itself mixes up, in its pages or its cache, does not show in the database.',
  ],
  messages: {
    ...wayMessages,
    shared: {
      en: 'The two share a database: rows are all that keeps them apart.',
      de: 'Die beiden teilen eine Datenbank: Nur Zeilenregeln trennen sie.',
    },
  },
  judge({ isolation: { shared, ways } }) {
    return [
      ...(shared && ways.length > 0 ? [info('shared', 'isolation.shared', 'shared')] : []),
      ...judgeWays(ways, 'isolation.ways'),
    ]
  },
} satisfies Check<AppFacts, 'isolation', typeof noParams>
