import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { subjectsOf } from '../facts.ts'
import type { VersionsFacts } from '../facts.ts'
import { supportOf } from '../support.ts'

const params = z.object({
  noticeDays: field(z.int().min(0).default(90), {
    label: { en: 'Notice before the end', de: 'Hinweis vor dem Ende' },
    unit: 'days',
  }),
})

export const verNotEol = {
  id: 'ver.not-eol',
  version: 1,
  connector: 'versions',
  also: ['computer'],
  title: { en: 'Every component is still supported', de: 'Jede Komponente wird noch gepflegt' },
  why: {
    en: 'After its end of life a component gets no fixes, and its weaknesses stay known and open.',
    de: 'Nach dem Ende der Pflege gibt es keine Korrekturen mehr; bekannte Schwachstellen bleiben offen.',
  },
  remedy: {
    en: 'Move to a supported version before the end, or buy extended support and declare it as an exception.',
    de: 'Vor dem Ende auf eine gepflegte Version wechseln oder verlängerte Pflege kaufen und als Ausnahme angeben.',
  },
  severity: 'high',
  serves: [
    { measure: 'patch-management', as: 'proves' },
    { measure: 'vulnerability-scanning', as: 'supports' },
    { measure: 'asset-version-inventory', as: 'supports' },
  ],
  params,
  reads: ['components', 'data'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'BSI OPS.1.1.3'],
  sources: ['https://endoflife.date'],
  pitfalls: [
    'Packages of a distribution are patched by the distribution: nginx 1.22 of Debian is past the end set by its makers and still mended. Such components are told, not failed; the distribution itself is judged.',
    'The end may be a day, "not announced" (passes) or "over" without a day (fails).',
    'A product or version that the data does not know is told, never passed. The date of the data stands in every verdict.',
  ],
  messages: {
    supported: {
      en: '{product} {version}: supported until {until} (data of {date}).',
      de: '{product} {version}: gepflegt bis {until} (Stand {date}).',
    },
    open: {
      en: '{product} {version}: supported, no end announced (data of {date}).',
      de: '{product} {version}: gepflegt, kein Ende angekündigt (Stand {date}).',
    },
    soon: { en: '{product} {version}: support ends on {until}.', de: '{product} {version}: Pflege endet am {until}.' },
    ended: {
      en: '{product} {version}: support ended on {until}.',
      de: '{product} {version}: Pflege endete am {until}.',
    },
    over: { en: '{product} {version}: support has ended.', de: '{product} {version}: Pflege ist beendet.' },
    distribution: {
      en: '{product} {version}: patched by the distribution.',
      de: '{product} {version}: wird von der Distribution gepflegt.',
    },
    unknown: {
      en: '{product} {version}: support period not known.',
      de: '{product} {version}: Supportzeitraum nicht bekannt.',
    },
  },
  judge({ components, data }, { noticeDays }, now) {
    const subjectOf = subjectsOf(components)
    return components.flatMap((component, index) => {
      const { product, version, origin, lifecycle } = component
      const subject = subjectOf(component)
      if (version === null) return []
      const says = { product, version, date: data.date }
      const because = [`components.${index}`, 'data.date']
      if (origin === 'distribution') return [info(subject, because, 'distribution', says)]
      if (lifecycle === null) return [info(subject, because, 'unknown', says)]
      const support = supportOf(lifecycle, now)
      if (support.state === 'ended')
        return [
          fail(subject, because, support.since === null ? 'over' : 'ended', { ...says, until: support.since ?? '' }),
        ]
      if (support.until === null) return [pass(subject, because, 'open', says)]
      const isSoon = support.days < noticeDays
      return [
        (isSoon ? info : pass)(subject, because, isSoon ? 'soon' : 'supported', { ...says, until: support.until }),
      ]
    })
  },
} satisfies Check<VersionsFacts, 'components' | 'data', typeof params>
