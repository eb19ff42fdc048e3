import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { Finding, Run, SarifFacts } from '../facts.ts'

const days = z.int().min(0).max(3_650)
const params = z.object({
  criticalDays: field(days.default(7), {
    label: { en: 'Deadline for critical findings', de: 'Frist für kritische Funde' },
    help: { en: 'Score of 9 or more', de: 'Wert ab 9' },
    unit: 'days',
  }),
  errorDays: field(days.default(30), {
    label: { en: 'Deadline for errors', de: 'Frist für Fehler' },
    unit: 'days',
  }),
  maxRunDays: field(z.int().min(1).default(30), {
    label: { en: 'Oldest analysis', de: 'Älteste Analyse' },
    unit: 'days',
  }),
})

export const sdlcSast = {
  id: 'sdlc.sast',
  version: 1,
  connector: 'sarif',
  title: {
    en: 'Serious findings in code are closed in time',
    de: 'Schwere Funde im Code werden fristgerecht geschlossen',
  },
  why: {
    en: 'An analysis whose findings stay open finds for the attacker.',
    de: 'Eine Analyse, deren Funde offen bleiben, findet für den Angreifer.',
  },
  remedy: {
    en: 'Mend what was found, or suppress it in the tool with a reason. Let the analysis run on each change.',
    de: 'Den Fund beheben oder im Werkzeug mit Begründung unterdrücken. Die Analyse bei jeder Änderung laufen lassen.',
  },
  severity: 'high',
  serves: [
    { measure: 'code-scanning', as: 'proves' },
    { measure: 'secure-development', as: 'supports' },
    { measure: 'input-validation', as: 'supports' },
  ],
  params,
  reads: ['runs', 'findings'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.28', 'BSI CON.8', 'CWE'],
  sources: ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html', 'https://cwe.mitre.org'],
  pitfalls: [
    'A log without a list of results is no analysis; an empty list is one.',
    'A tool that says of itself that it did not come to an end has proven nothing, even without a finding.',
    'The level of a finding may stand in the rule only. Services count a score (security-severity); where there is one it decides.',
    'A finding that does not say since when it is known fails: nobody can show that it is within its deadline. New ones of a compared run are told.',
    'Suppressed findings do not count, unless the suppression is still under review or was refused.',
    'Findings of one rule in one file are one subject: lines move with every change.',
  ],
  messages: {
    ran: {
      en: '{tool} ran {days} days ago: {minor} minor findings, {suppressed} suppressed.',
      de: '{tool} lief vor {days} Tagen: {minor} leichte Funde, {suppressed} unterdrückt.',
    },
    old: { en: '{tool} ran {days} days ago.', de: '{tool} lief vor {days} Tagen.' },
    broken: { en: '{tool} did not come to an end.', de: '{tool} kam nicht zum Ende.' },
    'not-scanned': {
      en: 'The log of {tool} holds no results.',
      de: 'Der Bericht von {tool} enthält keine Ergebnisse.',
    },
    late: {
      en: '{rule} in {path}: open for {days} days; {most} are allowed.',
      de: '{rule} in {path}: seit {days} Tagen offen; zulässig sind {most}.',
    },
    undated: {
      en: '{rule} in {path} is open, and the log does not say since when.',
      de: '{rule} in {path} ist offen, und der Bericht sagt nicht, seit wann.',
    },
    'in-time': {
      en: '{rule} in {path} has {left} days left.',
      de: '{rule} in {path}: noch {left} Tage Zeit.',
    },
    new: {
      en: '{rule} in {path} was not there in the run before.',
      de: '{rule} in {path} war im Lauf davor nicht da.',
    },
  },
  judge({ runs, findings }, given, now) {
    const placed = runs.map((run, index) => ({ ...run, because: `runs.${index}` }))
    return [
      ...[...Map.groupBy(placed, ({ tool }) => tool)].map(([tool, own]) => judgeTool(tool, own, given.maxRunDays, now)),
      ...findings.map((finding, index) => judgeFinding(finding, `findings.${index}`, given, now)),
    ]
  },
} satisfies Check<SarifFacts, 'runs' | 'findings', typeof params>

/** Runs of one tool are parts of one analysis: the worst of them speaks. */
function judgeTool(
  tool: string,
  own: readonly (Run & { readonly because: string })[],
  maxRunDays: number,
  now: Date,
): Verdict {
  const because = own.map((run) => run.because)
  const days = own.reduce((most, { at }) => Math.max(most, daysUntil(now, new Date(at))), 0)
  const sum = (count: (run: Run) => number) => own.reduce((all, run) => all + count(run), 0)
  const subject = `tool ${tool}`
  if (own.some(({ succeeded }) => !succeeded)) return fail(subject, because, 'broken', { tool })
  if (own.some(({ hasResults }) => !hasResults)) return fail(subject, because, 'not-scanned', { tool })
  if (days > maxRunDays) return fail(subject, because, 'old', { tool, days })
  return pass(subject, because, 'ran', {
    tool,
    days,
    minor: sum(({ minor }) => minor),
    suppressed: sum(({ suppressed }) => suppressed),
  })
}

function judgeFinding(
  { tool, rule, path, cwe, score, since, isNew }: Finding,
  because: string,
  { criticalDays, errorDays }: z.output<typeof params>,
  now: Date,
): Verdict {
  const subject = `${tool} ${rule} ${path}`
  const says = { rule: [rule, ...cwe].join(' '), path }
  if (since === null) return isNew ? info(subject, because, 'new', says) : fail(subject, because, 'undated', says)
  const most = score !== null && score >= 9 ? criticalDays : errorDays
  const open = Math.max(0, daysUntil(now, new Date(since)))
  return open > most
    ? fail(subject, because, 'late', { ...says, days: open, most })
    : info(subject, because, 'in-time', { ...says, left: most - open })
}
