import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  accepted: field(z.array(z.string()).default([]), {
    label: { en: 'Rules that may fail', de: 'Regeln, die fehlschlagen dürfen' },
    help: {
      en: 'The failures of the day on which the machine was accepted: any other one is new',
      de: 'Die Fehlschläge des Tages, an dem der Rechner abgenommen wurde: jeder andere ist neu',
    },
  }),
  minScore: field(z.number().min(0).max(100).default(0), {
    label: { en: 'Lowest score', de: 'Niedrigste Punktzahl' },
  }),
  maxDays: field(z.int().min(1).default(35), {
    label: { en: 'Oldest report', de: 'Ältester Bericht' },
    unit: 'days',
  }),
})

export const hostBaseline = {
  id: 'host.baseline',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: {
    en: 'The hardening benchmark shows no new failure',
    de: 'Der Härtungstest zeigt keine neue Abweichung',
  },
  why: {
    en: 'Settings that were hardened once are loosened one by one; a benchmark that is run again shows each of them.',
    de: 'Einmal gehärtete Einstellungen werden nach und nach gelockert; ein wiederholter Härtungstest zeigt jede davon.',
  },
  remedy: {
    en: 'Run lynis audit system every month, mend what it warns of, and declare an exception with a reason for what stays.',
    de: 'Monatlich lynis audit system ausführen, Warnungen beheben und für das, was bleibt, eine Ausnahme mit Grund angeben.',
  },
  severity: 'medium',
  serves: [
    { measure: 'system-hardening', as: 'proves' },
    { measure: 'configuration-monitoring', as: 'supports' },
    { measure: 'mobile-device-management', as: 'supports' },
    { measure: 'device-port-hardening', as: 'supports' },
  ],
  params,
  reads: ['baseline'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['CIS Debian Linux Benchmark', 'BSI SYS.1.1'],
  sources: [
    'https://cisofy.com/documentation/lynis/',
    'https://static.open-scap.org/openscap-1.3/oscap_user_manual.html',
  ],
  pitfalls: [
    'The report that lies on the machine is read; the benchmark is not run. A report that is too old fails.',
    'Of Lynis only warnings count as failures; suggestions are advice.',
    'Each failed rule is a subject of its own, so an exception covers one rule and the next one is still new.',
  ],
  messages: {
    clean: { en: '{profile}: no rule failed.', de: '{profile}: keine Regel ist fehlgeschlagen.' },
    failed: { en: '{rule} failed ({profile}).', de: '{rule} ist fehlgeschlagen ({profile}).' },
    accepted: { en: '{rule} failed, as accepted.', de: '{rule} ist fehlgeschlagen, wie angenommen.' },
    score: { en: 'Score {score} of 100.', de: 'Punktzahl {score} von 100.' },
    low: { en: 'Score {score}; at least {minimum} is wanted.', de: 'Punktzahl {score}; verlangt sind {minimum}.' },
    fresh: { en: 'Report of {at}.', de: 'Bericht vom {at}.' },
    old: { en: 'The report is {days} days old.', de: 'Der Bericht ist {days} Tage alt.' },
  },
  judge({ baseline: { profile, at, score, failed } }, { accepted, minScore, maxDays }, now) {
    const days = -daysUntil(at, now) - 1
    const verdicts: Verdict[] = failed.map((rule, index) =>
      (accepted.includes(rule) ? info : fail)(
        `rule:${rule}`,
        `baseline.failed.${index}`,
        accepted.includes(rule) ? 'accepted' : 'failed',
        { rule, profile },
      ),
    )
    if (failed.every((rule) => accepted.includes(rule)))
      verdicts.push(pass('rules', 'baseline.failed', 'clean', { profile }))
    if (score !== null)
      verdicts.push(
        score < minScore
          ? fail('score', 'baseline.score', 'low', { score, minimum: minScore })
          : info('score', 'baseline.score', 'score', { score }),
      )
    verdicts.push(
      days > maxDays
        ? fail('report', 'baseline.at', 'old', { days })
        : info('report', 'baseline.at', 'fresh', { at: at.slice(0, 10) }),
    )
    return verdicts
  },
} satisfies Check<HostFacts, 'baseline', typeof params>
