import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { Control, OcsfFacts } from '../facts.ts'

const levels = ['low', 'medium', 'high', 'critical'] as const
const params = z.object({
  from: field(z.enum(levels).default('medium'), {
    label: { en: 'Least severity that fails', de: 'Geringster Schweregrad, der durchfällt' },
  }),
  maxDays: field(z.int().min(1).default(7), {
    label: { en: 'Oldest results', de: 'Älteste Ergebnisse' },
    unit: 'days',
  }),
})

export const ocsfFindings = {
  id: 'ocsf.findings',
  version: 1,
  connector: 'ocsf',
  title: {
    en: 'No control of an external tool has failed',
    de: 'Keine Kontrolle eines externen Werkzeugs ist fehlgeschlagen',
  },
  why: {
    en: 'What another tool found and nobody reads is as good as not found.',
    de: 'Was ein anderes Werkzeug fand und niemand liest, ist so gut wie nicht gefunden.',
  },
  remedy: {
    en: "Follow the tool's remedy for the control, or suppress the result there with a reason.",
    de: 'Der Abhilfe des Werkzeugs zur Kontrolle folgen oder das Ergebnis dort mit Begründung unterdrücken.',
  },
  severity: 'medium',
  serves: [{ measure: 'system-hardening', as: 'supports' }],
  params,
  reads: ['report', 'controls'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.9', 'BSI OPS.1.1.3'],
  sources: ['https://schema.ocsf.io/classes/compliance_finding', 'https://docs.prowler.com'],
  pitfalls: [
    'A warning (status 2) and a manual control have no result: told, never passed.',
    'Suppressed results do not count; their number is told.',
    'A file that stops in the middle, or holds a result in another form, is not judged in part.',
    'Prowler writes its results as Detection Findings and its time in seconds; the standard knows Compliance Findings and milliseconds. Both are read.',
    'A tool that lacks rights reports fewer results, not worse ones: name it in the guide of the tool, not here.',
  ],
  messages: {
    recent: {
      en: '{producer}: {results} results, {days} days old.',
      de: '{producer}: {results} Ergebnisse, {days} Tage alt.',
    },
    old: { en: '{producer}: the results are {days} days old.', de: '{producer}: Die Ergebnisse sind {days} Tage alt.' },
    passed: { en: '{control}: all {pass} results passed.', de: '{control}: alle {pass} Ergebnisse bestanden.' },
    failed: {
      en: '{control} ({severity}): {fail} of {all} results failed.',
      de: '{control} ({severity}): {fail} von {all} Ergebnissen fehlgeschlagen.',
    },
    minor: {
      en: '{control} ({severity}): {fail} of {all} results failed; that is below what fails.',
      de: '{control} ({severity}): {fail} von {all} Ergebnissen fehlgeschlagen; das liegt unter der Grenze.',
    },
    unknown: {
      en: '{control}: {unknown} results say neither yes nor no.',
      de: '{control}: {unknown} Ergebnisse sagen weder Ja noch Nein.',
    },
    suppressed: {
      en: '{control}: {suppressed} results are suppressed in the tool.',
      de: '{control}: {suppressed} Ergebnisse sind im Werkzeug unterdrückt.',
    },
  },
  judge({ report, controls }, { from, maxDays }, now) {
    if (report.results === 0) return []
    const days = Math.max(0, daysUntil(now, new Date(report.at)))
    const says = { producer: report.producer, results: report.results, days }
    return [
      days > maxDays ? fail('report', 'report.at', 'old', says) : pass('report', 'report.at', 'recent', says),
      ...controls.map((control, index) => judgeControl(control, `controls.${index}`, from)),
    ]
  },
} satisfies Check<OcsfFacts, 'report' | 'controls', typeof params>

function judgeControl(one: Control, because: string, from: (typeof levels)[number]): Verdict {
  const { control, severity, pass: passed, fail: failed, unknown, suppressed } = one
  const subject = `control ${control}`
  const says = { control, severity, pass: passed, fail: failed, unknown, suppressed, all: passed + failed + unknown }
  if (failed > 0) {
    const isMinor =
      severity === 'informational' || levels.some((level, at) => level === severity && at < levels.indexOf(from))
    return isMinor ? info(subject, because, 'minor', says) : fail(subject, because, 'failed', says)
  }
  if (unknown > 0) return info(subject, because, 'unknown', says)
  return passed > 0 ? pass(subject, because, 'passed', says) : info(subject, because, 'suppressed', says)
}
