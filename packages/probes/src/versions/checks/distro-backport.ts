import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { subjectsOf } from '../facts.ts'
import type { VersionsFacts } from '../facts.ts'
import { supportOf } from '../support.ts'

export const verDistroBackport = {
  id: 'ver.distro-backport',
  version: 1,
  connector: 'versions',
  title: {
    en: 'Packages of a distribution come from one that is still supported',
    de: 'Pakete einer Distribution stammen aus einer noch gepflegten',
  },
  why: {
    en: 'Old versions in a supported distribution are mended; in one past its end nobody mends them.',
    de: 'Alte Versionen in einer gepflegten Distribution werden repariert, in einer abgelaufenen von niemandem.',
  },
  remedy: {
    en: 'Upgrade the distribution before its end of life.',
    de: 'Die Distribution vor dem Ende ihrer Pflege aktualisieren.',
  },
  severity: 'high',
  serves: [
    { measure: 'patch-management', as: 'supports' },
    { measure: 'asset-version-inventory', as: 'supports' },
  ],
  params: noParams,
  reads: ['components'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8'],
  sources: ['https://endoflife.date', 'https://www.debian.org/security/faq#oldversion'],
  pitfalls: [
    'Judged is the distribution, never the version number of the package.',
    'Extended support of a distribution (LTS, ESM) may run longer than the date used here: declare it as an exception with its end.',
  ],
  messages: {
    kept: {
      en: '{product} {version} is patched by {distribution}.',
      de: '{product} {version} wird von {distribution} gepflegt.',
    },
    orphaned: {
      en: '{product} {version} comes from {distribution}, which is past its end.',
      de: '{product} {version} stammt aus {distribution}, deren Pflege beendet ist.',
    },
  },
  judge({ components }, _params, now) {
    const systems = components.flatMap((one, index) => (distributions.includes(one.product) ? [{ ...one, index }] : []))
    const [system] = systems
    if (system === undefined || system.lifecycle === null) return []
    const ended = supportOf(system.lifecycle, now).state === 'ended'
    const distribution = `${system.product} ${system.version ?? ''}`.trim()
    const subjectOf = subjectsOf(components)
    return components.flatMap((component, index) => {
      const { product, version, origin } = component
      const subject = subjectOf(component)
      if (origin !== 'distribution' || version === null) return []
      const because = [`components.${index}`, `components.${system.index}.lifecycle`]
      return [(ended ? fail : pass)(subject, because, ended ? 'orphaned' : 'kept', { product, version, distribution })]
    })
  },
} satisfies Check<VersionsFacts, 'components', typeof noParams>

/** Ids of endoflife.date that are systems with packages of their own. */
const distributions = [
  'debian',
  'ubuntu',
  'rhel',
  'almalinux',
  'rocky-linux',
  'alpine-linux',
  'amazon-linux',
  'opensuse',
  'sles',
  'fedora',
  'centos-stream',
]
