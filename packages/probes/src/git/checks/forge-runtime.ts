import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { supportOf } from '../../versions/support.ts'
import type { GitFacts } from '../facts.ts'

export const forgeRuntimeSupported = {
  id: 'forge.runtime-supported',
  version: 1,
  connector: 'git',
  title: { en: 'The runtime of the Forge app is supported', de: 'Die Laufzeitumgebung der Forge-App wird gepflegt' },
  why: { en: 'An old runtime gets no fixes.', de: 'Eine alte Laufzeitumgebung erhält keine Korrekturen.' },
  remedy: {
    en: 'Set app.runtime.name in the manifest to a supported Node.js and deploy.',
    de: 'app.runtime.name im Manifest auf ein gepflegtes Node.js setzen und ausliefern.',
  },
  severity: 'medium',
  serves: [
    { measure: 'secure-development', as: 'supports' },
    { measure: 'patch-management', as: 'supports' },
  ],
  params: noParams,
  reads: ['forge'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8'],
  sources: [
    'https://developer.atlassian.com/platform/forge/manifest-reference/app/#runtime',
    'https://endoflife.date/nodejs',
  ],
  pitfalls: ['A manifest without runtime uses the legacy sandbox, which is retired: it fails.'],
  messages: {
    supported: { en: '{runtime} is supported.', de: '{runtime} wird gepflegt.' },
    ended: { en: '{runtime} is no longer supported.', de: '{runtime} wird nicht mehr gepflegt.' },
    legacy: { en: 'The app names no runtime.', de: 'Die App nennt keine Laufzeitumgebung.' },
    unknown: { en: '{runtime}: support period not known.', de: '{runtime}: Supportzeitraum nicht bekannt.' },
  },
  judge({ forge: { present, runtime, lifecycle } }, _params, now) {
    if (!present) return []
    if (runtime === null || runtime === 'sandbox') return [fail('runtime', 'forge.runtime', 'legacy')]
    if (lifecycle === null) return [info('runtime', 'forge.runtime', 'unknown', { runtime })]
    const ended = supportOf({ ...lifecycle, latest: null, latestDate: null }, now).state === 'ended'
    return [(ended ? fail : pass)('runtime', 'forge.lifecycle', ended ? 'ended' : 'supported', { runtime })]
  },
} satisfies Check<GitFacts, 'forge', typeof noParams>
