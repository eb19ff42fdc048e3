import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { ForgeFacts } from '../facts.ts'

type Drift = Pick<ForgeFacts, 'deployed' | 'manifest'>

export const forgeManifestDrift = {
  id: 'forge.manifest-drift',
  version: 1,
  connector: 'forge',
  title: {
    en: 'The deployed Forge app is the one that was reviewed',
    de: 'Die ausgelieferte Forge-App ist die geprüfte',
  },
  why: {
    en: 'A deployment from a laptop can hold more permissions than anybody has seen in a review.',
    de: 'Eine Auslieferung vom Laptop kann mehr Berechtigungen enthalten, als in einer Prüfung zu sehen waren.',
  },
  remedy: {
    en: 'Deploy the reviewed state again, from the pipeline and from the tag of the release; or review what is deployed and set a tag on it.',
    de: 'Den geprüften Stand erneut ausliefern, aus der Pipeline und von der Versionsmarkierung; oder den ausgelieferten Stand prüfen und markieren.',
  },
  severity: 'high',
  serves: [
    { measure: 'change-management', as: 'supports' },
    { measure: 'configuration-monitoring', as: 'proves' },
  ],
  params: noParams,
  reads: ['deployed', 'manifest'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.9', 'ISO/IEC 27001:2022 A.8.32'],
  sources: ['https://developer.atlassian.com/platform/forge/manifest-reference/permissions/'],
  pitfalls: [
    'Compared are permissions, addresses, sources of scripts and styles, and modules. The code itself cannot be read back from Forge.',
    'The tag is the newest one from before the deployment, or up to an hour after it, unless a tag is named.',
    'An address with a variable is matched by what stands before and after the variable; this is told, so that a person looks at it.',
    'Addresses to which people go by themselves, and modules that the platform adds, are left out.',
  ],
  messages: {
    same: { en: '{part}: as at {tag}.', de: '{part}: wie bei {tag}.' },
    more: {
      en: '{part}: {item} is deployed, and is not in the manifest at {tag}.',
      de: '{part}: {item} ist ausgeliefert und steht nicht im Manifest bei {tag}.',
    },
    less: {
      en: '{part}: {item} is in the manifest at {tag}, and is not deployed.',
      de: '{part}: {item} steht im Manifest bei {tag} und ist nicht ausgeliefert.',
    },
    people: {
      en: 'egress: {item} gets end-user data, and the manifest at {tag} does not say so.',
      de: 'egress: {item} erhält Daten von Endnutzern; das Manifest bei {tag} sagt das nicht.',
    },
    variable: {
      en: 'egress: {item} is filled in when it is deployed.',
      de: 'egress: {item} wird bei der Auslieferung ausgefüllt.',
    },
  },
  judge({ deployed, manifest }) {
    const addresses = (list: Drift['manifest']['egress']) => list.map(({ address }) => plain(address))
    const modules = (list: Drift['manifest']['modules']) => list.map(({ type, key }) => `${type} ${key}`)
    const parts = [
      compare('scopes', manifest.tag, deployed.scopes, manifest.scopes),
      [
        ...compare('egress', manifest.tag, addresses(deployed.egress), addresses(manifest.egress)),
        ...people(deployed, manifest),
      ],
      compare('content', manifest.tag, deployed.content.map(plain), manifest.content.map(plain)),
      compare('modules', manifest.tag, modules(deployed.modules), modules(manifest.modules)),
    ]
    return parts.flat()
  },
} satisfies Check<ForgeFacts, 'deployed' | 'manifest', typeof noParams>

type Part = 'scopes' | 'egress' | 'content' | 'modules'

function compare(part: Part, tag: string, deployed: readonly string[], reviewed: readonly string[]): Verdict[] {
  const because = [`deployed.${part}`, `manifest.${part}`]
  const [known, running] = [new Set(reviewed), new Set(deployed)]
  const open = [...known].filter((item) => item.includes('${'))
  const more = [...running].filter((item) => !known.has(item) && !open.some((pattern) => fits(pattern, item)))
  const less = [...known].filter(
    (item) => !running.has(item) && !(item.includes('${') && deployed.some((one) => fits(item, one))),
  )
  const gone = new Set(less)
  const differences = [
    ...more.map((item) => fail(`${part} ${item}`, because, 'more', { part, item, tag })),
    ...less.map((item) => fail(`${part} ${item}`, because, 'less', { part, item: shown(item), tag })),
    ...open
      .filter((item) => !gone.has(item))
      .map((item) => info(`${part} ${item}`, because, 'variable', { item: shown(item) })),
  ]
  return differences.some(({ state }) => state === 'fail')
    ? differences
    : [pass(part, because, 'same', { part, tag }), ...differences]
}

/** End-user data that leave although the review did not see it. */
function people(deployed: Drift['deployed'], manifest: Drift['manifest']): Verdict[] {
  const reviewed = manifest.egress
    .filter(({ inScopeEndUserData }) => inScopeEndUserData)
    .map((one) => plain(one.address))
  // The manifest tells of a remote only whether it stores such data; a remote that only gets them is not compared.
  const stores = new Set(deployed.storage.remotes.map(({ baseUrl }) => plain(baseUrl)))
  const [named, open] = [new Set(reviewed), reviewed.filter((one) => one.includes('${'))]
  const items = deployed.egress
    .filter(({ inScopeEndUserData }) => inScopeEndUserData)
    .map(({ address }) => plain(address))
    .filter((item) => !stores.has(item) && !named.has(item) && !open.some((one) => fits(one, item)))
  return [...new Set(items)].map((item) =>
    fail(`end-user-data ${item}`, ['deployed.egress', 'manifest.egress'], 'people', { item, tag: manifest.tag }),
  )
}

/** Whether a text with variables can become another: by what stands before the first and after the last. */
function fits(pattern: string, item: string): boolean {
  const start = pattern.indexOf('${')
  if (start < 0) return false
  const end = pattern.slice(pattern.lastIndexOf('}') + 1)
  return item.length >= start + end.length && item.startsWith(pattern.slice(0, start)) && item.endsWith(end)
}

const plain = (address: string) => (address.includes('${') ? address : address.toLowerCase()).replace(/\/+$/, '')

/** A variable as a sentence shows it; braces stand for places there. */
const shown = (item: string) => item.replace(/\$\{([^}]*)\}/g, '$$$1')
