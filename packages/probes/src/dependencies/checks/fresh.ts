import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { DependenciesFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(0).default(180), {
    label: { en: 'Longest time behind', de: 'Längster Rückstand' },
    unit: 'days',
  }),
  maxReportDays: field(z.int().min(1).default(14), {
    label: { en: 'Oldest report', de: 'Ältester Bericht' },
    unit: 'days',
  }),
})

export const depsFresh = {
  id: 'deps.fresh',
  version: 1,
  connector: 'dependencies',
  title: {
    en: 'Direct dependencies are kept up to date',
    de: 'Direkte Abhängigkeiten werden aktuell gehalten',
  },
  why: {
    en: 'Who has not updated for a year cannot take a security fix in a day.',
    de: 'Wer ein Jahr lang nicht aktualisiert hat, übernimmt eine Sicherheitskorrektur nicht an einem Tag.',
  },
  remedy: {
    en: 'Run npm update, and let Renovate or Dependabot propose updates by themselves.',
    de: 'npm update ausführen und Aktualisierungen von Renovate oder Dependabot vorschlagen lassen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'dependency-scanning', as: 'supports' },
    { measure: 'patch-management', as: 'supports' },
  ],
  params,
  reads: ['outdated'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'BSI OPS.1.1.3'],
  sources: ['https://docs.npmjs.com/cli/commands/npm-outdated'],
  pitfalls: [
    'npm outdated names versions and no days: the registry is asked when the first newer version within the declared range appeared, so a patch of yesterday does not fail.',
    'A new major version outside the range is told, not failed: it may need work, and the old line may be maintained.',
    'The report carries no date of its own; the time of the file counts.',
    'Only direct dependencies are in the report.',
  ],
  messages: {
    recent: { en: 'The report is {days} days old.', de: 'Der Bericht ist {days} Tage alt.' },
    old: {
      en: 'The report is {days} days old: nobody knows how it is now.',
      de: 'Der Bericht ist {days} Tage alt: Wie es jetzt ist, weiß niemand.',
    },
    late: {
      en: '{name} {current} has been behind {wanted} for {days} days.',
      de: '{name} {current} ist seit {days} Tagen hinter {wanted}.',
    },
    behind: {
      en: '{name} {current}: {wanted} has been out for {days} days.',
      de: '{name} {current}: {wanted} gibt es seit {days} Tagen.',
    },
    major: {
      en: '{name} {current}: {latest} is outside the declared range.',
      de: '{name} {current}: {latest} liegt außerhalb des angegebenen Bereichs.',
    },
    missing: { en: '{name} is declared, but not installed.', de: '{name} ist angegeben, aber nicht installiert.' },
  },
  judge({ outdated: { reportedAt, packages } }, { maxDays, maxReportDays }, now) {
    const days = Math.max(0, daysUntil(now, new Date(reportedAt)))
    return [
      days > maxReportDays
        ? fail('report', 'outdated.reportedAt', 'old', { days })
        : pass('report', 'outdated.reportedAt', 'recent', { days }),
      ...packages.map((one, index) => judgeOne(one, `outdated.packages.${index}`, maxDays, now)),
    ]
  },
} satisfies Check<DependenciesFacts, 'outdated', typeof params>

function judgeOne(
  { name, current, wanted, latest, behindSince }: DependenciesFacts['outdated']['packages'][number],
  because: string,
  maxDays: number,
  now: Date,
): Verdict {
  const subject = `package ${name}`
  if (current === null) return info(subject, because, 'missing', { name })
  if (behindSince === null) return info(subject, because, 'major', { name, current, latest })
  const days = Math.max(0, daysUntil(now, new Date(behindSince)))
  const isLate = days > maxDays
  return (isLate ? fail : info)(subject, because, isLate ? 'late' : 'behind', { name, current, wanted, days })
}
