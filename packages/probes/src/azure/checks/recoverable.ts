import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AzureFacts } from '../facts.ts'

export const azureKvRecoverable = {
  id: 'azure.kv.recoverable',
  version: 1,
  connector: 'azure',
  title: {
    en: 'Key vaults have soft delete and purge protection',
    de: 'Schlüsseltresore haben Papierkorb und Löschschutz',
  },
  why: {
    en: 'A key that is gone takes everything with it that was encrypted by it, and whoever breaks in knows that.',
    de: 'Mit einem gelöschten Schlüssel ist alles verloren, was damit verschlüsselt wurde, und Eindringlinge wissen das.',
  },
  remedy: {
    en: 'Switch purge protection on (az keyvault update --enable-purge-protection). It cannot be switched off again.',
    de: 'Den Löschschutz einschalten (az keyvault update --enable-purge-protection). Er lässt sich nicht mehr abschalten.',
  },
  severity: 'high',
  serves: [
    { measure: 'encryption-key-management', as: 'supports' },
    { measure: 'secrets-management', as: 'supports' },
  ],
  params: noParams,
  reads: ['vaults'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 8.3.5', 'ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview'],
  pitfalls: [
    'A vault that does not mention purge protection has none; one that does not mention soft delete has it, since Azure no longer allows to switch it off.',
    'Managed HSMs are another type of resource and are not judged.',
  ],
  messages: {
    safe: {
      en: 'Soft delete and purge protection are on.',
      de: 'Papierkorb und Löschschutz sind eingeschaltet.',
    },
    'no-soft-delete': { en: 'Soft delete is off.', de: 'Der Papierkorb ist ausgeschaltet.' },
    'no-purge-protection': {
      en: 'Purge protection is off: what was deleted can be destroyed at once.',
      de: 'Der Löschschutz ist ausgeschaltet: Gelöschtes lässt sich sofort endgültig vernichten.',
    },
  },
  judge({ vaults }) {
    return vaults.map(({ resource, softDelete, purgeProtection }, index) => {
      if (!softDelete) return fail(resource, `vaults.${index}.softDelete`, 'no-soft-delete')
      if (!purgeProtection) return fail(resource, `vaults.${index}.purgeProtection`, 'no-purge-protection')
      return pass(resource, [`vaults.${index}.softDelete`, `vaults.${index}.purgeProtection`], 'safe')
    })
  },
} satisfies Check<AzureFacts, 'vaults', typeof noParams>
