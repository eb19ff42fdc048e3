import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { GithubFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(1).default(7), {
    label: { en: 'Longest time since an analysis', de: 'Längste Zeit seit einer Analyse' },
    unit: 'days',
  }),
})

export const ghCodeScanning = {
  id: 'gh.code-scanning',
  version: 1,
  connector: 'github',
  title: { en: 'Code scanning ran recently', de: 'Die Codeanalyse lief kürzlich' },
  why: {
    en: 'An analysis finds weaknesses that reviewers overlook, and new rules find old ones.',
    de: 'Eine Analyse findet Schwächen, die beim Prüfen übersehen werden, und neue Regeln finden alte.',
  },
  remedy: {
    en: 'Set up code scanning for the branch, with each push and once a week, and mend runs that end with an error.',
    de: 'Richten Sie die Codeanalyse für den Zweig ein, bei jedem Push und einmal wöchentlich, und beheben Sie Läufe, die mit Fehler enden.',
  },
  severity: 'medium',
  serves: [
    { measure: 'code-scanning', as: 'proves' },
    { measure: 'input-validation', as: 'supports' },
  ],
  params,
  reads: ['analyses'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.28', 'ISO/IEC 27001:2022 A.8.29', 'BSI IT-Grundschutz CON.8'],
  sources: ['https://docs.github.com/en/rest/code-scanning/code-scanning'],
  pitfalls: [
    'GitHub answers 403 where code scanning is off, 404 where nothing was ever analysed and where the token may not see it. The words tell them apart.',
    'An analysis that ended with an error has analysed nothing and does not count.',
    'That an analysis ran is seen here, not what it found.',
  ],
  messages: {
    off: {
      en: 'Code scanning is off, or has never analysed the repository.',
      de: 'Die Codeanalyse ist aus oder hat das Repository nie untersucht.',
    },
    never: { en: '{branch} was never analysed without an error.', de: '{branch} wurde nie fehlerfrei untersucht.' },
    old: {
      en: '{tool} last analysed {branch} {days} days ago; at most {most} are allowed.',
      de: '{tool} untersuchte {branch} zuletzt vor {days} Tagen; erlaubt sind höchstens {most}.',
    },
    fresh: { en: '{tool} analysed {branch} {days} days ago.', de: '{tool} untersuchte {branch} vor {days} Tagen.' },
  },
  judge({ analyses }, { maxDays: most }, now) {
    return analyses.map(({ repository, branch, on, newest }, index) => {
      if (!on) return fail(repository, `analyses.${index}.on`, 'off')
      if (newest === null) return fail(repository, `analyses.${index}.newest`, 'never', { branch })
      const days = Math.max(0, -daysUntil(newest.at, now) - 1)
      const says = { branch, tool: newest.tool, days, most }
      return (days > most ? fail : pass)(repository, `analyses.${index}.newest.at`, days > most ? 'old' : 'fresh', says)
    })
  },
} satisfies Check<GithubFacts, 'analyses', typeof params>
