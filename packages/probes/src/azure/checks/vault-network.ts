import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  allowedAddresses: field(z.array(z.string()).default([]), {
    label: { en: 'Addresses that may reach vaults', de: 'Adressen, die Tresore erreichen dürfen' },
    help: {
      en: 'As in the rules of the vault, for example 192.0.2.0/24',
      de: 'Wie in den Regeln des Tresors, etwa 192.0.2.0/24',
    },
  }),
})

export const azureKvNetwork = {
  id: 'azure.kv.network',
  version: 1,
  connector: 'azure',
  title: { en: 'Key vaults are not open to the internet', de: 'Schlüsseltresore sind nicht aus dem Internet offen' },
  why: {
    en: 'A stolen credential is worth much less where it works from inside the own network only.',
    de: 'Gestohlene Zugangsdaten sind viel weniger wert, wenn sie nur aus dem eigenen Netz funktionieren.',
  },
  remedy: {
    en: 'Reach the vault by a private endpoint and switch public access off, or let only named addresses and networks in.',
    de: 'Den Tresor über einen privaten Endpunkt erreichen und den öffentlichen Zugriff abschalten, oder nur benannte Adressen und Netze zulassen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'network-segmentation', as: 'supports' },
    { measure: 'firewall', as: 'supports' },
    { measure: 'encryption-key-management', as: 'supports' },
    { measure: 'secrets-management', as: 'supports' },
  ],
  params,
  reads: ['vaults'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 8.3.7', 'CIS Microsoft Azure Foundations 8.3.8', 'ISO/IEC 27001:2022 A.8.20'],
  sources: ['https://learn.microsoft.com/azure/key-vault/general/network-security'],
  pitfalls: [
    'A default action of deny protects only as far as the rules beside it: each address in them has to be declared.',
    'The rules of a network security perimeter are another resource; a vault in one is told, not judged.',
    'Trusted services of Microsoft pass the firewall of a vault where that is switched on; this is not judged.',
  ],
  messages: {
    closed: { en: 'Public access is switched off.', de: 'Der öffentliche Zugriff ist abgeschaltet.' },
    named: {
      en: 'Only named networks and declared addresses are let in.',
      de: 'Nur benannte Netze und angegebene Adressen werden zugelassen.',
    },
    open: { en: 'Any address of the internet is let in.', de: 'Jede Adresse des Internets wird zugelassen.' },
    undeclared: {
      en: 'Addresses are let in that are not declared: {addresses}.',
      de: 'Es werden Adressen zugelassen, die nicht angegeben sind: {addresses}.',
    },
    perimeter: {
      en: 'A network security perimeter decides who is let in.',
      de: 'Ein Netzwerksicherheitsperimeter entscheidet, wer zugelassen wird.',
    },
  },
  judge({ vaults }, { allowedAddresses }) {
    const allowed = new Set(allowedAddresses.map(plain))
    return vaults.map(({ resource, publicAccess, otherwise, ipRules }, index) => {
      const isPublic = `vaults.${index}.publicAccess`
      if (publicAccess === 'disabled') return pass(resource, isPublic, 'closed')
      if (publicAccess === 'perimeter') return info(resource, isPublic, 'perimeter')
      if (otherwise === 'allow') return fail(resource, [isPublic, `vaults.${index}.otherwise`], 'open')
      const because = [`vaults.${index}.otherwise`, `vaults.${index}.ipRules`]
      const undeclared = ipRules.filter((rule) => !allowed.has(plain(rule))).sort()
      if (undeclared.length > 0)
        return unlessDeclared(fail(resource, because, 'undeclared', { addresses: undeclared.join(', ') }), {
          list: 'allowedAddresses',
          values: undeclared,
        })
      return pass(resource, because, 'named')
    })
  },
} satisfies Check<AzureFacts, 'vaults', typeof params>

/** One address is written with and without its length. */
function plain(address: string): string {
  return address.trim().replace(/\/32$/, '')
}
