import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { SarifFacts } from '../facts.ts'

const params = z.object({
  tools: field(z.array(z.string().min(1)).default([]), {
    label: { en: 'Tools that must have run', de: 'Werkzeuge, die gelaufen sein müssen' },
    help: {
      en: 'By the names in their logs; empty: those that have one',
      de: 'Nach den Namen in ihren Berichten; leer: die vorhandenen',
    },
  }),
})

export const ciScanSteps = {
  id: 'ci.scan-steps',
  version: 1,
  connector: 'sarif',
  title: {
    en: 'The deployed commit is the one that was analysed',
    de: 'Der ausgelieferte Commit ist der analysierte',
  },
  why: {
    en: 'An analysis of another commit says nothing about what runs.',
    de: 'Die Analyse eines anderen Commits sagt nichts über das, was läuft.',
  },
  remedy: {
    en: 'Let the pipeline analyse before it deploys, and let it pass the commit on to the tool and to this connection.',
    de: 'Die Pipeline vor der Auslieferung analysieren lassen; sie übergibt den Commit dem Werkzeug und dieser Verbindung.',
  },
  severity: 'medium',
  serves: [
    { measure: 'code-scanning', as: 'supports' },
    { measure: 'dependency-scanning', as: 'supports' },
    { measure: 'change-management', as: 'supports' },
  ],
  params,
  reads: ['runs', 'deployed'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.29'],
  sources: ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html'],
  pitfalls: [
    'Many tools do not write the commit into their log (versionControlProvenance): told, not passed.',
    'A short hash counts for the long one that begins with it.',
    'A tool that ran without an end, or whose log holds no results, has not analysed the commit.',
  ],
  messages: {
    same: { en: '{tool} analysed the deployed commit.', de: '{tool} hat den ausgelieferten Commit analysiert.' },
    other: {
      en: '{tool} analysed another commit than the deployed one.',
      de: '{tool} hat einen anderen als den ausgelieferten Commit analysiert.',
    },
    unknown: { en: 'The log of {tool} names no commit.', de: 'Der Bericht von {tool} nennt keinen Commit.' },
    missing: { en: 'There is no complete log of {tool}.', de: 'Es gibt keinen vollständigen Bericht von {tool}.' },
  },
  judge({ runs, deployed }, { tools }) {
    const placed = runs.map((run, index) => ({ run, index }))
    const byTool = Map.groupBy(placed, ({ run }) => run.tool)
    const named = tools.length > 0 ? [...new Set(tools)] : [...byTool.keys()]
    return named.map((tool) => {
      const found = byTool.get(tool) ?? []
      const own = found.map(({ run }) => run)
      const because = ['deployed.revision', ...found.map(({ index }) => `runs.${index}`)]
      if (own.length === 0 || own.some(({ hasResults, succeeded }) => !hasResults || !succeeded))
        return fail(tool, because, 'missing', { tool })
      if (own.every((run) => run.revisions.length === 0)) return info(tool, because, 'unknown', { tool })
      const isSame = own.every(
        (run) => run.revisions.length === 0 || run.revisions.some((one) => same(one, deployed.revision)),
      )
      return (isSame ? pass : fail)(tool, because, isSame ? 'same' : 'other', { tool })
    })
  },
} satisfies Check<SarifFacts, 'runs' | 'deployed', typeof params>

/** Hashes of seven letters and more, of which one begins with the other. */
function same(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()]
  const [short, long] = other.length < one.length ? [other, one] : [one, other]
  return short.length >= 7 && long.startsWith(short)
}
