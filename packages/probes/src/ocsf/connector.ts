import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readRecords } from '../files/records.ts'
import { ocsfFacts } from './facts.ts'
import type { Control, OcsfFacts } from './facts.ts'
import { readResult } from './result.ts'
import type { Result } from './result.ts'

const settings = z.object({
  path: field(z.string().min(1).max(4_096), {
    label: { en: 'File of results', de: 'Ergebnisdatei' },
    help: {
      en: 'OCSF in JSON or one record on each line, as prowler writes with --output-formats json-ocsf',
      de: 'OCSF als JSON oder ein Datensatz je Zeile, wie ihn prowler mit --output-formats json-ocsf schreibt',
    },
  }),
})

/** A run over a very large account has some hundred megabytes; read as a stream, one result in memory. */
const mostBytes = 1_024 * 1_048_576
const mostControls = 10_000

/** Reads what Prowler or any other tool found and wrote in the open schema for security events. */
export const ocsf = {
  id: 'ocsf',
  title: { en: 'Results of other tools (OCSF)', de: 'Ergebnisse anderer Werkzeuge (OCSF)' },
  about: {
    en: 'Results of Prowler, or of any tool that writes compliance findings in the open schema OCSF, by control.',
    de: 'Ergebnisse von Prowler oder jedem Werkzeug, das Compliance-Funde im offenen Schema OCSF schreibt, je Kontrolle.',
  },
  settings,
  facts: ocsfFacts,
  history: {
    volatile: [
      'report.at',
      'report.results',
      'report.others',
      'controls.pass',
      'controls.fail',
      'controls.unknown',
      'controls.suppressed',
    ],
    named: { controls: ['control'] },
  },
  needs: [
    {
      privilege: 'read access to the file',
      reason: {
        en: 'It is read; nothing is written, and no cloud is asked.',
        de: 'Sie wird gelesen; nichts wird geschrieben, keine Cloud wird gefragt.',
      },
    },
  ],
  address: ({ path }) => path,
  ownMachine: () => true,
  async collect({ path }, context) {
    try {
      const { report, controls, complete } = await readReport(path, context)
      return { report: seen(report, complete), controls: seen(controls, complete) }
    } catch (error) {
      const unread = reasonOf(error)
      return { report: unread, controls: unread }
    }
  },
} satisfies Connector<typeof settings, OcsfFacts>

type Sum = OcsfFacts & { readonly complete: boolean }

/** Counts result by result, so that a file of any length takes no more than its controls. */
async function readReport(path: string, { signal }: Context): Promise<Sum> {
  const { next, modifiedAt } = await readRecords(path, signal, mostBytes)
  const controls = new Map<string, Control>()
  const producers = new Set<string>()
  let [others, results, newest, broken] = [0, 0, 0, 0]
  const add = (result: Result) => {
    if (result.kind === 'other') others += 1
    else if (result.kind === 'broken') broken += 1
    else {
      results += 1
      newest = Math.max(newest, result.at ?? 0)
      if (producers.size < 5) producers.add(result.producer)
      count(controls, result)
    }
    if (controls.size > mostControls) throw new Unreadable('contract', `more than ${mostControls} controls are named`)
  }
  try {
    let step = await next.next()
    for (; step.done !== true; step = await next.next()) add(readResult(step.value))
    const at = newest === 0 ? modifiedAt : new Date(newest)
    return {
      report: { producer: [...producers].toSorted().join(', ') || 'unnamed', at: at.toISOString(), results, others },
      controls: [...controls.values()],
      complete: step.value.complete && broken === 0,
    }
  } finally {
    await next.return({ complete: false })
  }
}

const ranks: readonly Control['severity'][] = ['unknown', 'informational', 'low', 'medium', 'high', 'critical']

function count(
  controls: Map<string, Control>,
  { control, severity, state }: Extract<Result, { kind: 'result' }>,
): void {
  const known = controls.get(control) ?? { control, severity, pass: 0, fail: 0, unknown: 0, suppressed: 0 }
  const isWorse = ranks.indexOf(severity) > ranks.indexOf(known.severity)
  controls.set(control, { ...known, severity: isWorse ? severity : known.severity, [state]: known[state] + 1 })
}
