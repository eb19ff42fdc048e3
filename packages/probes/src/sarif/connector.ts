import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { reasonOf, seen, unseen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { filesAt, readWhole } from '../files/read.ts'
import { sarifFacts } from './facts.ts'
import type { SarifFacts } from './facts.ts'
import { readLog } from './log.ts'

const settings = z.object({
  path: field(z.string().min(1).max(4_096), {
    label: { en: 'Log or folder', de: 'Bericht oder Ordner' },
    help: {
      en: 'A SARIF 2.1.0 file on this machine, or a folder of them: the newest run of each tool counts',
      de: 'Eine SARIF-2.1.0-Datei auf diesem Rechner oder ein Ordner davon: der neueste Lauf jedes Werkzeugs zählt',
    },
  }),
  revision: field(
    z
      .string()
      .regex(/^[0-9a-f]{7,64}$/i)
      .optional(),
    {
      label: { en: 'Deployed commit', de: 'Ausgelieferter Commit' },
      help: {
        en: 'Its hash; the pipeline that deploys knows it',
        de: 'Sein Hash; die ausliefernde Pipeline kennt ihn',
      },
    },
  ),
})

/** More logs than these are not read: the newest ones are. */
const mostLogs = 20

/** Reads what tools for static analysis of code reported, whoever makes them. */
export const sarif = {
  id: 'sarif',
  title: { en: 'Code analysis (SARIF)', de: 'Codeanalyse (SARIF)' },
  about: {
    en: 'Reports of tools for static analysis in the format SARIF, such as CodeQL, Semgrep, ESLint or Sonar.',
    de: 'Berichte von Werkzeugen zur statischen Analyse im Format SARIF, etwa CodeQL, Semgrep, ESLint oder Sonar.',
  },
  settings,
  facts: sarifFacts,
  history: {
    volatile: ['runs.at', 'runs.revisions', 'runs.minor', 'runs.suppressed', 'findings.isNew'],
    lasting: ['findings.since'],
    named: { runs: ['tool'], findings: ['tool', 'rule', 'path'] },
  },
  needs: [
    {
      privilege: 'read access to the files',
      reason: { en: 'They are read; nothing is written.', de: 'Sie werden gelesen, nichts wird geschrieben.' },
    },
  ],
  address: ({ path }) => path,
  ownMachine: () => true,
  async collect({ path, revision }, context) {
    const logs = await readNewest(path, context).then((facts) => seen(facts), reasonOf)
    return {
      runs: logs.read === 'ok' ? seen(logs.facts.runs) : logs,
      findings: logs.read === 'ok' ? seen(logs.facts.findings) : logs,
      deployed:
        revision === undefined
          ? unseen('not-configured', 'the deployed commit is not named', { needs: 'revision' })
          : seen({ revision: revision.toLowerCase() }),
    }
  },
} satisfies Connector<typeof settings, SarifFacts>

type Logs = Pick<SarifFacts, 'runs' | 'findings'>

/** An older run of the same tool says what was, not what is. One file may hold several runs of one tool: parts of one. */
async function readNewest(path: string, context: Context): Promise<Logs> {
  const files = await filesAt(path, ['.sarif', '.sarif.json'], mostLogs)
  const logs: Logs[] = []
  for (const file of files) {
    const { text, modifiedAt } = await readWhole(file, context.signal)
    logs.push(readLog(text, modifiedAt))
  }
  const newest = new Map<string, { at: number; log: Logs }>()
  for (const log of logs)
    for (const { tool, at } of log.runs) {
      const other = newest.get(tool)
      if (other === undefined || Date.parse(at) > other.at) newest.set(tool, { at: Date.parse(at), log })
    }
  const of = <T extends { tool: string }>(all: (log: Logs) => readonly T[]) =>
    [...newest].flatMap(([tool, { log }]) => all(log).filter((one) => one.tool === tool))
  return { runs: of((log) => log.runs), findings: of((log) => log.findings) }
}
