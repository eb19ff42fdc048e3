import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { reasonOf, seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { filesAt, readWhole } from '../files/read.ts'
import { loadFacts } from './facts.ts'
import type { LoadFacts } from './facts.ts'
import { readReport } from './report.ts'

const settings = z.object({
  path: field(z.string().min(1).max(4_096), {
    label: { en: 'Report or folder', de: 'Bericht oder Ordner' },
    help: {
      en: 'JSON summary of k6 or JSON report of autocannon on this machine, or a folder of them: the newest counts',
      de: 'JSON-Zusammenfassung von k6 oder JSON-Bericht von autocannon auf diesem Rechner oder ein Ordner davon: der neueste zählt',
    },
  }),
})

/** Earlier reports are kept as facts, so that a trend can be seen; only the newest is judged. */
const mostReports = 20

/** Reads what load tests measured. */
export const load = {
  id: 'load',
  title: { en: 'Load test', de: 'Lasttest' },
  about: {
    en: 'Results of load tests with k6 or autocannon.',
    de: 'Ergebnisse von Lasttests mit k6 oder autocannon.',
  },
  settings,
  facts: loadFacts,
  history: {
    volatile: ['runs'],
  },
  needs: [
    {
      privilege: 'read access to the files',
      reason: { en: 'They are read; nothing is written.', de: 'Sie werden gelesen, nichts wird geschrieben.' },
    },
  ],
  address: ({ path }) => path,
  ownMachine: () => true,
  async collect({ path }, context) {
    return { runs: await readRuns(path, context).then((runs) => seen(runs), reasonOf) }
  },
} satisfies Connector<typeof settings, LoadFacts>

async function readRuns(path: string, { signal }: Context): Promise<LoadFacts['runs']> {
  const runs: LoadFacts['runs'] = []
  for (const file of await filesAt(path, ['.json'], mostReports)) {
    const { text, modifiedAt } = await readWhole(file, signal)
    runs.push(readReport(text, modifiedAt))
  }
  return runs.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
