import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { GitFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(1).default(365), {
    label: { en: 'Oldest bill of materials', de: 'Älteste Stückliste' },
    unit: 'days',
  }),
})

export const depsSbom = {
  id: 'deps.sbom',
  version: 1,
  connector: 'git',
  title: { en: 'There is a bill of materials', de: 'Es gibt eine Stückliste der Software (SBOM)' },
  why: {
    en: 'When the next weakness is published, the first question is whether you have it.',
    de: 'Bei der nächsten veröffentlichten Schwachstelle ist die erste Frage, ob Sie betroffen sind.',
  },
  remedy: {
    en: 'Let the build write a CycloneDX or SPDX file and keep it with the release.',
    de: 'Den Build eine CycloneDX- oder SPDX-Datei schreiben lassen und mit der Version aufbewahren.',
  },
  severity: 'low',
  serves: [
    { measure: 'dependency-scanning', as: 'proves' },
    { measure: 'asset-version-inventory', as: 'supports' },
  ],
  params,
  reads: ['sboms'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.9', 'ISO/IEC 27001:2022 A.8.8'],
  sources: ['https://cyclonedx.org', 'https://spdx.dev'],
  pitfalls: [
    'Only files in the repository are seen, not those attached to a release.',
    'A file that is no CycloneDX or SPDX document, or lists nothing, fails.',
  ],
  messages: {
    listed: { en: '{path} lists {components} components.', de: '{path} führt {components} Komponenten auf.' },
    empty: { en: '{path} lists nothing.', de: '{path} führt nichts auf.' },
    unreadable: { en: '{path} is neither CycloneDX nor SPDX.', de: '{path} ist weder CycloneDX noch SPDX.' },
    old: { en: '{path} was made {days} days ago.', de: '{path} wurde vor {days} Tagen erstellt.' },
  },
  judge({ sboms }, { maxDays }, now) {
    return sboms.map(({ path, format, components, at }, index) => {
      const because = `sboms.${index}`
      if (format === 'unreadable') return fail(path, because, 'unreadable', { path })
      if (components === 0) return fail(path, because, 'empty', { path })
      const days = at === null || Number.isNaN(Date.parse(at)) ? 0 : -daysUntil(at, now) - 1
      return days > maxDays
        ? fail(path, because, 'old', { path, days })
        : pass(path, because, 'listed', { path, components })
    })
  },
} satisfies Check<GitFacts, 'sboms', typeof params>
