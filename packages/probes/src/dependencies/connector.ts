import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readWhole } from '../files/read.ts'
import { readComponents } from './components.ts'
import { dependenciesFacts } from './facts.ts'
import type { DependenciesFacts } from './facts.ts'
import { readAudit, readOutdated } from './npm.ts'
import { affects, weaknessesOf } from './osv.ts'
import type { Match } from './osv.ts'
import { askOsv, fetchRecords, openOsv } from './osv-api.ts'
import { findRecords, searchFiles } from './osv-files.ts'
import { readVex, withVex } from './vex.ts'

const path = z.string().min(1).max(4_096)

const settings = z.object({
  components: field(path, {
    label: { en: 'Bill of materials or lockfile', de: 'Stückliste oder Lockdatei' },
    help: {
      en: 'CycloneDX 1.4 to 1.7 in JSON, package-lock.json, pnpm-lock.yaml or yarn.lock on this machine',
      de: 'CycloneDX 1.4 bis 1.7 in JSON, package-lock.json, pnpm-lock.yaml oder yarn.lock auf diesem Rechner',
    },
  }),
  vex: field(path.optional(), {
    label: { en: 'Statements on weaknesses (VEX)', de: 'Aussagen zu Schwachstellen (VEX)' },
    help: {
      en: 'CycloneDX in JSON; those in the bill of materials itself are read anyway',
      de: 'CycloneDX in JSON; solche in der Stückliste selbst werden ohnehin gelesen',
    },
  }),
  audit: field(path.optional(), {
    label: { en: 'Report of npm audit --json', de: 'Bericht von npm audit --json' },
    help: { en: 'Its advisories are added', de: 'Dessen Meldungen werden hinzugenommen' },
  }),
  outdated: field(path.optional(), {
    label: { en: 'Report of npm outdated --json', de: 'Bericht von npm outdated --json' },
  }),
  records: field(path.optional(), {
    label: { en: 'OSV records', de: 'OSV-Datensätze' },
    help: {
      en: 'ZIP archive of an ecosystem, or folder of records; with it no name of a component leaves this machine',
      de: 'ZIP-Archiv eines Ökosystems oder Ordner; damit verlässt kein Name einer Komponente diesen Rechner',
    },
  }),
  baseUrl: field(z.url({ protocol: /^https?$/ }).default('https://api.osv.dev'), {
    label: { en: 'Address of the OSV database', de: 'Adresse der OSV-Datenbank' },
  }),
  registry: field(z.url({ protocol: /^https?$/ }).optional(), {
    label: { en: 'Address of the npm registry', de: 'Adresse der npm-Registry' },
    help: {
      en: 'What "npm config get registry" says; asked for the dates of packages that are behind',
      de: 'Was „npm config get registry“ sagt; wird nach dem Erscheinungstag veralteter Pakete gefragt',
    },
  }),
})

type Settings = z.output<typeof settings>

/** Looks up what software is made of in the database of open-source weaknesses, and how far it has fallen behind. */
export const dependencies = {
  id: 'dependencies',
  title: { en: 'Dependencies', de: 'Abhängigkeiten' },
  about: {
    en: 'A bill of materials or a lockfile, compared with the known weaknesses of OSV, and what npm says is outdated.',
    de: 'Eine Stückliste oder Lockdatei, verglichen mit den bekannten Schwachstellen von OSV, und was laut npm veraltet ist.',
  },
  settings,
  facts: dependenciesFacts,
  history: {
    volatile: [
      'weaknesses.components',
      'weaknesses.unnamed',
      'outdated.reportedAt',
      'outdated.packages.latest',
      'outdated.packages.wanted',
    ],
    lasting: ['weaknesses.found.published', 'weaknesses.found.vex.at', 'outdated.packages.behindSince'],
    named: { 'weaknesses.found': ['id', 'package'] },
  },
  needs: [
    {
      privilege: 'read access to the files',
      reason: { en: 'They are read; nothing is written.', de: 'Sie werden gelesen, nichts wird geschrieben.' },
    },
    {
      privilege: 'https to api.osv.dev and to the npm registry, without an account',
      reason: {
        en: 'Names and versions of components are sent there. Not needed for OSV with its records on this machine.',
        de: 'Namen und Versionen der Komponenten werden dorthin gesandt. Für OSV mit Datensätzen auf diesem Rechner unnötig.',
      },
    },
  ],
  address: ({ components }) => components,
  ownMachine: () => true,
  async collect(given, context) {
    const group = <T>(read: Promise<T>): Promise<Seen<T>> => read.then((facts) => seen(facts), reasonOf)
    const [weaknesses, outdated] = await Promise.all([
      group(readWeaknesses(given, context)),
      group(readFreshness(given, context)),
    ])
    return { weaknesses, outdated }
  },
} satisfies Connector<typeof settings, DependenciesFacts>

async function readWeaknesses(given: Settings, context: Context): Promise<DependenciesFacts['weaknesses']> {
  const bill = (await readWhole(given.components, context.signal)).text
  const { named, unnamed } = readComponents(bill)
  const beside = given.vex === undefined ? undefined : (await readWhole(given.vex, context.signal)).text
  const said = [
    ...(/^\s*\{[^]*"bomFormat"/.test(bill.slice(0, 4_096)) ? readVex(bill) : []),
    ...(beside === undefined ? [] : readVex(beside, bill)),
  ]
  const matches = await lookUp(given, named, context)
  const audited = given.audit === undefined ? [] : await lookUpAudit(given, given.audit, named, matches, context)
  const all = [...matches, ...audited]
  const found = weaknessesOf(all).map((weakness) => withVex(weakness, all, said))
  return { components: named.length, unnamed, found }
}

type Named = ReturnType<typeof readComponents>['named']

const lookUp = ({ records, baseUrl }: Settings, named: Named, context: Context): Promise<Match[]> =>
  records === undefined ? askOsv(openOsv(baseUrl, context), named) : searchFiles(records, named, context.signal)

/** Advisories of npm that the look-up did not find by itself, with the record of each. */
async function lookUpAudit(
  { records, baseUrl }: Settings,
  report: string,
  named: Named,
  found: readonly Match[],
  context: Context,
): Promise<Match[]> {
  const known = new Set(found.map(({ record, component }) => `${record.id} ${component.name}`))
  const missing = (await readAudit(report, context.signal)).filter(({ id, name }) => !known.has(`${id} ${name}`))
  const ids = [...new Set(missing.map(({ id }) => id))]
  const fetched =
    records === undefined
      ? [...(await fetchRecords(openOsv(baseUrl, context), ids)).values()]
      : await findRecords(records, ids, context.signal)
  const byId = new Map(fetched.map((record) => [record.id, record]))
  return missing.flatMap(({ id, name }) => {
    const record = byId.get(id)
    if (record === undefined) return []
    const listed = named.filter((one) => one.ecosystem === 'npm' && one.name === name)
    const hit = listed.filter((one) => affects(record, one) === true)
    const [first = { ecosystem: 'npm', name, version: 'unknown' }] = listed
    return (hit.length > 0 ? hit : [first]).map((component) => ({ record, component }))
  })
}

async function readFreshness(
  { outdated, registry }: Settings,
  context: Context,
): Promise<DependenciesFacts['outdated']> {
  if (outdated === undefined)
    throw new Unreadable('not-configured', 'no report of npm outdated --json is named', { needs: 'outdated' })
  return await readOutdated(outdated, registry, context)
}
