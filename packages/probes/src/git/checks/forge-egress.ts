import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitFacts } from '../facts.ts'

const params = z.object({
  declared: field(z.array(z.string()).default([]), { label: { en: 'Declared addresses', de: 'Angegebene Adressen' } }),
  endUserData: field(z.array(z.string()).default([]), {
    label: { en: 'Of these, declared for end-user data', de: 'Davon für Daten von Endnutzern angegeben' },
  }),
})

export const forgeEgress = {
  id: 'forge.egress',
  version: 1,
  connector: 'git',
  title: {
    en: 'The Forge app sends data to declared addresses only',
    de: 'Die Forge-App sendet Daten nur an angegebene Adressen',
  },
  why: {
    en: 'What leaves the platform is processed by somebody who must be named in the agreement.',
    de: 'Was die Plattform verlässt, verarbeitet jemand, der im Vertrag genannt sein muss.',
  },
  remedy: {
    en: 'Remove the address, or name its owner as sub-processor and declare it.',
    de: 'Die Adresse entfernen oder ihren Betreiber als Unterauftragsverarbeiter nennen und angeben.',
  },
  severity: 'high',
  serves: [
    { measure: 'egress-control', as: 'proves' },
    { measure: 'data-stays-with-customer', as: 'proves' },
    { measure: 'no-third-party-disclosure', as: 'supports' },
    { measure: 'data-minimisation', as: 'supports' },
  ],
  params,
  reads: ['forge'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 28', 'ISO/IEC 27001:2022 A.8.12'],
  sources: ['https://developer.atlassian.com/platform/forge/runtime-egress-permissions/'],
  pitfalls: [
    'Images, fonts, frames and media count too: a request carries data wherever it goes.',
    'Wildcards and plain http fail even if declared.',
    'Judged is the manifest at the head, not the version that is deployed.',
  ],
  messages: {
    closed: { en: 'Nothing leaves the platform.', de: 'Nichts verlässt die Plattform.' },
    declared: { en: '{address} is declared.', de: '{address} ist angegeben.' },
    undeclared: { en: '{address} is not declared.', de: '{address} ist nicht angegeben.' },
    any: { en: '{address} lets data go anywhere.', de: '{address} lässt Daten überallhin.' },
    plain: { en: '{address} is not encrypted.', de: '{address} ist nicht verschlüsselt.' },
    personal: {
      en: '{address} gets end-user data and is not declared for it.',
      de: '{address} erhält Daten von Endnutzern und ist dafür nicht angegeben.',
    },
  },
  judge({ forge: { present, egress } }, { declared, endUserData }) {
    if (!present) return []
    if (egress.length === 0) return [pass('egress', 'forge.egress', 'closed')]
    const placed = egress.map((one, index) => ({ ...one, index }))
    return [...Map.groupBy(placed, ({ address }) => address)].map(([address, uses]) => {
      const because = uses.map(({ index }) => `forge.egress.${index}`)
      const getsPeople = uses.some(({ inScopeEndUserData }) => inScopeEndUserData)
      if (address === '*' || /^(https?:\/\/)?\*$/.test(address)) return fail(address, because, 'any', { address })
      if (/^(http|ws):/i.test(address)) return fail(address, because, 'plain', { address })
      if (!declared.includes(address)) {
        const verdict = fail(address, because, 'undeclared', { address })
        // What gets data of people has to stand in both lists.
        const isEnough = !getsPeople || endUserData.includes(address)
        return isEnough ? unlessDeclared(verdict, { list: 'declared', values: [address] }) : verdict
      }
      return getsPeople && !endUserData.includes(address)
        ? unlessDeclared(fail(address, because, 'personal', { address }), { list: 'endUserData', values: [address] })
        : pass(address, because, 'declared', { address })
    })
  },
} satisfies Check<GitFacts, 'forge', typeof params>
