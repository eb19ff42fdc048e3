import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { supportOf } from '../../versions/support.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfRuntimeSupported = {
  id: 'self.runtime-supported',
  version: 1,
  connector: 'self',
  title: {
    en: 'The runtime of the installation is supported',
    de: 'Die Laufzeitumgebung der Installation wird gepflegt',
  },
  why: {
    en: 'The runtime is the part that faces the network.',
    de: 'Die Laufzeitumgebung ist der Teil, der dem Netz zugewandt ist.',
  },
  remedy: {
    en: 'Update art32: each release brings its runtime along.',
    de: 'art32 aktualisieren: Jede Auslieferung bringt ihre Laufzeitumgebung mit.',
  },
  severity: 'high',
  serves: [{ measure: 'patch-management', as: 'supports' }],
  params: noParams,
  reads: ['runtime'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.8'],
  sources: ['https://endoflife.date/nodejs'],
  pitfalls: ['A runtime that the support data does not know is told, not passed.'],
  messages: {
    supported: {
      en: '{product} {version} is supported until {until}.',
      de: '{product} {version} wird bis {until} gepflegt.',
    },
    ended: { en: '{product} {version} is no longer supported.', de: '{product} {version} wird nicht mehr gepflegt.' },
    unknown: {
      en: '{product} {version}: support period not known.',
      de: '{product} {version}: Supportzeitraum nicht bekannt.',
    },
  },
  judge({ runtime: { product, version, lifecycle } }, _params, now) {
    if (lifecycle === null) return [info('runtime', 'runtime.version', 'unknown', { product, version })]
    const support = supportOf(lifecycle, now)
    if (support.state === 'ended') return [fail('runtime', 'runtime.lifecycle', 'ended', { product, version })]
    return [pass('runtime', 'runtime.lifecycle', 'supported', { product, version, until: support.until ?? '–' })]
  },
} satisfies Check<SeenSelfFacts, 'runtime', typeof noParams>
