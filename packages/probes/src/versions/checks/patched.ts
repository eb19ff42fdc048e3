import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { subjectsOf } from '../facts.ts'
import type { VersionsFacts } from '../facts.ts'
import { lagOf } from '../support.ts'

const params = z.object({
  graceDays: field(z.int().min(0).default(30), {
    label: { en: 'Time for an update', de: 'Zeit für eine Aktualisierung' },
    unit: 'days',
  }),
})

export const verPatched = {
  id: 'ver.patched',
  version: 1,
  connector: 'versions',
  title: {
    en: 'Every component runs the newest patch of its line',
    de: 'Jede Komponente läuft mit dem neuesten Patch ihrer Linie',
  },
  why: {
    en: 'A patch that is out tells everybody where the weakness was.',
    de: 'Ein veröffentlichter Patch zeigt allen, wo die Schwachstelle war.',
  },
  remedy: {
    en: 'Install the newest patch of the same line, and let updates run by themselves.',
    de: 'Den neuesten Patch derselben Linie einspielen und Aktualisierungen automatisch laufen lassen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'patch-management', as: 'proves' },
    { measure: 'asset-version-inventory', as: 'supports' },
  ],
  params,
  reads: ['components', 'data'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'BSI OPS.1.1.3'],
  sources: ['https://endoflife.date'],
  pitfalls: [
    'A version with fewer parts than the newest (Debian 12 against 12.14) says nothing about the patch and is only told.',
    'The newest patch is the one that the data knows; its date stands in every verdict. Newer data can be loaded.',
    'Packages of a distribution carry patches without a new version of the makers: told, not failed; see host.updates.',
  ],
  messages: {
    newest: {
      en: '{product} {version} is the newest of its line (data of {date}).',
      de: '{product} {version} ist das neueste der Linie (Stand {date}).',
    },
    recent: {
      en: '{product} {version}: {latest} came out {days} days ago.',
      de: '{product} {version}: {latest} erschien vor {days} Tagen.',
    },
    behind: {
      en: '{product} {version}: {latest} has been out for {days} days.',
      de: '{product} {version}: {latest} gibt es seit {days} Tagen.',
    },
    distribution: {
      en: '{product} {version}: patched by the distribution.',
      de: '{product} {version}: wird von der Distribution gepflegt.',
    },
    unknown: {
      en: '{product} {version}: the newest patch is not known.',
      de: '{product} {version}: Der neueste Patch ist nicht bekannt.',
    },
    coarse: {
      en: '{product} {version}: too coarse to compare with {latest}.',
      de: '{product} {version}: zu grob für einen Vergleich mit {latest}.',
    },
  },
  judge({ components, data }, { graceDays }, now) {
    const subjectOf = subjectsOf(components)
    return components.flatMap((component, index) => {
      const { product, version, origin, lifecycle } = component
      const subject = subjectOf(component)
      if (version === null) return []
      const because = [`components.${index}`, 'data.date']
      const says = { product, version, date: data.date }
      if (origin === 'distribution') return [info(subject, because, 'distribution', says)]
      if (lifecycle === null || lifecycle.latest === null) return [info(subject, because, 'unknown', says)]
      const { latest } = lifecycle
      if (version.split('.').length < latest.split('.').length && latest.startsWith(`${version}.`))
        return [info(subject, because, 'coarse', { ...says, latest })]
      const lag = lagOf(version, lifecycle, now)
      if (!lag.behind) return [pass(subject, because, 'newest', says)]
      const isLate = lag.days === null || lag.days > graceDays
      return [
        (isLate ? fail : info)(subject, because, isLate ? 'behind' : 'recent', {
          ...says,
          latest,
          days: lag.days ?? '?',
        }),
      ]
    })
  },
} satisfies Check<VersionsFacts, 'components' | 'data', typeof params>
