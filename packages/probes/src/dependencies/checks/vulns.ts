import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { DependenciesFacts, Weakness } from '../facts.ts'

const days = z.int().min(0).max(3_650)
const params = z.object({
  criticalDays: field(days.default(7), {
    label: { en: 'Deadline for critical weaknesses', de: 'Frist für kritische Schwachstellen' },
    unit: 'days',
  }),
  highDays: field(days.default(30), {
    label: { en: 'Deadline for high weaknesses', de: 'Frist für hohe Schwachstellen' },
    unit: 'days',
  }),
  vexDays: field(days.default(365), {
    label: { en: 'Statements of the makers (VEX) count for', de: 'Aussagen der Hersteller (VEX) gelten' },
    help: { en: '0: not at all', de: '0: gar nicht' },
    unit: 'days',
  }),
  exceptions: field(z.array(z.object({ id: z.string().min(1), until: z.iso.date() })).default([]), {
    label: { en: 'Exceptions until a day', de: 'Ausnahmen bis zu einem Tag' },
    help: {
      en: 'Id of the weakness, any of its names, and the last day',
      de: 'Kennung der Schwachstelle, gleich unter welchem Namen, und der letzte Tag',
    },
  }),
})

export const depsVulns = {
  id: 'deps.vulns',
  version: 2,
  connector: 'dependencies',
  title: {
    en: 'No serious known weakness of a dependency is past its deadline',
    de: 'Keine schwere bekannte Schwachstelle einer Abhängigkeit ist über der Frist',
  },
  why: {
    en: 'A published weakness comes with instructions: whoever looks for systems that have it finds them within days.',
    de: 'Eine veröffentlichte Schwachstelle ist eine Anleitung: Wer betroffene Systeme sucht, findet sie binnen Tagen.',
  },
  remedy: {
    en: 'Update to a fixed version. Where there is none, replace the package, or declare an exception with a last day.',
    de: 'Auf eine korrigierte Version aktualisieren. Gibt es keine, das Paket ersetzen oder eine befristete Ausnahme eintragen.',
  },
  severity: 'high',
  serves: [
    { measure: 'dependency-scanning', as: 'proves' },
    { measure: 'vulnerability-scanning', as: 'supports' },
  ],
  params,
  reads: ['weaknesses'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'OWASP ASVS 14.2.1', 'OWASP Top 10 A06'],
  sources: [
    'https://osv.dev',
    'https://ossf.github.io/osv-schema/',
    'https://www.first.org/cvss/v3.1/specification-document',
    'https://www.first.org/cvss/v4.0/specification-document',
    'https://cyclonedx.org/capabilities/vex/',
  ],
  pitfalls: [
    'One weakness has several names (GHSA, CVE, PYSEC): records that name each other count once, with the worst rating and the earliest day.',
    'Withdrawn records are left out.',
    'The severity is computed from a CVSS 3 vector, where there is none from one of CVSS 4, and else the word of the database counts. A weakness without any is told, not failed. A malicious package is critical.',
    'The deadline runs from the day of publication, not from the day on which somebody looked.',
    'Whether the weak code is reached is not seen: say so in a VEX statement, or use an exception with a last day, under any of the names.',
    'Of VEX statements only "not affected" with a justification counts, and only if it is said of every version that has the weakness. It is told each time with its reason and day, and ends by its age; one without a justification or a day changes nothing.',
    'Components without a package address cannot be looked up: their number is told, and they are never counted as clean.',
  ],
  messages: {
    clean: {
      en: '{components} components were looked up; nothing serious is past its deadline.',
      de: '{components} Komponenten wurden abgeglichen; nichts Schweres ist über der Frist.',
    },
    late: {
      en: '{id} ({severity}) in {package} {versions} has been public for {days} days; {most} are allowed.',
      de: '{id} ({severity}) in {package} {versions} ist seit {days} Tagen öffentlich; zulässig sind {most}.',
    },
    'in-time': {
      en: '{id} ({severity}) in {package} {versions} has {left} days left.',
      de: '{id} ({severity}) in {package} {versions}: noch {left} Tage Zeit.',
    },
    minor: {
      en: '{id} ({severity}) in {package} {versions} is no matter of deadlines.',
      de: '{id} ({severity}) in {package} {versions} unterliegt keiner Frist.',
    },
    unrated: {
      en: '{id} in {package} {versions} has no severity.',
      de: '{id} in {package} {versions} hat keinen Schweregrad.',
    },
    excepted: {
      en: '{id} in {package} {versions} is excepted until {until}.',
      de: '{id} in {package} {versions} ist bis {until} ausgenommen.',
    },
    'not-affected': {
      en: '{id} ({severity}) in {package} {versions}: not affected by the word of the makers of {at} ({justification}).',
      de: '{id} ({severity}) in {package} {versions}: nicht betroffen laut Aussage der Hersteller vom {at} ({justification}).',
    },
    unnamed: {
      en: '{count} components have no package address and were not looked up.',
      de: '{count} Komponenten haben keine Paketadresse und wurden nicht abgeglichen.',
    },
  },
  judge({ weaknesses: { components, unnamed, found } }, given, now) {
    const verdicts = found.map((weakness, index) => judgeOne(weakness, `weaknesses.found.${index}`, given, now))
    const isClean = components > 0 && verdicts.every(({ state }) => state !== 'fail')
    return [
      ...verdicts,
      ...(isClean ? [pass('components', 'weaknesses.components', 'clean', { components })] : []),
      ...(unnamed > 0 ? [info('unnamed', 'weaknesses.unnamed', 'unnamed', { count: unnamed })] : []),
    ]
  },
} satisfies Check<DependenciesFacts, 'weaknesses', typeof params>

function judgeOne(weakness: Weakness, because: string, given: z.output<typeof params>, now: Date): Verdict {
  const { id, aliases, severity, published } = weakness
  const subject = `${id} ${weakness.package}`
  const says = {
    id,
    severity: severity ?? '',
    package: weakness.package,
    versions: weakness.versions.slice(0, 5).join(', '),
  }
  const exception = given.exceptions
    .filter((one) => one.id === id || aliases.includes(one.id))
    .map(({ until }) => until)
    .toSorted()
    .at(-1)
  if (exception !== undefined && now.toISOString().slice(0, 10) <= exception)
    return info(subject, because, 'excepted', { ...says, until: exception })
  const stated = weakness.vex?.state === 'not_affected' ? weakness.vex : null
  if (stated?.justification && stated.at !== null && daysUntil(now, new Date(stated.at)) < given.vexDays)
    return info(subject, `${because}.vex`, 'not-affected', {
      ...says,
      at: stated.at.slice(0, 10),
      justification: stated.justification,
    })
  if (severity === null) return info(subject, because, 'unrated', says)
  if (severity !== 'critical' && severity !== 'high') return info(subject, because, 'minor', says)
  const most = severity === 'critical' ? given.criticalDays : given.highDays
  const age = daysUntil(now, new Date(published))
  return age > most
    ? fail(subject, because, 'late', { ...says, days: age, most })
    : info(subject, because, 'in-time', { ...says, left: most - age })
}
