import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { subjectsOf } from '../facts.ts'
import type { VersionsFacts } from '../facts.ts'

export const verDetected = {
  id: 'ver.detected',
  version: 1,
  connector: 'versions',
  title: { en: 'The version of every component is observed', de: 'Die Version jeder Komponente wird festgestellt' },
  why: {
    en: 'What nobody knows of, nobody updates.',
    de: 'Was niemand kennt, aktualisiert niemand.',
  },
  remedy: {
    en: 'Let the version be read from the running system instead of writing it down, and take components out of the list that are gone.',
    de: 'Die Version vom laufenden System lesen lassen statt sie aufzuschreiben, und nicht mehr vorhandene Komponenten aus der Liste nehmen.',
  },
  severity: 'low',
  serves: [{ measure: 'asset-version-inventory', as: 'proves' }],
  params: noParams,
  reads: ['components'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.9'],
  sources: ['https://endoflife.date'],
  pitfalls: ['A version that somebody typed is told, not passed: it was not observed.'],
  messages: {
    observed: { en: '{product} {version} was observed.', de: '{product} {version} wurde festgestellt.' },
    written: {
      en: '{product} {version} is declared, not observed.',
      de: '{product} {version} ist angegeben, nicht festgestellt.',
    },
    missing: {
      en: '{product} is declared and was not found.',
      de: '{product} ist angegeben und wurde nicht gefunden.',
    },
  },
  judge({ components }) {
    const subjectOf = subjectsOf(components)
    return components.map((component, index) => {
      const { product, version, observed } = component
      const subject = subjectOf(component)
      const because = `components.${index}`
      if (version === null) return fail(subject, because, 'missing', { product })
      return (observed ? pass : info)(subject, because, observed ? 'observed' : 'written', { product, version })
    })
  },
} satisfies Check<VersionsFacts, 'components', typeof noParams>
