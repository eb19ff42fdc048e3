import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const words = z.array(z.string().min(1))
const help = { en: 'Parts of their names', de: 'Teile ihrer Namen' }

const params = z.object({
  maxDays: field(z.int().min(1).max(14).default(7), {
    label: { en: 'Longest time since a scan', de: 'Längste Zeit seit einer Prüfung' },
    unit: 'days',
  }),
  code: field(words.default(['sast', 'semgrep', 'sonar', 'codeql', 'code scan', 'static analysis']), {
    label: { en: 'Steps that analyse code', de: 'Schritte der Codeanalyse' },
    help,
  }),
  dependencies: field(words.default(['dependenc', 'audit', 'snyk', 'trivy', 'osv', 'grype']), {
    label: { en: 'Steps that check dependencies', de: 'Schritte zur Prüfung von Abhängigkeiten' },
    help,
  }),
  secrets: field(words.default(['secret', 'gitleaks', 'trufflehog']), {
    label: { en: 'Steps that look for secrets', de: 'Schritte der Suche nach Geheimnissen' },
    help,
  }),
})

type Run = BitbucketFacts['pipelines']['repositories'][number]['runs'][number]

export const bbPipelineScans = {
  id: 'bb.pipeline-scans',
  version: 1,
  connector: 'bitbucket',
  title: { en: 'Security scans run in the pipeline', de: 'Sicherheitsprüfungen laufen in der Pipeline' },
  why: {
    en: 'A scan that runs with every change finds a weakness while somebody still remembers the change.',
    de: 'Eine Prüfung bei jeder Änderung findet Schwächen, solange die Änderung noch in Erinnerung ist.',
  },
  remedy: {
    en: 'Add steps that analyse code, check dependencies and look for secrets to the pipeline of the main branch, and name them so.',
    de: 'Ergänzen Sie die Pipeline des Hauptzweigs um Schritte für Codeanalyse, Abhängigkeiten und Geheimnisse und benennen Sie sie so.',
  },
  severity: 'medium',
  serves: [
    { measure: 'code-scanning', as: 'proves' },
    { measure: 'dependency-scanning', as: 'supports' },
  ],
  params,
  reads: ['pipelines'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'ISO/IEC 27001:2022 A.8.28', 'OWASP ASVS 4.0.3 14.2.1'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/configure-bitbucket-pipelinesyml/'],
  pitfalls: [
    'Steps are known by their names. One that is named well and does nothing passes: what it did is not seen.',
    'That a step is written in the file says nothing; one that ran on the main branch and succeeded is asked for.',
    'A scan that is set never to fail its step passes whatever it finds.',
    'No longer time can be asked for than the connection looks back.',
  ],
  messages: {
    fresh: {
      en: 'The step {step} succeeded {days} days ago.',
      de: 'Der Schritt {step} war vor {days} Tagen erfolgreich.',
    },
    absent: {
      en: 'No step on the main branch looks like a scan of {kind}.',
      de: 'Kein Schritt auf dem Hauptzweig sieht nach einer Prüfung auf {kind} aus.',
    },
    failed: {
      en: 'The step {step} ran on the main branch and never succeeded.',
      de: 'Der Schritt {step} lief auf dem Hauptzweig und war nie erfolgreich.',
    },
    old: {
      en: 'The step {step} last succeeded {days} days ago; at most {most} are allowed.',
      de: 'Der Schritt {step} war zuletzt vor {days} Tagen erfolgreich; erlaubt sind höchstens {most}.',
    },
  },
  judge({ pipelines }, { maxDays, ...kinds }, now) {
    const wanted = Object.entries(kinds).map(([kind, names]) => ({
      kind,
      words: names.map((name) => name.toLowerCase()),
      maxDays,
      now,
    }))
    return pipelines.repositories.flatMap(({ repository, runs }, index) => {
      const because = [`pipelines.repositories.${index}.runs`]
      return wanted.map((one) => judgeKind(`${repository} ${one.kind}`, because, runs, one))
    })
  },
} satisfies Check<BitbucketFacts, 'pipelines', typeof params>

function judgeKind(
  subject: string,
  because: readonly string[],
  runs: readonly Run[],
  { kind, words, maxDays, now }: { kind: string; words: readonly string[]; maxDays: number; now: Date },
): Verdict {
  const steps: { at: string; ms: number; name: string; succeeded: boolean }[] = []
  for (const { main, at, steps: all } of runs) {
    if (!main) continue
    for (const { name, succeeded } of all)
      if (holdsOne(name.toLowerCase(), words)) steps.push({ at, ms: Date.parse(at), name, succeeded })
  }
  steps.sort((a, b) => b.ms - a.ms)
  if (steps.length === 0) return fail(subject, because, 'absent', { kind })
  const last = steps.find(({ succeeded }) => succeeded)
  if (last === undefined) return fail(subject, because, 'failed', { step: steps[0]?.name ?? kind })
  const days = Math.max(0, -daysUntil(last.at, now) - 1)
  const says = { step: last.name, days, most: maxDays }
  return days > maxDays ? fail(subject, because, 'old', says) : pass(subject, because, 'fresh', says)
}

/** Both in lower case already. */
const holdsOne = (name: string, words: readonly string[]): boolean => words.some((word) => name.includes(word))
